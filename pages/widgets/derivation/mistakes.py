"""Where tutorials go wrong: the section with its choice of a mistake, which alone is drawn anew."""

import streamlit as st

from engine.derivation.chapters.ch09_mistakes import possible
from engine.gradcheck.mistakes import MISTAKES
from pages.widgets import fields
from pages.widgets.derivation import cache as library
from pages.widgets.derivation.text import Style, draw
from pages.widgets.session import shown
from pages.widgets.session.slots import Slot

_chosen: Slot[str] = Slot("mistake_chosen", "")


@st.fragment
def mistake_choice(style: Style) -> None:
    """Draw the choice of a mistake and what the one chosen gives for the network at hand."""
    names = [mistake.name for mistake in possible(shown.alone())]
    # another network may leave no room for the mistake that was chosen
    before = _chosen.get() if _chosen.get() in names else names[0]
    chosen = fields.choice(
        st.pills,
        "A mistake, made with the numbers of this network",
        names,
        key="mistake",
        held=before,
        take=_chosen.set,
        format_func=lambda name: shown.translation().words(MISTAKES[name].title),
    )
    for block in library.mistake(shown.alone(), chosen, style.extent, style.notation):
        draw(block, style)
