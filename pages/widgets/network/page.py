"""Puts the Network page together: the picture first, then all that tells of it, then the editor."""

import streamlit as st

from pages.figures.theme import Theme
from pages.widgets.document.served import is_opened_again
from pages.widgets.network.all_numbers import all_numbers
from pages.widgets.network.editor import editor
from pages.widgets.network.glimpses import glimpses
from pages.widgets.network.inspector import inspector
from pages.widgets.network.metrics import merits
from pages.widgets.network.player import detail_switch, head_start, legend, play_switch, player
from pages.widgets.network.step_formulas import step_formulas
from pages.widgets.session import reruns
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.example_picker import example_picker
from pages.widgets.shared.frame import begun, with_room

PICTURE, NUMBERS, EXPLANATION = "picture", "numbers", "explanation"


def network_page() -> None:
    """Draw the Network page."""
    theme, navigate = begun("Network")
    above = with_room("controls_room")

    def draw_above() -> None:
        navigate()
        with above, st.container(key="controls", horizontal=True, vertical_alignment="center", gap="medium"):
            play_switch()
            detail_switch()
            legend(theme)

    # A browser that has all files draws the picture sooner if it has nothing else to draw (tests/bench); one that
    # still loads them has something to show meanwhile.
    picture_first = reruns.is_first() and is_opened_again()
    if not picture_first:
        draw_above()
    # before the editor, so that an edit is in the drawing before the rest of the page is
    _picture(theme)
    if picture_first:
        draw_above()
    _numbers(theme)
    with st.sidebar:
        editor(PICTURE, NUMBERS)


@st.fragment(key=PICTURE)
def _picture(theme: Theme) -> None:
    player(theme, PICTURE, NUMBERS, of_step=EXPLANATION)
    example_picker()
    glimpses(theme)
    head_start()


@st.fragment(key=NUMBERS)
def _numbers(theme: Theme) -> None:
    """Draw the part that follows the player: it runs alone when a step or a selection is reported."""
    with turn():
        merits(theme)
        derivation, inspection = st.columns(2, gap="large")
        with derivation:
            _explanation(theme)
        with inspection:
            inspector(theme)
        all_numbers(theme)


@st.fragment(key=EXPLANATION)
def _explanation(theme: Theme) -> None:
    """Draw the part that follows each step, while playing too."""
    with turn(), st.container(key=EXPLANATION):
        step_formulas(theme)
