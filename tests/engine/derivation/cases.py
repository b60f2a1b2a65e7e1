"""The experiments that the text is tested with: every preset, activation, loss with each output, and odd shapes."""

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, Layer, Network
from tests.samples import example, network_with
from tests.strategies import OUTPUTS


def hidden(activation: str) -> Experiment:
    network = network_with(activation, "identity", "huber", seed=3)
    return Experiment(network, *example(network, 4, None), 0.1)


def output(loss: str, activation: str) -> Experiment:
    network = network_with("tanh", activation, loss, seed=5)
    return Experiment(network, *example(network, 6, None), 0.1)


def normalised(loss: str) -> Experiment:
    network = network_with("tanh", "softmax", loss, seed=7)
    return Experiment(network, example(network, 8, None)[0], np.array([0.0, 1.0]), 0.1)


def single_layer() -> Experiment:
    layer = Layer(np.array([[0.5, -1.0]]), np.array([0.25]), "sigmoid")
    return Experiment(Network([layer], "binary_cross_entropy"), [1.0, 2.0], [1.0], 0.5, update_biases=False)


def wide() -> Experiment:
    """Wider than a matrix is shown, in every layer."""
    rng = np.random.default_rng(9)
    layers = [
        Layer(rng.normal(size=(9, 8)), rng.normal(size=9), "leaky_relu", 0.2),
        Layer(rng.normal(size=(11, 9)) / 3, rng.normal(size=11), "softmax"),
    ]
    return Experiment(Network(layers, "cross_entropy"), rng.normal(size=8), np.eye(11)[3], 0.1)


JOINT_OR_PLAIN = [
    (loss, activation) for loss, activation in OUTPUTS if activation in ("identity", "sigmoid", "softmax")
]
# most worked examples are two sigmoid layers: one of them, and those with other activations, stand for all
LIKE_MAZUR = {"han-kamber", "mind", "macleod", "brownlee", "singman"}
CASES: dict[str, Experiment] = {
    # of a batch its first example alone: tests of batches have their own cases
    **{name: preset.experiment.example(1) for name, preset in PRESETS.items() if name not in LIKE_MAZUR},
    **{f"hidden {name}": hidden(name) for name in ACTIVATIONS},
    **{f"{loss} of {activation}": output(loss, activation) for loss, activation in JOINT_OR_PLAIN},
    **{f"{loss} of a softmax, one class": normalised(loss) for loss in ("cross_entropy", "binary_cross_entropy")},
    "single layer": single_layer(),
    "wide": wide(),
}
EXAMPLE = CASES["worked-example"]
every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())
