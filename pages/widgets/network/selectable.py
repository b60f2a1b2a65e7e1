"""A still picture of the network in which a weight or a bias is selected, by mouse, finger or keys."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import streamlit as st

from engine.network.places import Bias, Neuron, Parameter, Place, Weight, place
from pages.widgets import fields
from pages.widgets.session import at_hand, selection
from pages.widgets.session.reruns import whole
from pages.widgets.shared.component import Component

HERE = Path(__file__).parent
OWN = Component.of(HERE, "selectable")
# spots look as they do in the player
_component = replace(OWN, css=Component.player(HERE).css + OWN.css).registered("selectable")


def parameter_of(place: Place | None) -> Parameter | None:
    """Return the parameter that a place stands for: of a neuron its bias; None if it stands for none."""
    match place:
        case Weight() | Bias():
            return place
        case Neuron(layer, number) if layer:
            return Bias(layer, number)
    return None


@st.fragment
def selectable(
    figure: dict[str, Any],
    spots: Sequence[dict[str, Any]],
    marked: Sequence[Parameter],
    *,
    key: str,
    alt: str,
    hint: str,
    take: Callable[[], None] = lambda: None,
) -> None:
    """Draw a figure without margins, and spots over it (pages/figures/gradients/parameter_spots.py); mark up to two.

    What is selected in it is the session's selection; then `take` is called, and all of the page is drawn anew. As a
    fragment of its own it tells nothing of the widgets around it, whose values may be older (fields/stale.py).
    """
    _component(
        key=key,
        data={
            "figure": figure,
            "spots": list(spots),
            "selected": [place.text for place in marked],
            "alt": alt,
            "hint": hint,
        },
        on_selected_change=whole(lambda: _take(key, take)),
    )


def _take(key: str, take: Callable[[], None]) -> None:
    chosen = place(fields.told.words(key, "selected") or "")
    parameter = parameter_of(chosen)
    if chosen and parameter and parameter.within(at_hand.experiment().network.sizes):
        selection.select(chosen)
        take()
