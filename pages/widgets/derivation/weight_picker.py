"""The chapter on one weight, with the choice of the weight: it alone is drawn anew when another is chosen."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from engine.formulas.symbols import layer_names
from engine.network.model import Network
from engine.network.places import Place, Weight
from pages.widgets import fields
from pages.widgets.derivation import cache as library
from pages.widgets.derivation.text import Style, draw, draw_links
from pages.widgets.session import at_hand, selection, shown
from pages.widgets.session.slots import Slot

WEIGHT = "weight"
_chosen: Slot[Weight | None] = Slot("weight_chosen", None)
_clicked: Slot[Place | None] = Slot("weight_clicked", None)


@st.fragment(key=WEIGHT)
def weight_chapter(style: Style) -> None:
    """Draw the body of the chapter for the weight chosen."""
    network = at_hand.experiment().network
    _take_clicked()
    weight = _within(network)
    _picker(network, weight)
    chapter = library.weight(shown.alone(), style.extent, weight, style.notation)
    for block in chapter.blocks:
        draw(block, style)
    draw_links(chapter.links)


def _take_clicked() -> None:
    """Choose the weight that was clicked in a picture, on this page or another, since this was drawn last."""
    place = selection.selected()
    if place != _clicked.get():
        _clicked.set(place)
        if isinstance(place, Weight):
            _chosen.set(place)


def _within(network: Network) -> Weight:
    """Return the weight chosen, or the first one of the output layer if the network has it not."""
    chosen = _chosen.get()
    return chosen if chosen and chosen.within(network.sizes) else Weight(len(network.layers), 1, 1)


def _picker(network: Network, weight: Weight) -> None:
    def choose(label: str, part: str, last: int, words: Callable[[int], str] = str) -> None:
        fields.choice(
            st.selectbox,
            label,
            range(1, last + 1),
            key=f"weight_{part}",
            held=getattr(weight, part),
            format_func=words,
            take=lambda number: _take(part, number),
            width=150,
        )

    with st.container(horizontal=True, gap="small", key="weight_picker"):
        choose("Weight into the layer", "layer", len(network.layers), layer_names(network).__getitem__)
        choose("To neuron", "to", network.sizes[weight.layer])
        choose("From neuron", "source", network.sizes[weight.layer - 1])


def _take(part: str, number: int) -> None:
    network = at_hand.experiment().network
    wanted = replace(_within(network), **{part: number})
    # another layer may have fewer neurons
    last, before = network.sizes[wanted.layer], network.sizes[wanted.layer - 1]
    _chosen.set(replace(wanted, to=min(wanted.to, last), source=min(wanted.source, before)))
