"""The laboratory against the engine's own passes, and against what theory says about initializers."""

import numpy as np
import pytest

from engine import ACTIVATIONS, INITIALIZERS, InvalidExperiment, Layer, Network, backward, forward
from engine.analysis.init_experiment import EXAMPLES, SAMPLE, Setting, run
from tests.oracles import assert_close


def rms(values: np.ndarray) -> float:
    return float(np.sqrt((values**2).mean()))


@pytest.mark.parametrize("activation", ["tanh", "relu", "elu", "softmax"])
def test_it_is_the_network_of_the_engine_with_these_weights(activation: str) -> None:
    depth, width = 4, 7
    made = run(Setting(depth=depth, width=width, activation=activation, initializer="normal", scale=0.4, seed=5))
    rng = np.random.default_rng(5)
    x, arriving = rng.standard_normal((2, EXAMPLES, width))
    weights = [rng.standard_normal((width, width)) * 0.4 for _ in range(depth)]
    network = Network([Layer(W, np.zeros(width), activation) for W in weights], "half_squared_error")
    passed = forward(network, x)
    # dL/da = (a - y) / batch is what arrives at the output
    expected = backward(network, passed, passed.output - arriving * EXAMPLES)
    for index in range(depth):
        assert made.activations[index].rms == pytest.approx(rms(passed.a[index + 1]), rel=1e-9)
        assert made.deltas[index].rms == pytest.approx(rms(expected.delta[index]), rel=1e-9)
        assert made.weight_gradients[index].rms == pytest.approx(rms(expected.dW[index]) / EXAMPLES, rel=1e-9)
        assert np.isin(made.activations[index].sample, passed.a[index + 1]).all()
        assert made.activations[index].zeros == pytest.approx((passed.a[index + 1] == 0).mean())


@pytest.mark.parametrize(
    ("activation", "initializer", "expected"),
    [
        ("relu", "he", 1.0),
        ("relu", "xavier", 0.5**0.5),
        ("identity", "lecun", 1.0),
        ("identity", "xavier", 1.0),
        # N(0, 1) weights: the variance grows by the number of inputs
        ("identity", "normal", 8.0),
        # U(-1, 1) has the variance 1/3
        ("identity", "uniform", (64 / 3) ** 0.5),
    ],
)
def test_variance_grows_from_layer_to_layer_as_theory_says(activation: str, initializer: str, expected: float) -> None:
    made = [
        run(Setting(depth=20, width=64, activation=activation, initializer=initializer, seed=seed)).growth
        for seed in range(3)
    ]
    oracle = pytest.approx(expected, rel=0.06)
    assert np.exp(np.log(made).mean(axis=0)).tolist() == [oracle, oracle]


def test_orthogonal_weights_keep_every_length() -> None:
    made = run(Setting(depth=30, width=16, activation="identity", initializer="orthogonal"))
    assert made.growth == pytest.approx((1.0, 1.0), rel=1e-12)


def test_zero_weights_stop_everything() -> None:
    made = run(Setting(depth=3, width=5, activation="relu", initializer="zeros"))
    assert made.activations[0].zeros == made.deltas[0].zeros == 1.0 and made.dead == (1.0, 1.0, 1.0)
    assert made.activations[0].rms == 0.0 and made.growth == (0.0, 0.0)


@pytest.mark.parametrize("activation", list(ACTIVATIONS))
@pytest.mark.parametrize("initializer", list(INITIALIZERS))
def test_every_combination_runs_and_tells_its_progress(activation: str, initializer: str) -> None:
    told: list[float] = []
    made = run(Setting(depth=2, width=1, activation=activation, initializer=initializer), told.append)
    assert told == sorted(told) and told[-1] == 1.0
    assert len(made.activations) == len(made.deltas) == len(made.weight_gradients) == len(made.dead) == 2


def test_the_same_seed_gives_the_same_inputs_whatever_the_initializer_and_a_sample_stays_small() -> None:
    one, other = (
        run(Setting(depth=2, width=40, activation="identity", initializer=name, seed=3)) for name in ("zeros", "he")
    )
    again = run(Setting(depth=2, width=40, activation="identity", initializer="he", seed=3))
    assert one.deltas[-1].rms == other.deltas[-1].rms
    np.testing.assert_array_equal(other.deltas[0].sample, again.deltas[0].sample)
    assert len(other.deltas[0].sample) == SAMPLE < EXAMPLES * 40
    assert_close(rms(other.deltas[0].sample), other.deltas[0].rms, rtol=0.1)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"depth": 1}, "depth must be a whole number from 2 to 50; 1"),
        ({"depth": 51}, "depth"),
        ({"depth": 2.0}, "depth"),
        ({"width": 0}, "width must be a whole number from 1 to 512"),
        ({"width": True}, "width"),
        ({"activation": "step"}, "activation"),
        ({"initializer": "magic"}, "initializer"),
        ({"scale": -1.0}, "scale"),
        ({"scale": float("nan")}, "scale"),
        ({"seed": -1}, "seed"),
        ({"activation": "elu", "parameter": 99.0}, "parameter of elu"),
    ],
)
def test_a_setting_out_of_range_is_refused(changed: dict, words: str) -> None:
    with pytest.raises(InvalidExperiment, match=words):
        Setting(**changed)


def test_an_explosion_beyond_float64_is_said_with_its_layer() -> None:
    with pytest.raises(InvalidExperiment, match=r"activations explode: in layer \d+"):
        run(Setting(depth=50, width=4, activation="identity", initializer="normal", scale=1e10))
