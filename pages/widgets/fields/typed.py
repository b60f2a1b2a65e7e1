"""A number that is typed as a text, read by the one parser of typed numbers; the field then shows it in full."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from engine import InvalidExperiment
from engine.formulas import numbers, parse_number
from pages.widgets.fields.values import words
from pages.widgets.session.slots import Slot

# by key: what was typed, why it was refused, and the number that was held then
_refused: Slot[Mapping[str, tuple[str, str, float]]] = Slot("typed_refused", {})


def typed(label: str, *, key: str, held: float, take: Callable[[float], None], **look: Any) -> None:
    """Draw a field for a number and hand one that is typed to `take`.

    What is no number, and what `take` refuses by raising InvalidExperiment, stays in the field with the reason below,
    as long as the number held stays the same.
    """
    text, why, then = _refused.get().get(key, ("", "", held))
    if then != held or not why:
        text, why = numbers.exact(held), ""

    def taken(given: str) -> None:
        others = {name: refused for name, refused in _refused.get().items() if name != key}
        try:
            take(parse_number(given))
        except InvalidExperiment as error:
            others[key] = (given, str(error), held)
        _refused.set(others)

    words(label, key=key, held=text, take=taken, **look)
    if why:
        st.error(why, icon=":material/error:")
