"""Marks the place of the step at hand, in the text and in a small picture, and keeps the list of contents beside it.

The text itself is not drawn anew: a line of style marks the place, and the browser scrolls to it.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from engine.backprop.step import Step
from engine.derivation import Chapter
from engine.derivation.blocks import place_of
from pages.figures.network.animation import animation
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.derivation.stepper import PLACE, STEPPER
from pages.widgets.derivation.text import NEURON, lines, place_key
from pages.widgets.derivation.weight_picker import WEIGHT
from pages.widgets.network.player import player
from pages.widgets.session import location, shown
from pages.widgets.shared.component import Component

KEY, PARAMETER = "contents", "chapter"
# of the small picture
SCALE = 0.55

_component = Component.of(Path(__file__).parent, "contents").registered("contents")


@st.fragment(key=PLACE)
def place(text: Sequence[Chapter], asides: Sequence[tuple[str, str]], form: str, theme: Theme, listed: bool) -> None:
    """Draw the small picture and, if `listed`, the contents, and mark the step's place in the text shown in `form`."""
    number = shown.step()
    now = _mark(text, shown.steps()[number - 1], form)
    anchors = [*(chapter.anchor for chapter in text), *(anchor for anchor, _ in asides)]
    asked = location.page_parameter(PARAMETER)
    with st.container(key="small_picture"):
        # its numbers stand in the text, and there is no room for fields
        player(theme, STEPPER, PLACE, WEIGHT, changeable=False)
    _component(
        key=KEY,
        data={
            "chapters": [[chapter.anchor, chapter.title] for chapter in text],
            "asides": [list(aside) for aside in asides],
            "chapter": asked if asked in anchors else None,
            "place": now,
            "step": number,
            "listed": listed,
        },
        on_chapter_change=lambda: _take_chapter(anchors),
    )
    height = animation(shown.looked_at(), theme, shown.detail(), shown.notation()).layout["height"]
    picture = f".st-key-small_picture {{--scale: {SCALE}; --height: {height}px}}"
    mark = f"{now} {{background: {theme.surface}; box-shadow: inset 3px 0 0 {theme.accent}}}"
    st.html(f"<style>{picture} @media screen {{{mark}}}</style>")


def _mark(text: Sequence[Chapter], step: Step, form: str) -> str:
    """Return the selector of the step's place: its neuron's formula, or all of its layer's step."""
    place = f".st-key-{place_key(place_of(step.op, step.layer))}"
    workings = (working for chapter in text for working in chapter.workings)
    working = next((one for one in workings if (one.op, one.layer) == (step.op, step.layer)), None)
    if working is None:
        # what the update did to the loss is a sentence
        return place
    own = [neuron.latex for neuron in working.neurons if neuron.number == step.neuron]
    if form != NEURON or not own or len(working.neurons) == 1:
        return place
    return f"{place} .katex-display:nth-of-type({lines(working).index(own[0]) + 1})"


def _take_chapter(anchors: Sequence[str]) -> None:
    chosen = fields.told.words(KEY, "chapter")
    if chosen in anchors:
        location.set_page_parameter(PARAMETER, chosen)
