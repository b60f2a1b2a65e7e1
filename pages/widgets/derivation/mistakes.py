"""Where tutorials go wrong: the section with its choice of a mistake, which alone is drawn anew."""

import streamlit as st

from engine.derivation.chapters.ch09_mistakes import possible
from engine.gradcheck.mistakes import MISTAKES
from pages.widgets import fields
from pages.widgets.derivation import cache as library
from pages.widgets.derivation.text import Style, draw
from pages.widgets.session import at_hand

KEY = "mistake"


@st.fragment
def mistake_choice(style: Style) -> None:
    """Draw the choice of a mistake and what the one chosen gives for the network at hand."""
    names = [mistake.name for mistake in possible(at_hand.experiment())]
    chosen = fields.choice(
        st.pills,
        "A mistake, made with the numbers of this network",
        names,
        key=KEY,
        settable=True,
        format_func=lambda name: MISTAKES[name].title,
        persist_state="session",
    )
    for block in library.mistake(at_hand.experiment(), chosen, style.extent):
        draw(block, style)
