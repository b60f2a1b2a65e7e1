"""The slider of an activation's own number, wherever a function is tried out."""

import streamlit as st

from engine import ACTIVATIONS
from engine.formulas.plain import letter
from pages.widgets import fields


def parameter_slider(name: str, where: str) -> float | None:
    """Draw the slider of an activation's own number and return it; None, and nothing drawn, where it has none."""
    record = ACTIVATIONS[name]
    if record.parameter is None:
        return None
    p = record.parameter
    return fields.number(
        st.slider,
        f"{record.title}: {letter(p.symbol)}",
        p.low,
        p.high,
        first=p.default,
        step=0.01,
        key=f"{where}_{name}",
        width=240,
        persist_state="session",
    )
