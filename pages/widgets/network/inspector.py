"""The inspector: all numbers and formulas of the neuron or weight that was clicked, or picked by keyboard."""

from collections.abc import Iterator
from typing import TypeAlias

import streamlit as st

from engine import Experiment, Network
from engine.analysis.inspection import Fact, neuron_facts, weight_facts
from engine.backprop.learning_step import learning_step
from engine.backprop.trace import trace_some
from engine.formulas.plain import short_activation
from engine.formulas.symbols import layer_name
from engine.network.parameters import weights
from engine.network.places import Bias, Neuron, Weight
from pages.figures.activations.curves import activation_curve
from pages.figures.markup import katex
from pages.figures.size import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session import at_hand, selection
from pages.widgets.shared.chart import chart


def inspector(theme: Theme) -> None:
    """Draw the picker, the facts about what is picked, and the activation curve with the point where it stands."""
    network = at_hand.experiment().network
    picked = _picker(network, _selected(network))
    for fact in _facts(at_hand.experiment(), picked):
        st.caption(fact.words[0].upper() + fact.words[1:])
        st.latex(katex(fact.latex, theme))
    _curve(theme, network, picked)


Inspected: TypeAlias = Neuron | Weight


def _selected(network: Network) -> Inspected:
    """Return what is selected, of a bias its neuron; or else the first output."""
    place = selection.selected() or Neuron(len(network.layers), 1)
    return place.neuron if isinstance(place, Bias) else place


def _facts(experiment: Experiment, picked: Inspected) -> tuple[Fact, ...]:
    if isinstance(picked, Weight):
        return weight_facts(experiment, picked)
    own = trace_some(experiment, lambda layer: [picked.number] if layer == picked.layer else [])
    return neuron_facts(experiment, own, picked)


def _picker(network: Network, picked: Inspected) -> Inspected:
    places = {_words(network, place): place for place in (*_places(network), picked)}
    chosen = fields.choice(
        st.selectbox,
        "Neuron or weight",
        list(places),
        key="inspected",
        held=_words(network, picked),
        take=lambda words: selection.select(places[words]),
        help="Click a neuron or a line in the picture, or choose one here.",
    )
    return places[chosen]


def _places(network: Network) -> Iterator[Inspected]:
    for layer, size in enumerate(network.sizes):
        yield from (Neuron(layer, number) for number in range(1, size + 1))
    # too many weights to list: those clicked in the picture can be looked at
    if not is_large(network.sizes):
        yield from weights(network)


def _words(network: Network, place: Inspected) -> str:
    layer, last = layer_name(network, place.layer), len(network.layers)
    if isinstance(place, Neuron):
        return f"{layer}, neuron {place.number} ({short_activation(place, last)})"
    before, own = (short_activation(end, last) for end in place.ends)
    return f"Weight {before} → {own}, {layer}"


def _curve(theme: Theme, network: Network, picked: Inspected) -> None:
    neuron = picked.ends[1] if isinstance(picked, Weight) else picked if picked.layer else Neuron(1, 1)
    own = network.layers[neuron.layer - 1]
    all_z = learning_step(at_hand.experiment()).forward.z[neuron.layer - 1]
    z, label = float(all_z[neuron.number - 1]), short_activation(neuron, len(network.layers))
    figure = activation_curve(theme, own.activation, own.parameter, z, label, _others(all_z, neuron.number))
    chart(
        figure,
        key="curve",
        alt=f"{own.activation} with the point where neuron {neuron.number} of layer {neuron.layer} stands, z = {z:.4g}",
    )


def _others(z: object, neuron: int) -> tuple[float, ...]:
    return tuple(float(v) for index, v in enumerate(z, start=1) if index != neuron)  # type: ignore[call-overload]
