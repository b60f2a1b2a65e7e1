"""The inspector: all numbers and formulas of the neuron or weight that was clicked, or picked by keyboard."""

from collections.abc import Iterator

import streamlit as st

from engine import Network, forward
from engine.analysis.inspection import neuron_facts, weight_facts
from engine.backprop.trace import trace_some
from engine.formulas.symbols import layer_name
from pages.figures.activations.curves import activation_curve
from pages.figures.markup import katex
from pages.figures.network.large.geometry import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.tables import neuron_name
from pages.widgets.session import state
from pages.widgets.session.selection import Place
from pages.widgets.shared.chart import chart


def inspector(theme: Theme) -> None:
    """Draw the picker, the facts about what is picked, and the activation curve with the point where it stands."""
    network = state.experiment().network
    picked = state.selected() or Place(len(network.layers), 1)
    picked = _picker(network, picked)
    experiment = state.experiment()
    if picked.source is None:
        own = trace_some(experiment, lambda layer: [picked.neuron] if layer == picked.layer else [])
        facts = neuron_facts(experiment, own, picked.layer, picked.neuron)
    else:
        facts = weight_facts(experiment, picked.layer, picked.neuron, picked.source)
    for fact in facts:
        st.caption(fact.words[0].upper() + fact.words[1:])
        st.latex(katex(fact.latex, theme))
    _curve(theme, network, picked)


def _picker(network: Network, picked: Place) -> Place:
    places = {_words(network, place): place for place in (*_places(network), picked)}
    chosen = fields.choice(
        st.selectbox,
        "Neuron or weight",
        list(places),
        key="inspected",
        held=_words(network, picked),
        take=lambda words: state.select(places[words]),
        help="Click a neuron or a line in the picture, or choose one here.",
    )
    return places[chosen]


def _places(network: Network) -> Iterator[Place]:
    for layer, size in enumerate(network.sizes):
        yield from (Place(layer, neuron) for neuron in range(1, size + 1))
    if is_large(network.sizes):
        # too many weights to list: those clicked in the picture can be looked at
        return
    for layer, (before, size) in enumerate(zip(network.sizes[:-1], network.sizes[1:], strict=True), start=1):
        yield from (Place(layer, to, source) for to in range(1, size + 1) for source in range(1, before + 1))


def _words(network: Network, place: Place) -> str:
    last = len(network.layers)
    own = neuron_name(place.layer, last, place.neuron)
    if place.source is None:
        return f"{layer_name(network, place.layer)}, neuron {place.neuron} ({own})"
    before = neuron_name(place.layer - 1, last, place.source)
    return f"Weight {before} → {own}, {layer_name(network, place.layer)}"


def _curve(theme: Theme, network: Network, picked: Place) -> None:
    layer, neuron = max(picked.layer, 1), picked.neuron if picked.layer else 1
    own = network.layers[layer - 1]
    z = forward(network, state.experiment().x).z[layer - 1]
    label = neuron_name(layer, len(network.layers), neuron)
    figure = activation_curve(theme, own.activation, own.parameter, float(z[neuron - 1]), label, _others(z, neuron))
    chart(
        figure,
        key="curve",
        alt=f"{own.activation} with the point where neuron {neuron} of layer {layer} stands, z = {z[neuron - 1]:.4g}",
    )


def _others(z: object, neuron: int) -> tuple[float, ...]:
    return tuple(float(v) for index, v in enumerate(z, start=1) if index != neuron)  # type: ignore[call-overload]
