"""The Loss landscape page: the loss as a curve over one parameter or a surface over two directions, and ways down."""

import streamlit as st

from engine import InvalidExperiment
from pages.widgets import fields
from pages.widgets.landscape.views import of_the_run, one_parameter, random_directions, two_parameters
from pages.widgets.network.editor import editor
from pages.widgets.session import at_hand
from pages.widgets.session.compute_lock import turn
from pages.widgets.shared.frame import frame
from pages.widgets.shared.limits import too_large

theme = frame("Landscape")

VIEWS = {
    "One parameter": one_parameter,
    "Two parameters": two_parameters,
    "Random directions": random_directions,
    "Directions of the last run": of_the_run,
}


@st.fragment
def scene() -> None:
    """Choices and player; drawn alone when the player reports the step it rests on."""
    chosen = fields.choice(
        st.segmented_control, "Cut the loss along", list(VIEWS), key="landscape_view", persist_state="session"
    )
    if large := too_large(at_hand.experiment().network):
        st.info(f"Your network cannot be drawn here: {large}.", icon=":material/landscape:")
        return
    try:
        with turn():
            VIEWS[chosen](theme)
    except InvalidExperiment as error:
        st.error(str(error), icon=":material/error:")


scene()
with st.sidebar:
    editor()
