"""Where the neurons of one layer stand on its activation, and what another activation would do to the network."""

from collections.abc import Iterable
from functools import partial

import streamlit as st

from engine import ACTIVATIONS, LOSSES, Experiment
from engine.backprop.learning_step import learning_step
from engine.formulas.plain import letter
from engine.formulas.symbols import layer_names
from engine.network.editing import with_activation
from engine.network.places import Neuron
from engine.reasons import lone_softmaxes
from pages.figures.activations.curves import window
from pages.figures.activations.neurons import Standing, neurons_on_curve, standing
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.activations.what_if import candidate, what_if
from pages.widgets.network.editor import attempt
from pages.widgets.session import at_hand, shown
from pages.widgets.session.compute_lock import give_way
from pages.widgets.shared.chart import chart
from pages.widgets.shared.example_picker import said_of_one

EXPLANATION = {
    "active": "the slope lets the gradient through.",
    "saturated": "the curve is nearly flat here: hardly any gradient passes through its slope.",
    "inactive": "the slope is 0: no gradient passes through it.",
}


def layer(theme: Theme) -> None:
    """Draw the choice of the layer and of another activation, its neurons on both curves, and what would change."""
    said_of_one("What follows shows")
    experiment = shown.looked_at()
    index = _chosen_layer(experiment)
    _parameter(experiment, index)
    tried = candidate(experiment, index)
    give_way()
    neurons, moved = _standing(experiment, index), _standing(tried.experiment, index)
    reach = window([neuron.z for neuron in (*neurons, *moved)])[1]
    titles = [ACTIVATIONS[e.network.layers[index].activation].title for e in (experiment, tried.experiment)]
    for column, slopes in zip(st.columns(2), (False, True), strict=True):
        with column:
            chart(
                neurons_on_curve(theme, neurons, moved, slopes, reach, shown.translation().words),
                key=f"on_curve_{slopes}",
                alt=f"{' and '.join(titles)}{', their slopes' if slopes else ''}, with the layer's neurons at their z",
            )
    give_way()
    _table(neurons, moved, titles[1])
    _together(index, ((experiment, neurons), (tried.experiment, moved)))
    give_way()
    what_if(theme, experiment, index, tried)


def _standing(experiment: Experiment, index: int) -> tuple[Standing, ...]:
    network = experiment.network
    z = learning_step(experiment).forward.z[index]
    names = [shown.translation().neuron(Neuron(index + 1, k)) for k in range(1, len(z) + 1)]
    return standing(network, z, index, names)


def _chosen_layer(experiment: Experiment) -> int:
    network = experiment.network
    titles = [ACTIVATIONS[layer.activation].title for layer in network.layers]
    names = layer_names(network)[1:]
    return fields.choice(
        st.pills,
        "Layer",
        list(range(len(titles))),
        format_func=[f"{name} · {title}" for name, title in zip(names, titles, strict=True)].__getitem__,
        key=f"activation_layer_{len(titles)}",
        persist_state="session",
    )


def _parameter(experiment: Experiment, index: int) -> None:
    own = experiment.network.layers[index]
    p = ACTIVATIONS[own.activation].parameter
    if p is None:
        return
    fields.number(
        st.slider,
        f"{shown.translation().words(letter(p.symbol))} of this layer",
        p.low,
        p.high,
        step=0.01,
        key=f"layer_parameter_{index}",
        held=own.parameter,
        take=partial(_take_parameter, index, own.activation),
        help="It belongs to the layer: it is in the link, and the gradients follow it.",
        width=340,
    )


def _take_parameter(index: int, activation: str, slope: float) -> None:
    attempt(lambda: with_activation(at_hand.experiment(), index, activation, slope))


def _table(neurons: tuple[Standing, ...], moved: tuple[Standing, ...], title: str) -> None:
    z, a, slope = map(shown.translation().words, ("z", "a = f(z)", "slope f′(z)"))
    numbers = (z, a, slope, f"slope with {title}")
    st.dataframe(
        {
            "neuron": [neuron.name for neuron in neurons],
            # a zero of the table has no minus
            z: [neuron.z + 0.0 for neuron in neurons],
            a: [neuron.a + 0.0 for neuron in neurons],
            slope: [neuron.slope + 0.0 for neuron in neurons],
            "state": [neuron.condition for neuron in neurons],
            f"slope with {title}": [neuron.slope + 0.0 for neuron in moved],
            f"state with {title}": [neuron.condition for neuron in moved],
        },
        hide_index=True,
        key="neuron_states",
        column_config={name: st.column_config.NumberColumn(format="%.4g") for name in numbers},
    )
    found = {neuron.condition for neuron in (*neurons, *moved)}
    st.caption(" ".join(f"**{name.capitalize()}**: {words}" for name, words in EXPLANATION.items() if name in found))


def _together(index: int, seen: Iterable[tuple[Experiment, tuple[Standing, ...]]]) -> None:
    """Draw, where the layer is the output, with which loss a flat slope of a neuron does not stop the gradient."""
    networks = [experiment.network for experiment, neurons in seen if _flat(neurons) and _joint(experiment, index)]
    pairs = [f"{LOSSES[n.loss].title} and {ACTIVATIONS[n.layers[-1].activation].title}" for n in networks]
    for pair in dict.fromkeys(pairs):
        st.caption(f"But {pair} are differentiated together: a slope near 0 does not hold the gradient back here.")


def _flat(neurons: tuple[Standing, ...]) -> bool:
    return any(neuron.condition != "active" for neuron in neurons)


def _joint(experiment: Experiment, index: int) -> bool:
    """Return whether the layer is an output through which the gradient goes together with the loss."""
    network = experiment.network
    last = len(network.layers)
    return index == last - 1 and network.joint_form is not None and last not in lone_softmaxes(network)
