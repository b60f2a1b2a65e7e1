"""What the Training page shows below its controls: the data, the last run, or runs compared."""

import streamlit as st

from pages.widgets import state

DATA, RUN, COMPARE = "Data", "Run", "Compare"
_KEY = "training_view"


def view() -> str:
    """Draw the choice of what to show and return it."""
    if state.widget(_KEY) is None:
        state.set_widget(_KEY, DATA)
    return st.segmented_control(
        "Show",
        [DATA, RUN, COMPARE],
        required=True,
        key=_KEY,
        label_visibility="collapsed",
        persist_state="session",
    )


def bring_up(name: str) -> None:
    """Show another view; before the choice is drawn."""
    state.set_widget(_KEY, name)
