"""Fields with a value of their own: a number, a switch, a text."""

from collections.abc import Callable
from math import inf, isfinite
from typing import Any, TypeGuard

import streamlit as st

from pages.widgets.fields.reading import field

LONGEST = 200


def number(
    draw: Callable[..., Any],
    label: str,
    low: float,
    high: float | None,
    *,
    key: str,
    first: float | None = None,
    **how: Any,
) -> Any:
    """Draw st.number_input or st.slider and return its number, whole where `low` is; at first `first`, or `low`."""
    return field(
        draw,
        label,
        key=key,
        allowed=lambda value: is_number(value) and low <= value <= (inf if high is None else high),
        first=low if first is None else first,
        start=lambda value: {"value": value},
        min_value=low,
        max_value=high,
        **how,
    )


def is_number(value: Any) -> TypeGuard[int | float]:
    """Return whether a value is a number to calculate with: finite, and not as large as no float is."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    try:
        return isfinite(value)
    except OverflowError:
        return False


def flag(label: str, *, key: str, first: bool = False, **how: Any) -> bool:
    """Draw a switch and return whether it is on."""
    return field(
        st.toggle,
        label,
        key=key,
        allowed=lambda value: isinstance(value, bool),
        first=first,
        start=lambda value: {"value": value},
        **how,
    )


def words(label: str, *, key: str, **how: Any) -> str:
    """Draw a field for a few words and return them."""
    return field(
        st.text_input,
        label,
        key=key,
        allowed=lambda value: isinstance(value, str) and len(value) <= LONGEST,
        first="",
        start=lambda value: {"value": value},
        max_chars=LONGEST,
        **how,
    )


def passage(label: str, *, key: str, most: int, **how: Any) -> str:
    """Draw a field for a text of several lines, of up to `most` characters, and return it."""
    return field(
        st.text_area,
        label,
        key=key,
        allowed=lambda value: isinstance(value, str) and len(value) <= most,
        first="",
        start=lambda value: {"value": value},
        max_chars=most,
        **how,
    )
