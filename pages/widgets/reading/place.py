"""Marks the place of the step at hand, in the text and in a small picture, and keeps the list of contents beside it.

The text itself is not drawn anew: a line of style marks the place, and the browser scrolls to it.
"""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from engine.derivation import Chapter
from engine.trace import Step
from pages.figures.theme import Theme
from pages.widgets import state
from pages.widgets.player import player
from pages.widgets.reading.stepper import PLACE, STEPPER
from pages.widgets.reading.text import NEURON, place_key

HERE = Path(__file__).parent
KEY, PARAMETER = "contents", "chapter"

_component = st.components.v2.component(
    "contents",
    html='<nav aria-label="Contents"><ol></ol></nav>',
    js=(HERE / "contents.js").read_text(),
    css=(HERE / "contents.css").read_text(),
    isolate_styles=False,
)


@st.fragment(key=PLACE)
def place(text: Sequence[Chapter], asides: Sequence[tuple[str, str]], form: str, theme: Theme) -> None:
    """Draw the small picture and the contents, and mark the step's place in the text, which is shown in `form`."""
    steps = state.steps()
    number = state.step() or len(steps)
    step = steps[number - 1]
    name = _place_name(text, step)
    with st.container(key="small_picture"):
        player(theme)
    _component(
        key=KEY,
        data={
            "chapters": [[chapter.anchor, chapter.title] for chapter in text],
            "asides": [list(aside) for aside in asides],
            "chapter": state.page_parameter(PARAMETER),
            "place": f"st-key-{place_key(name)}",
            "line": _line(text, step) if form == NEURON else None,
            "step": number,
        },
        on_chapter_change=_take_chapter,
    )
    st.html(f"<style>{_mark(name, _line(text, step) if form == NEURON else None, theme)}</style>")
    if state.widget(STEPPER) != number:
        state.set_widget(STEPPER, number)
        st.rerun(STEPPER)
