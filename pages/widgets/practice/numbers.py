"""Whose numbers are practised with: fresh ones, or those of the network at hand."""

import streamlit as st

from engine import Experiment
from pages.widgets import fields
from pages.widgets.session import at_hand, shown
from pages.widgets.shared.example_picker import said_of_one

FRESH, OWN = "Fresh numbers", "The network at hand"


def numbers(view: str, of_batch: bool = False) -> bool:
    """Draw the choice for a view and return whether it is the network at hand, with all its examples if `of_batch`."""
    chosen = fields.choice(
        st.segmented_control, "Numbers", [FRESH, OWN], key=f"practice_numbers_{view}", persist_state="session"
    )
    if chosen == OWN and not of_batch:
        said_of_one("Practised with is")
    return chosen == OWN


def experiment(own: bool, of_batch: bool = False) -> Experiment | None:
    """Return the network at hand if it is to be practised with, with the example looked at, or with all."""
    if not own:
        return None
    return at_hand.experiment() if of_batch else shown.alone()
