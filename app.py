"""The Network page: edit a network, play its forward and backward pass, step by step."""

import streamlit as st

from pages.widgets.frame import frame
from pages.widgets.player import player

theme = frame("Network")


@st.fragment
def stage() -> None:
    player(theme)


stage()
st.plotly_chart({"data": [{"x": [1, 2], "y": [1, 2]}], "layout": {"height": 200}}, key="curve")
