"""The Activations page: all functions, some compared, the network's neurons on their curves, and the softmax."""

import streamlit as st

from pages.widgets import fields
from pages.widgets.activations.comparison import comparison
from pages.widgets.activations.gallery import gallery
from pages.widgets.activations.layer import layer
from pages.widgets.activations.softmax import softmax
from pages.widgets.network.editor import editor
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.frame import frame

theme = frame("Activations")

VIEWS = {"Your network": layer, "Gallery": gallery, "Compare": comparison, "Softmax": softmax}

chosen = fields.choice(st.segmented_control, "View", list(VIEWS), key="activations_view", persist_state="session")
with turn():
    VIEWS[chosen](theme)
with st.sidebar:
    editor()
