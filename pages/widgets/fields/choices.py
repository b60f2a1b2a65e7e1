"""One of several, or some of several: select boxes, segmented controls, pills, radio buttons, sliders over a list."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from pages.widgets.fields.reading import field

T = TypeVar("T")


def choice(
    draw: Callable[..., Any], label: str, options: Sequence[T], *, key: str, first: T | None = None, **how: Any
) -> T:
    """Draw a choice with st.selectbox, st.pills or another and return the option chosen, at first `first` if given.

    What else is given is for `field` (reading.py) and for Streamlit.
    """
    look = {"required": True} if draw.__name__ in ("pills", "segmented_control") else {}
    return field(
        draw,
        label,
        options,
        key=key,
        allowed=lambda value: value in options,
        first=options[0] if first is None else first,
        start=partial(_start, draw.__name__, options),
        **look,
        **how,
    )


def _start(kind: str, options: Sequence[T], value: T) -> dict[str, Any]:
    if kind in ("selectbox", "radio"):
        return {"index": options.index(value)}
    return {"value" if kind == "select_slider" else "default": value}


def _are_some(options: Sequence[Any], values: Any) -> bool:
    # each once: what is drawn for an option twice would have one key
    return isinstance(values, list) and all(value in options for value in values) and len({*values}) == len(values)


def choices(
    draw: Callable[..., Any], label: str, options: Sequence[T], *, key: str, first: Sequence[T] = (), **how: Any
) -> list[T]:
    """Draw a choice of several with st.pills or st.multiselect and return the options chosen, at first `first`."""
    if draw.__name__ == "pills":
        how |= {"selection_mode": "multi"}
    return field(
        draw,
        label,
        options,
        key=key,
        allowed=partial(_are_some, options),
        first=list(first),
        start=lambda values: {"default": values},
        **how,
    )
