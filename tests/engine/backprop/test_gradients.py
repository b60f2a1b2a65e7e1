"""Every gradient of the backward pass against autograd, and against central differences of the engine's own loss."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from engine import ACTIVATIONS, Experiment, Network
from tests import oracles
from tests.oracles import assert_close
from tests.samples import all_gradients, example, gradients_of, network_with
from tests.strategies import OUTPUTS, Batch, batches, experiments


def assert_gradients_match_autograd(network: Network, x: np.ndarray, y: np.ndarray) -> None:
    found = gradients_of(network, x, y)
    value, weights, dx = oracles.gradients(network, x, y)
    expected = [*(dW for dW, _ in weights), *(db for _, db in weights), dx]
    scale = max(float(np.abs(gradient).max()) for gradient in expected)
    assert found.loss == pytest.approx(value, rel=1e-11, abs=1e-13)
    for ours, theirs in zip(all_gradients(found), expected, strict=True):
        assert ours.shape == theirs.shape
        assert_close(ours, theirs, rtol=1e-9, atol=1e-11 * max(scale, 1e-3))


@settings(max_examples=100)
@given(experiments())
def test_one_example_has_the_loss_and_gradients_of_autograd(experiment: Experiment) -> None:
    assert_gradients_match_autograd(experiment.network, experiment.x, experiment.y)


@settings(max_examples=100)
@given(batches())
def test_a_batch_has_the_loss_and_gradients_of_autograd(batch: Batch) -> None:
    assert_gradients_match_autograd(*batch)


def assert_central_differences_match(network: Network, x: np.ndarray, y: np.ndarray) -> None:
    found, h = gradients_of(network, x, y), 1e-5

    def slope(change: Callable[[float], tuple[Network, np.ndarray]]) -> float:
        up, down = (gradients_of(*change(sign * h), y).loss for sign in (1, -1))
        return (up - down) / (2 * h)

    def with_changed(layer: int, field: str, place: tuple[int, ...], step: float) -> tuple[Network, np.ndarray]:
        layers = list(network.layers)
        values = getattr(layers[layer], field).copy()
        values[place] += step
        layers[layer] = replace(layers[layer], **{field: values})
        return Network(layers, network.loss), x

    for layer in range(len(network.layers)):
        for field, gradient in (("W", found.dW[layer]), ("b", found.db[layer])):
            for place in np.ndindex(gradient.shape):
                numeric = slope(lambda step, at=(layer, field, place): with_changed(*at, step))
                assert gradient[place] == pytest.approx(numeric, rel=1e-6, abs=2e-9)
    for place in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[place] = 1.0
        assert found.dx[place] == pytest.approx(slope(lambda h, s=step: (network, x + h * s)), rel=1e-6, abs=2e-9)


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_activation_in_a_hidden_layer_agrees_with_central_differences(hidden: str) -> None:
    own = ACTIVATIONS[hidden].parameter
    for parameter in (None, 0.3) if own else (None,):
        network = network_with(hidden, "identity", "half_squared_error", 4, parameter)
        assert_central_differences_match(network, *example(network, 5, None))
        assert_central_differences_match(network, *example(network, 6, 2))


@pytest.mark.parametrize(("loss", "output"), OUTPUTS)
def test_every_loss_with_every_output_agrees_with_central_differences(loss: str, output: str) -> None:
    network = network_with("sigmoid", output, loss, 7)
    assert_central_differences_match(network, *example(network, 8, None))
    assert_central_differences_match(network, *example(network, 9, 2))
