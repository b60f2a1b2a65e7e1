"""How a verdict is shown: in words and with a sign, so that colour says nothing alone."""

import streamlit as st

from engine.practice import Verdict
from pages.widgets.shared.markdown import plain

_SHOWN = {
    "right": (st.success, ":material/check_circle:"),
    "rounded": (st.info, ":material/decimal_decrease:"),
    "slip": (st.warning, ":material/troubleshoot:"),
    "wrong": (st.error, ":material/cancel:"),
    "invalid": (st.info, ":material/keyboard:"),
}
_SHORT = {
    "right": ":material/check_circle: Right.",
    "rounded": ":material/decimal_decrease: Rounded too early.",
    "slip": ":material/troubleshoot: A slip:",
    "wrong": ":material/cancel: Not right.",
    "invalid": ":material/keyboard: No number:",
}


def show(verdict: Verdict) -> None:
    """Draw a verdict as a message."""
    draw, icon = _SHOWN[verdict.kind]
    costs = " This costs no attempt." if verdict.kind == "invalid" else ""
    draw(plain(verdict.message) + costs, icon=icon)


def short(verdict: Verdict) -> str:
    """Return a verdict for the room below a field, as Markdown."""
    said = plain(verdict.message)
    keeps = verdict.kind in ("slip", "invalid") or (verdict.kind == "right" and verdict.message != "Right.")
    return f"{_SHORT[verdict.kind]} {said}" if keeps else _SHORT[verdict.kind]
