"""What was found in a file takes the place of the experiment at hand, when the user says so; it can be undone."""

import streamlit as st

from engine import Experiment, InvalidExperiment
from pages.widgets.session import at_hand, changes, shown
from pages.widgets.shared import frame
from pages.widgets.shared.markdown import plain


def offer(found: Experiment) -> None:
    """Draw the button that makes `found` the experiment at hand, or where to see it once it is."""
    if found == at_hand.experiment():
        st.success("It is now the network at hand.", icon=":material/check_circle:")
        page = frame.PAGES[0]
        st.page_link(page.file, label="See it on the Network page", query_params=at_hand.link())
        st.button("Undo", on_click=changes.undo, disabled=not changes.can_undo(), key="undo_opening")
    # not a callback: Streamlit would hold on to the network that it is to take
    elif st.button("Make it the network at hand", key="take"):
        _take(found)


def _take(found: Experiment) -> None:
    try:
        changes.adopt(found)
    except InvalidExperiment as error:
        st.toast(plain(str(error)), icon=":material/error:")
        return
    shown.begin()
    st.rerun()
