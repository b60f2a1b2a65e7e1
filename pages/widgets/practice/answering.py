"""Several questions as fields of one form; each has its verdict below it, judged with the answers before it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from engine.practice import Question, Verdict, judge
from pages.widgets import fields
from pages.widgets.practice import verdicts
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot

# by form: what was typed when it was checked last
_checked: Slot[Mapping[str, Mapping[str, str]]] = Slot("practice_checked", {})
MOST_FORMS, MOST_TYPED = 5, 5_000


def typed(form: str) -> Mapping[str, str]:
    """Return what was typed into a form when it was checked last, by place."""
    return _checked.get().get(form, {})


def _keep(form: str, texts: Mapping[str, str]) -> None:
    """Keep what was typed into a form; of the forms before, the last few are remembered."""
    others = {name: kept for name, kept in _checked.get().items() if name != form}
    latest = dict(list(others.items())[-MOST_FORMS + 1 :])
    _checked.set({**latest, form: {place: text for place, text in texts.items() if text.strip()}})


def answer(question: Question, form: str, label: str) -> str:
    """Draw the field of a question, and the verdict on what was checked last; return what stands in it."""
    key = f"practice_{form}_{question.place}"
    return fields.passage(label, key=key, most=MOST_TYPED) if question.is_table else fields.words(label, key=key)


def settle(questions: Sequence[Question], form: str, texts: Mapping[str, str], checked: bool) -> None:
    """Keep what was typed if it is to be checked, and draw how many of the answers checked last are right."""
    if checked:
        _keep(form, texts)
        st.rerun()
    if right := _judged(questions, form):
        st.progress(right / len(questions), f"{right} of {len(questions)} right")


def _judged(questions: Sequence[Question], form: str) -> int:
    """Return how many of the answers checked last are right."""
    return sum(_verdict(one, form).kind == "right" for one in questions if one.place in typed(form))


def _verdict(question: Question, form: str) -> Verdict:
    given = typed(form)
    return judge(question, given[question.place], given, shown.notation())


def verdict(question: Question, form: str) -> str:
    """Return what is said of the answer to a question that was checked last, as Markdown; nothing of none."""
    return verdicts.short(_verdict(question, form)) if question.place in typed(form) else ""
