"""Whose numbers are practised with: fresh ones, or those of the network at hand."""

import streamlit as st

from engine import Experiment
from pages.widgets import fields
from pages.widgets.session import shown
from pages.widgets.shared.example_picker import said_of_one

FRESH, OWN = "Fresh numbers", "The network at hand"


def numbers(view: str) -> bool:
    """Draw the choice for a view and return whether it is the network at hand."""
    chosen = fields.choice(
        st.segmented_control, "Numbers", [FRESH, OWN], key=f"practice_numbers_{view}", persist_state="session"
    )
    if chosen == OWN:
        said_of_one("Practised with is")
    return chosen == OWN


def experiment(own: bool) -> Experiment | None:
    """Return the network at hand if it is to be practised with."""
    return shown.alone() if own else None
