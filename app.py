"""The Network page: edit a network, play its forward and backward pass, step by step."""

import streamlit as st

from pages.widgets.editor import editor
from pages.widgets.formulas import step_formulas
from pages.widgets.frame import frame
from pages.widgets.inspector import inspector
from pages.widgets.merits import merits
from pages.widgets.player import detail_switch, legend, player

theme = frame("Network")


@st.fragment
def stage() -> None:
    """The part that follows the player: it runs alone when a step or a selection is reported."""
    player(theme)
    merits(theme)
    derivation, inspection = st.columns(2, gap="large")
    with derivation:
        step_formulas(theme)
    with inspection:
        inspector(theme)


with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
    detail_switch()
    legend(theme)
stage()
with st.sidebar:
    editor()
