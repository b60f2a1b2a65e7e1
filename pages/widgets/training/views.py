"""What the Training page shows below its controls: the data, the last run, or runs compared."""

import streamlit as st

from pages.widgets import fields
from pages.widgets.session import slots

DATA, RUN, COMPARE = "Data", "Run", "Compare"
_KEY = "training_view"


def view() -> str:
    """Draw the choice of what to show and return it."""
    return fields.choice(
        st.segmented_control,
        "Show",
        [DATA, RUN, COMPARE],
        key=_KEY,
        settable=True,
        label_visibility="collapsed",
        persist_state="session",
    )


def bring_up(name: str) -> None:
    """Show another view; before the choice is drawn."""
    slots.set_widget(_KEY, name)
