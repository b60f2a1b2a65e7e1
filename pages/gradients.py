"""The Gradients page: their size through the depth, what initializers do to it, the gradient check, the paths."""

import streamlit as st

from pages.widgets import fields
from pages.widgets.gradients.check import check
from pages.widgets.gradients.flow import flow
from pages.widgets.gradients.laboratory import laboratory
from pages.widgets.gradients.paths import paths
from pages.widgets.network.editor import editor
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.frame import frame

theme = frame("Gradients")

VIEWS = {"Your network": flow, "Laboratory": laboratory, "Check": check, "Paths": paths}

chosen = fields.choice(st.segmented_control, "View", list(VIEWS), key="gradients_view", persist_state="session")
with turn():
    VIEWS[chosen](theme)
with st.sidebar:
    editor()
