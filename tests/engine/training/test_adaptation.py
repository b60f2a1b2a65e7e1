"""Fitting a network to data: what must change changes, what fits stays, and the words say which."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import DATASETS, PRESETS, Layer, Network, train
from engine.data.dataset import regression
from engine.training.adaptation import adapt, drawn, suited, unreachable
from tests.strategies import networks


def rng():
    return np.random.default_rng(0)


@given(networks(), st.sampled_from(list(DATASETS)))
def test_every_network_can_be_fitted_to_every_data_set_and_then_needs_no_more(network, name):
    made = DATASETS[name].make(12)
    fitted = adapt(network, made, rng()).network
    assert fitted.sizes[1:-1] == network.sizes[1:-1]
    history = train(fitted, made.x, made.targets_for(fitted.sizes[-1]), epochs=1, batch_size=12, seed=0)
    assert np.isfinite(history.loss).all()
    again = adapt(fitted, made, rng())
    assert again.network is not None and again.network == fitted and again.changes == ()


def test_the_default_network_gets_two_inputs_and_one_sigmoid_for_xor():
    default = next(iter(PRESETS.values())).experiment.network
    fitted, changes = (result := adapt(default, DATASETS["xor"].make(), rng())).network, result.changes
    assert fitted.sizes == (2, 3, 3, 1)
    assert fitted.layers[1] == default.layers[1]
    assert (fitted.layers[-1].activation, fitted.loss) == ("sigmoid", "binary_cross_entropy")
    assert changes == (
        "3 → 2 inputs",
        "3 → 1 output",
        "new weights (Xavier/Glorot) and zero biases in layer 1 and layer 3",
        "output activation softmax → sigmoid",
        "loss cross-entropy → binary cross-entropy",
    )


@pytest.mark.parametrize(
    ("output", "loss", "n_out", "name", "kept"),
    [
        ("sigmoid", "half_squared_error", 1, "moons", True),
        ("identity", "mean_squared_error", 1, "moons", True),
        ("softmax", "cross_entropy", 2, "moons", True),
        ("softmax", "half_squared_error", 1, "moons", False),
        ("gaussian", "huber", 1, "moons", True),
        ("tanh", "half_squared_error", 1, "line", False),
        ("tanh", "half_squared_error", 1, "plane", False),
        ("identity", "huber", 1, "line", True),
        ("sigmoid", "binary_cross_entropy", 1, "line", False),
        ("sigmoid", "binary_cross_entropy", 3, "blobs", True),
    ],
)
def test_an_output_that_can_reach_the_targets_stays(output, loss, n_out, name, kept):
    network = Network([Layer(np.ones((n_out, 1 if name == "line" else 2)), np.zeros(n_out), output)], loss)
    fitted = adapt(network, DATASETS[name].make(noise=0), rng())
    assert (fitted.network == network) == kept == (not fitted.changes)


def test_weights_that_keep_their_shape_are_kept_and_not_said_to_be_new():
    network = Network([Layer([[0.3, -0.4]], [0.5], "sigmoid")], "binary_cross_entropy")
    adaptation = adapt(network, DATASETS["plane"].make(), rng())
    assert adaptation.changes == (
        "output activation sigmoid → identity",
        "loss binary cross-entropy → half squared error",
    )
    assert (adaptation.network.layers[0].W == network.layers[0].W).all() and adaptation.network.layers[0].b == 0.5


@pytest.mark.parametrize("initializer", ["he", "zeros", "uniform"])
def test_drawing_replaces_every_weight_and_keeps_the_shape(initializer):
    network = next(iter(PRESETS.values())).experiment.network
    fresh = drawn(network, rng(), initializer, scale=0.5)
    assert fresh.sizes == network.sizes and fresh.loss == network.loss
    for old, new in zip(network.layers, fresh.layers, strict=True):
        assert (new.W != old.W).all() and not new.b.any() and new.activation == old.activation
        assert initializer != "uniform" or np.abs(new.W).max() <= 0.5


@pytest.mark.parametrize("name", DATASETS)
def test_a_suited_network_fits_and_learns_its_data_set(name):
    record = DATASETS[name]
    made = record.make()
    network = suited(made, record.hidden, rng())
    assert network.sizes == (made.x.shape[1], *record.hidden, made.y.shape[1])
    assert adapt(network, made, rng()).changes == ()
    history = train(network, made.x, made.y, optimizer="adam", epochs=100, batch_size=10, seed=0, snapshots=2)
    floor = {"checkerboard": 0.85, "three_spirals": 0.8, "spirals": 0.8, "xor": 0.75, "gaussians": 0.9}
    if history.accuracy is not None:
        assert history.accuracy[-1] >= floor.get(name, 0.95)
    else:
        assert history.loss[-1] < 0.1 * made.y.var()


def of_output(activation):
    return Network([Layer(np.ones((1, 1)), np.zeros(1), activation)], "half_squared_error")


@pytest.mark.parametrize(
    ("activation", "words"),
    [
        ("identity", ""),
        (
            "sigmoid",
            "The target y goes from −3 to 1150; the output activation, sigmoid, only gives numbers from 0 to 1.",
        ),
        ("relu", "The target y goes from −3 to 1150; the output activation, ReLU, gives no number below 0."),
    ],
)
def test_targets_that_the_output_cannot_reach_are_said(activation, words):
    data = regression("t", np.ones((3, 1)), np.array([1.0, -3.0, 1150.0]))
    assert unreachable(of_output(activation), data) == words
    assert (adapt(of_output(activation), data, rng()).network == of_output(activation)) == (not words)


def test_of_standardised_targets_both_ranges_are_said():
    data = regression("t", np.ones((2, 1)), np.array([1000.0, 3000.0])).standardised()
    assert unreachable(of_output("tanh"), data) == ""
    assert "goes from 1000 to 3000, for the network from −1 to 1; " in unreachable(of_output("sigmoid"), data)
