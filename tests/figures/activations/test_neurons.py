"""A layer's neurons on their activation: where each stands, and in which state."""

import numpy as np
import pytest

from engine import Layer, Network, forward
from pages.figures.activations.neurons import MANY, neurons_on_curve, standing
from pages.figures.theme import DARK, LIGHT
from tests.figures.sent import plain
from tests.samples import EXAMPLE


def test_a_softmax_neuron_stands_on_a_curve_of_its_own() -> None:
    z = forward(EXAMPLE.network, EXAMPLE.x).z[-1]
    neurons = standing(EXAMPLE.network, z, 2, ["ŷ₁", "ŷ₂", "ŷ₃"])
    figure = plain(neurons_on_curve(LIGHT, neurons, neurons, False, 5.0))
    assert figure["data"][-1]["y"] == pytest.approx(forward(EXAMPLE.network, EXAMPLE.x).output.tolist())
    assert sum(trace["mode"] == "lines" for trace in figure["data"]) == 6
    slopes = plain(neurons_on_curve(LIGHT, neurons, neurons, True, 5.0))
    p = forward(EXAMPLE.network, EXAMPLE.x).output
    assert slopes["data"][-1]["y"] == pytest.approx((p * (1 - p)).tolist())


def test_many_neurons_are_marked_without_names_and_with_few_curves() -> None:
    network = Network([Layer(np.eye(40), np.zeros(40), "softmax")], "huber")
    neurons = standing(network, np.linspace(-2, 2, 40), 0, [str(k) for k in range(40)])
    figure = plain(neurons_on_curve(DARK, neurons, neurons, False, 5.0))
    assert sum(trace["mode"] == "lines" for trace in figure["data"]) == 2 * MANY
    assert not any("text" in trace["mode"] for trace in figure["data"])


def test_states_differ_by_symbol_and_not_by_colour_alone() -> None:
    network = Network([Layer(np.eye(3), np.zeros(3), "tanh")], "huber")
    neurons = standing(network, np.array([0.0, 3.0, 400.0]), 0, ["a", "b", "c"])
    assert [neuron.condition for neuron in neurons] == ["active", "saturated", "inactive"]
    marks = plain(neurons_on_curve(LIGHT, neurons, neurons, True, 5.0))["data"][-3:]
    assert len({trace["marker"]["symbol"][0] for trace in marks}) == 3
