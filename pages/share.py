"""The Share page: the experiment as a link, an animation, a picture, a program or a file; and files opened."""

import streamlit as st

from engine.codegen import title
from pages.widgets import fields, state
from pages.widgets.editor import editor
from pages.widgets.frame import frame
from pages.widgets.sharing.link import link
from pages.widgets.sharing.opening import opening
from pages.widgets.sharing.pictures import animation, still_picture
from pages.widgets.sharing.programs import programs
from pages.widgets.sharing.saving import saving
from pages.widgets.turns import turn

theme = frame("Share")

SECTIONS = {
    "Link": link,
    "Animation": animation,
    "Picture": still_picture,
    "Programs": programs,
    "JSON": saving,
    "Open a file": opening,
}

st.markdown(f"**At hand:** {title(state.experiment())}")
chosen = fields.choice(
    st.segmented_control, "Share it as, or open another", list(SECTIONS), key="share_as", persist_state="session"
)
with turn():
    SECTIONS[chosen](theme)
with st.sidebar:
    editor()
