"""Whose numbers are practised with: fresh ones, or those of the network at hand."""

import streamlit as st

from engine import Experiment
from pages.widgets import fields
from pages.widgets.session import at_hand

FRESH, OWN = "Fresh numbers", "The network at hand"


def numbers(view: str) -> bool:
    """Draw the choice for a view and return whether it is the network at hand."""
    chosen = fields.choice(
        st.segmented_control, "Numbers", [FRESH, OWN], key=f"practice_numbers_{view}", persist_state="session"
    )
    return chosen == OWN


def experiment(own: bool) -> Experiment | None:
    """Return the network at hand if it is to be practised with."""
    return at_hand.experiment() if own else None
