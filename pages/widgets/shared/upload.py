"""The widget to upload a file: it says so if the file that it shows is no longer held.

A server lets files go when there are too many (pages/widgets/bounds/uploads.py), and another server never had them.
"""

import streamlit as st
from streamlit.typing import UploadedFile

from pages.widgets.session import slots


def upload(label: str, key: str, types: tuple[str, ...] = (), hidden: bool = False) -> UploadedFile | None:
    """Draw the widget, its label only for screen readers if `hidden`; return the file, or None if there is none."""
    visibility = "collapsed" if hidden else "visible"
    uploaded = st.file_uploader(label, type=types or None, key=key, label_visibility=visibility)
    # of a file that is gone Streamlit keeps the id, and gives the page nothing
    if uploaded is None and slots.widget(key) is not None:
        st.info("The server no longer holds this file. Choose it again to use it.", icon=":material/upload_file:")
    return uploaded
