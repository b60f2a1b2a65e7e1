"""Experiments that pages are tested with: presets, small ones at a limit, and a large one."""

import numpy as np

from engine import PRESETS, Experiment, Layer, Network


def large() -> Experiment:
    rng = np.random.default_rng(0)
    layers = [
        Layer(rng.normal(size=(90, 60)) / 8, np.zeros(90), "relu"),
        Layer(rng.normal(size=(30, 90)) / 9, np.zeros(30), "softmax"),
    ]
    return Experiment(Network(layers, "cross_entropy"), rng.normal(size=60), np.eye(30)[0], 0.1)


def small(activation: str, W: float, x: float, y: float) -> Experiment:
    layers = [Layer([[W]], [0.0], activation), Layer([[1.0]], [0.0], "identity")]
    return Experiment(Network(layers, "half_squared_error"), [x], [y], 0.1)


# all gradients are 0, or only those of the last layer's weights
LIMITS = {"perfect": small("relu", 1.0, 2.0, 2.0), "from zero": small("tanh", 0.0, 1.0, 1.0)}
NETWORKS = (
    {name: PRESETS[name].experiment for name in ("first-look", "vanishing", "dead-relu")} | {"large": large()} | LIMITS
)
