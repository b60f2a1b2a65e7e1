"""A whole pass as a form: forward and backward tables to fill in, judged number by number, as a teacher would."""

import time
from collections.abc import Iterator, Sequence
from itertools import groupby

import streamlit as st

from engine.formulas.symbols import layer_name
from engine.practice import Question
from engine.practice.modes import whole_pass
from pages.figures.theme import Theme
from pages.widgets.practice.answering import answer, settle, verdict
from pages.widgets.practice.notation import translation
from pages.widgets.practice.numbers import experiment, numbers
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot

_seed: Slot[int | None] = Slot("practice_form_seed", None)
# fields beside each other
BESIDE = 4


def form(theme: Theme) -> None:
    """Draw the form of a pass."""
    own = numbers("form")
    seed = _seed.get()
    if seed is None:
        seed = time.time_ns() % 100_000
        _seed.set(seed)
    questions = whole_pass(0 if own else seed, experiment(own))
    st.caption(
        "Work the whole pass out, on paper or with a calculator. Each number is judged by itself, and with your own "
        "numbers before it: what follows rightly from a wrong one is right from there on."
    )
    st.code(questions[0].wording.setting(shown.notation()), language=None, wrap_lines=True)
    name = f"form_{'own' if own else seed}"
    with st.form(f"practice_{name}", border=False):
        texts = {place: text for group in _groups(questions) for place, text in _row(group, name)}
        checked = st.form_submit_button("Check all", icon=":material/check:")
    settle(questions, name, texts, checked)
    if not own:
        st.button("New numbers", icon=":material/refresh:", key="practice_form_new", on_click=_renew)


def _renew() -> None:
    _seed.set((_seed.get() or 0) + 1)


def _groups(questions: Sequence[Question]) -> Iterator[list[Question]]:
    for _, group in groupby(questions, key=heading):
        yield list(group)


def heading(question: Question) -> str:
    """Return where in the pass a number is computed: Forward, Hidden 1."""
    asked = question.asked
    assert asked is not None
    if asked.kind == "loss":
        return "The loss"
    way = "Forward" if asked.kind in ("z", "a") else "Backward"
    return f"{way}, {layer_name(question.problem.network, asked.layer)}"


def _row(group: Sequence[Question], name: str) -> Iterator[tuple[str, str]]:
    st.markdown(f"**{heading(group[0])}**")
    for start in range(0, len(group), BESIDE):
        part = group[start : start + BESIDE]
        for question, column in zip(part, st.columns(BESIDE), strict=False):
            assert question.asked is not None
            with column:
                label = translation(question.problem).words(question.asked.name(question.problem))
                yield question.place, answer(question, name, label)
                if said := verdict(question, name):
                    st.caption(said)
