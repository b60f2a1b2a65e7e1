"""One question at a time: the network with a question mark, an answer, a verdict, hints, and the solution with why."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from engine.practice import LEVELS, Question, Verdict, judge
from engine.practice.mastery import Mastery
from pages.figures.markup import katex
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.practice import progress, verdicts
from pages.widgets.practice.numbers import experiment, numbers
from pages.widgets.practice.picture import picture
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot
from pages.widgets.shared.markdown import plain

MOST_TYPED = 5_000
HINTS = 3
WRONG = Verdict(kind="wrong", message="The solution was shown.")


@dataclass(frozen=True, kw_only=True)
class Current:
    """The question that is open: the progress that it came from, and what has become of it."""

    level: str
    own: bool
    before: Mastery
    since: float
    verdict: Verdict | None = None
    hints: int = 0
    counted: bool = False
    solved: bool = False

    @property
    def done(self) -> bool:
        """Whether the answer may be seen."""
        return self.solved or (self.verdict is not None and self.verdict.kind == "right")

    @property
    def key(self) -> str:
        """What tells its field from another question's."""
        return f"{self.level}_{self.own}_{self.before.seed}"


_everything: Slot[bool] = Slot("practice_everything", False)
_current: Slot[Current | None] = Slot("practice_current", None)


def one_question(theme: Theme) -> None:
    """Draw the question of a topic that is open."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        level = _topic(_everything.get())
        own = numbers("question", LEVELS[level].of_batch)
        fields.flag(
            "All topics",
            key="practice_all",
            held=_everything.get(),
            take=_everything.set,
            help="Open the topics still to come, too.",
        )
    current = _opened(level, own)
    question = current.before.next(level, experiment(own, LEVELS[level].of_batch))
    progress.headline(level)
    # above both, as on a phone they stand below each other
    st.markdown(f"**{plain(question.wording.text(shown.notation()))}**")
    # beside each other, so that the picture and the field for the answer are in view together
    drawn, asked = st.columns([3, 2], gap="large")
    with asked, st.container(key="practice_asked"):
        current = _asked(question, current)
        if current.done:
            _solution(theme, question)
    with drawn:
        picture(theme, question, current.done)
    progress.details()


def _topic(everything: bool) -> str:
    opened = progress.mastery().opened()
    return fields.choice(
        st.pills,
        "Topic",
        list(LEVELS) if everything else list(opened),
        key="practice_topic",
        persist_state="session",
        format_func=lambda level: LEVELS[level].title,
        help="The next topic opens when three answers in a row are right.",
    )


def _opened(level: str, own: bool) -> Current:
    current = _current.get()
    if current is None or (current.level, current.own) != (level, own):
        return _next(level, own)
    return current


def _next(level: str, own: bool) -> Current:
    current = Current(level=level, own=own, before=progress.mastery(), since=time.monotonic())
    _current.set(current)
    return current


def _asked(question: Question, current: Current) -> Current:
    with st.form(f"practice_form_{current.key}", border=False):
        text = _field(question, current.key)
        checked = st.form_submit_button("Check", icon=":material/check:")
    if checked and not current.done:
        current = _judged(question, current, text)
    # in a place of its own, so that the button below keeps its place on the page, and with it the keyboard's focus
    with st.container(key="practice_said"):
        if current.verdict:
            verdicts.show(current.verdict)
        for hint in question.wording.hints(shown.notation())[: current.hints]:
            st.markdown(hint)
    _onward(current)
    return _current.get() or current


def _field(question: Question, key: str) -> str:
    if question.is_table:
        return fields.passage(
            "Your table: one row a line, numbers separated by spaces",
            key=f"practice_answer_{key}",
            most=MOST_TYPED,
            persist_state="session",
        )
    words = "Your answer: rows × columns" if question.is_shape else "Your answer"
    return fields.words(
        words,
        key=f"practice_answer_{key}",
        persist_state="session",
        help="A number, or arithmetic with exp, ln, tanh, sigmoid, relu, softmax.",
    )


def _judged(question: Question, current: Current, text: str) -> Current:
    verdict = judge(question, text, notation=shown.notation())
    current = replace(current, verdict=verdict)
    if current.counted:
        progress.take_again(verdict)
    elif verdict.kind != "invalid":
        current = _counted(question, current, verdict)
    _current.set(current)
    return current


def _counted(question: Question, current: Current, verdict: Verdict) -> Current:
    progress.take(current.level, question, verdict, time.monotonic() - current.since)
    return replace(current, counted=True)


def _onward(current: Current) -> None:
    """Draw what leads on. It is one button for all, by its key: pressed, it keeps the focus."""
    label, icon, then = _leading_on(current)
    st.button(label, icon=f":material/{icon}:", key="practice_onward", on_click=then)


def _leading_on(current: Current) -> tuple[str, str, Callable[[], object]]:
    if current.done:
        return "Next question", "arrow_forward", partial(_next, current.level, current.own)
    if current.hints < HINTS:
        return f"Hint {current.hints + 1} of {HINTS}", "lightbulb", _hint
    return "Show the solution", "visibility", _solve


def _hint() -> None:
    current = _current.get()
    if current:
        _current.set(replace(current, hints=current.hints + 1))


def _solve() -> None:
    current = _current.get()
    if current is None:
        return
    if not current.counted:
        own = experiment(current.own, LEVELS[current.level].of_batch)
        question = current.before.next(current.level, own)
        current = _counted(question, current, WRONG)
    _current.set(replace(current, solved=True, verdict=None))


def _solution(theme: Theme, question: Question) -> None:
    notation = shown.notation()
    latex, why = question.wording.solution(notation)
    st.markdown("**The solution**")
    if latex:
        st.latex(katex(latex, theme))
    st.markdown(plain(why))
    st.markdown(f"So the answer is **{plain(question.answer_in(notation.layout))}**.")
