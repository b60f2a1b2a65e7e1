"""The chapter on one weight, with the choice of the weight: it alone is drawn anew when another is chosen."""

from collections.abc import Callable

import streamlit as st

from engine.derivation import Weight
from engine.network import Network
from engine.symbols import layer_name
from pages.widgets import state
from pages.widgets.editor import controlled
from pages.widgets.reading.library import written
from pages.widgets.reading.text import Style, draw, draw_links

WEIGHT = "weight"
LAYER, NEURON, SOURCE = "weight_layer", "weight_neuron", "weight_source"
_chosen: state.Slot[Weight | None] = state.Slot("weight_chosen", None)
_clicked: state.Slot[state.Place | None] = state.Slot("weight_clicked", None)


@st.fragment(key=WEIGHT)
def weight_chapter(style: Style) -> None:
    """Draw the body of the chapter for the weight chosen."""
    network = state.experiment().network
    _take_clicked()
    weight = _within(network)
    _picker(network, weight)
    chapter = next(c for c in written(state.experiment(), style.extent, weight) if c.anchor == WEIGHT)
    for block in chapter.blocks:
        draw(block, style)
    draw_links(chapter.links)


def _take_clicked() -> None:
    """Choose the weight that was clicked in a picture, on this page or another, since this was drawn last."""
    place = state.selected()
    if place != _clicked.get():
        _clicked.set(place)
        if place and place.source is not None:
            _chosen.set(Weight(place.layer, place.neuron, place.source))


def _within(network: Network) -> Weight:
    """Return the weight chosen, or the first one of the output layer if the network has it not."""
    chosen = _chosen.get()
    if chosen and state.Place(chosen.layer, chosen.neuron, chosen.source).within(network.sizes):
        return chosen
    return Weight(len(network.layers), 1, 1)


def _picker(network: Network, weight: Weight) -> None:
    layers = range(1, len(network.sizes))
    with st.container(horizontal=True, gap="small", key="weight_picker"):
        _choice("Weight into the layer", LAYER, layers, weight.layer, lambda layer: layer_name(network, layer))
        _choice("To neuron", NEURON, range(1, network.sizes[weight.layer] + 1), weight.neuron, str)
        _choice("From neuron", SOURCE, range(1, network.sizes[weight.layer - 1] + 1), weight.source, str)


def _choice(label: str, key: str, options: range, value: int, words: Callable[[int], str]) -> None:
    st.selectbox(label, options, key=controlled(key, value), format_func=words, on_change=_take, width=150)


def _take() -> None:
    sizes = state.experiment().network.sizes
    layer, neuron, source = (int(state.widget(key)) for key in (LAYER, NEURON, SOURCE))
    _chosen.set(Weight(layer, min(neuron, sizes[layer]), min(source, sizes[layer - 1])))
