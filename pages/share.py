"""The Share page: the experiment as a link, an animation, a picture, a program or a file; and files opened."""

import streamlit as st

from pages.widgets.frame import frame
from pages.widgets.sharing.files import file
from pages.widgets.sharing.link import link
from pages.widgets.sharing.pictures import animation, still_picture
from pages.widgets.sharing.programs import programs

theme = frame("Share")

SECTIONS = {"Link": link, "Animation": animation, "Picture": still_picture, "Programs": programs, "File": file}

chosen = st.segmented_control(
    "Share as", list(SECTIONS), default="Link", required=True, key="share_as", persist_state="session"
)
SECTIONS[chosen](theme)
