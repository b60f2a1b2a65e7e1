"""Norms per layer, and the conditions of neurons that let little gradient through."""

import numpy as np
import pytest

from engine import PRESETS, Experiment, Layer, Network
from engine.analysis.flow import conditions, layer_flows, norm
from tests.samples import passes


@pytest.mark.parametrize("name", list(PRESETS))
def test_norms_are_euclidean_and_belong_to_their_layer(name: str) -> None:
    e = PRESETS[name].experiment.example(1)
    passed, made = passes(e)
    for index, flow in enumerate(layer_flows(e)):
        found = (flow.layer, flow.a, flow.delta, flow.dW, flow.db)
        arrays = (passed.a[index + 1], made.delta[index], made.dW[index], made.db[index])
        assert found == pytest.approx((index + 1, *(np.linalg.norm(array) for array in arrays)), rel=1e-14)


@pytest.mark.parametrize(
    ("activation", "parameter", "z", "expected"),
    [
        ("relu", None, -1.0, "inactive"),
        ("relu", None, 0.0, "inactive"),
        ("relu", None, 1e-9, "active"),
        ("leaky_relu", 0.01, -1.0, "saturated"),
        ("leaky_relu", 0.5, -1.0, "active"),
        ("hard_tanh", None, 2.0, "inactive"),
        ("sigmoid", None, 0.0, "active"),
        # σ'(z) = 0.05 / 4 at z = ±4.357
        ("sigmoid", None, 4.35, "active"),
        ("sigmoid", None, -4.37, "saturated"),
        ("tanh", None, 400.0, "inactive"),
        ("identity", None, 1e9, "active"),
    ],
)
def test_a_neuron_is_dead_saturated_or_active(activation, parameter, z, expected) -> None:
    assert conditions(Layer(np.zeros((1, 1)), np.zeros(1), activation, parameter), np.array([z])) == (expected,)


def test_a_softmax_neuron_is_judged_with_the_others_where_they_are() -> None:
    layer = Layer(np.eye(3), np.zeros(3), "softmax")
    assert conditions(layer, np.zeros(3)) == ("active",) * 3
    # the second has a share of e^-5, less than a twentieth of the steepest slope of 1/4
    assert conditions(layer, np.array([5.0, 0.0, -900.0])) == ("saturated", "saturated", "inactive")


def test_dead_and_saturated_neurons_are_counted_apart() -> None:
    network = Network([Layer(np.eye(3), np.zeros(3), "sigmoid"), Layer(np.eye(3), [-1, 0, 1], "relu")], "huber")
    first, second = layer_flows(Experiment(network, [-6.0, 0.0, 2.0], np.zeros(3), 0.1))
    assert (first.inactive, first.saturated) == (0, 1)
    assert (second.inactive, second.saturated) == (1, 0)


def test_a_norm_neither_overflows_nor_underflows() -> None:
    assert norm(np.array([3e200, 4e200])) == pytest.approx(5e200)
    assert norm(np.array([3e-200, 4e-200])) == pytest.approx(5e-200)
    assert norm(np.zeros(3)) == 0.0
