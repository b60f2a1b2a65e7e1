"""The Network page: edit a network, play its forward and backward pass, step by step."""

import streamlit as st

from pages.widgets.network.all_numbers import all_numbers
from pages.widgets.network.editor import editor
from pages.widgets.network.glimpses import glimpses
from pages.widgets.network.inspector import inspector
from pages.widgets.network.metrics import merits
from pages.widgets.network.player import detail_switch, head_start, legend, play_switch, player
from pages.widgets.network.step_formulas import step_formulas
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.example_picker import example_picker
from pages.widgets.shared.frame import frame

STAGE, EXPLANATION = "stage", "explanation"

theme = frame("Network")


@st.fragment(key=EXPLANATION)
def explanation() -> None:
    """The part that follows each step, while playing too."""
    with turn(), st.container(key=EXPLANATION):
        step_formulas(theme)


@st.fragment(key=STAGE)
def stage() -> None:
    """The part that follows the player: it runs alone when a step or a selection is reported."""
    player(theme, STAGE, of_step=EXPLANATION)
    example_picker()
    glimpses(theme)
    head_start()
    with turn():
        merits(theme)
        derivation, inspection = st.columns(2, gap="large")
        with derivation:
            explanation()
        with inspection:
            inspector(theme)
        all_numbers(theme)


with st.container(key="controls", horizontal=True, vertical_alignment="center", gap="medium"):
    play_switch()
    detail_switch()
    legend(theme)
# before the editor, so that an edit is in the drawing before the rest of the page is
stage()
with st.sidebar:
    editor(STAGE)
