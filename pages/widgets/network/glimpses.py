"""What the picture would be with other numbers, sent to the browser before they are wanted: while a number is dragged.

A round trip for each change would take as long as the line takes. So the browser asks for a range of numbers when a
drag begins, and for more ahead of it (live.js); each ask runs this fragment alone.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from engine import InvalidExperiment
from engine.analysis.ranges import gradient
from engine.backprop.learning_step import learning_step
from engine.formulas import parse_number
from engine.network.editing import number_at
from engine.network.places import Given, given
from pages.figures.network.glimpse import View
from pages.figures.network.glimpse import glimpses as computed
from pages.figures.network.message import version
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.fields.told import Ask
from pages.widgets.session import shown
from pages.widgets.session.compute_lock import give_way, turn
from pages.widgets.session.slots import Slot
from pages.widgets.shared.component import Component

KEY = "glimpses"
# numbers that are computed before others may go first: some 15 ms for the largest network that is drawn so
PART = 16

_asked: Slot[Ask | None] = Slot("glimpses_asked", None)
_component = Component.of(Path(__file__).parent, "glimpses").registered("network_glimpses")


@st.fragment
def glimpses(theme: Theme) -> None:
    """Draw nothing: answer what a drag on this page asks for."""
    ask = _asked.get()
    with turn():
        answer = _answer(ask, theme) if ask else {}
    _component(
        key=KEY,
        data=json.dumps(answer, separators=(",", ":"), ensure_ascii=False).encode(),
        on_ask_change=lambda: _asked.set(fields.told.ask(KEY)),
    )
    # not before it was drawn: a run may be ended, and the next one answers then
    if ask:
        _asked.set(None)


def _answer(ask: Ask, theme: Theme) -> Mapping[str, Any]:
    """Return the glimpses asked for by their texts, with None for a text that has none."""
    experiment, level = shown.looked_at(), shown.detail()
    step = min(max(ask.step or shown.step(), 1), len(shown.steps()))
    head = {
        "id": ask.number,
        "place": ask.place,
        "step": step,
        "version": version(experiment, theme, level, shown.notation()),
    }
    try:
        place = given(ask.place)
        own = number_at(experiment, place) if place.within(experiment.network.sizes) else None
    except ValueError:
        own = None
    if shown.summarised() or own is None:
        return head | {"answers": dict.fromkeys(ask.texts)}
    base = {"number": own, "loss": learning_step(experiment).gradients.loss, "gradient": gradient(experiment, place)}
    found = dict(_answers(View(experiment, theme, level, step, shown.notation()), place, ask.texts))
    return head | {"base": base, "answers": dict.fromkeys(ask.texts) | found}


def _answers(view: View, place: Given, texts: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    numbers = [(text, number) for text in texts if (number := _number(text)) is not None]
    for start in range(0, len(numbers), PART):
        part = numbers[start : start + PART]
        found = {glimpse.number: vars(glimpse) for glimpse in computed(view, place, [number for _, number in part])}
        yield from ((text, found.get(number)) for text, number in part)
        give_way()


def _number(text: str) -> float | None:
    try:
        return parse_number(text)
    except InvalidExperiment:
        return None
