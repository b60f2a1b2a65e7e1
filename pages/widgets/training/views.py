"""What the Training page shows below its controls: the data, the last run, or runs compared."""

import streamlit as st

from pages.widgets import fields
from pages.widgets.session.slots import Slot

DATA, RUN, COMPARE = "Data", "Run", "Compare"
_shown: Slot[str] = Slot("training_shown", DATA)


def view() -> str:
    """Draw the choice of what to show and return it."""
    return fields.choice(
        st.segmented_control,
        "Show",
        [DATA, RUN, COMPARE],
        key="training_view",
        held=_shown.get(),
        take=_shown.set,
        label_visibility="collapsed",
    )


def current() -> str:
    """Return what is shown, before the choice is drawn."""
    return _shown.get()


def bring_up(name: str) -> None:
    """Show another view; before the choice is drawn."""
    _shown.set(name)
