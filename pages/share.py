"""The Share page: the experiment as a link, an animation, a picture, a program or a file; and files opened."""

import streamlit as st

from engine.programs.sections import title
from pages.widgets import fields
from pages.widgets.network.editor import editor
from pages.widgets.session import at_hand
from pages.widgets.session.compute_lock import turn
from pages.widgets.share.link import link
from pages.widgets.share.opening import opening
from pages.widgets.share.pictures import animation, still_picture
from pages.widgets.share.programs import programs
from pages.widgets.share.saving import saving
from pages.widgets.shared.frame import frame

theme = frame("Share")

SECTIONS = {
    "Link": link,
    "Animation": animation,
    "Picture": still_picture,
    "Programs": programs,
    "JSON": saving,
    "Open a file": opening,
}

st.markdown(f"**At hand:** {title(at_hand.experiment())}")
chosen = fields.choice(
    st.segmented_control, "Share it as, or open another", list(SECTIONS), key="share_as", persist_state="session"
)
with turn():
    SECTIONS[chosen](theme)
with st.sidebar:
    editor()
