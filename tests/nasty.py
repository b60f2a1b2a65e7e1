"""Networks on which a sentence that is true elsewhere fails: kinks, zeros, ties, flat places, large numbers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engine import PRESETS, Experiment, InvalidExperiment, Layer, Network, backward, forward, sgd_step

XOR = PRESETS["xor"].experiment.example(1)
WORKED = PRESETS["worked-example"].experiment


def line(w: float, b: float, activation: str, loss: str, x: float, y: float, rate: float = 0.1) -> Experiment:
    """One neuron with one input."""
    return Experiment(Network([Layer([[w]], [b], activation)], loss), [x], [y], rate)


def chain(activations: Sequence[str], loss: str, w: float, x: Sequence[float], y: Sequence[float]) -> Experiment:
    """Layers of two neurons whose weights are all w, with biases 0."""
    n_out, sizes = len(y), [len(x), *[2] * (len(activations) - 1), len(y)]
    sizes[-1] = n_out
    layers = [
        Layer(np.full((sizes[k + 1], sizes[k]), w), np.zeros(sizes[k + 1]), name) for k, name in enumerate(activations)
    ]
    return Experiment(Network(layers, loss), list(x), list(y), 0.1)


NASTY: dict[str, Experiment] = {
    "ReLU at 0": replace(XOR, y=np.array([0.5])),
    "input 0": replace(PRESETS["mazur"].experiment, x=np.zeros(2)),
    "weights 0": chain(["tanh", "softmax"], "cross_entropy", 0.0, [1.0, -2.0], [0.0, 1.0, 0.0]),
    "rate 0": replace(WORKED, learning_rate=0.0),
    "rate far too high": replace(PRESETS["first-look"].experiment, learning_rate=50.0),
    "softmax of one": chain(["softmax"], "cross_entropy", 0.5, [1.0, 2.0], [1.0]),
    "hidden softmax of one": Experiment(
        Network([Layer([[0.5]], [0.1], "softmax"), Layer([[2.0]], [0.0], "identity")], "half_squared_error"),
        [1.0],
        [1.0],
        0.1,
    ),
    "sigmoid at 50": line(50.0, 0.0, "sigmoid", "binary_cross_entropy", 1.0, 0.0),
    "sigmoid at −800": line(-800.0, 0.0, "sigmoid", "cross_entropy", 1.0, 1.0),
    "saturated, squared error": line(800.0, 0.0, "sigmoid", "half_squared_error", 1.0, 0.0),
    "loss 0": line(1.0, 0.0, "identity", "half_squared_error", 2.0, 2.0),
    "loss too small": line(1.0, 0.0, "identity", "half_squared_error", 1e-200, 0.0),
    "mirrored step": line(0.0, 0.0, "identity", "half_squared_error", 1.0, 1.0, 1.0),
    "targets not summing to 1": replace(WORKED, y=np.array([0.9, 0.8, 0.1])),
    "targets of 1 in all": replace(WORKED, y=np.array([1.0, 1.0, 1.0])),
    "leaky ReLU below 0": chain(["leaky_relu", "identity"], "huber", -0.5, [1.0, 2.0], [3.0]),
    "leaky ReLU at 0": chain(["leaky_relu", "identity"], "mean_squared_error", -0.5, [1.0, -1.0], [3.0, -1.0]),
    "hard tanh at 1": chain(["hard_tanh", "hard_tanh"], "squared_error", 0.5, [1.0, 1.0], [0.0, 1.0]),
    "almost no loss": Experiment(
        Network([Layer([[-1.0]], [0.0], "relu"), Layer([[2.0]], [0.5], "tanh")], "half_squared_error"),
        [1.0],
        [float(np.tanh(0.5)) - 5.6e-17],
        0.1,
    ),
    "a share of all": Experiment(
        Network([Layer([[30.0], [-30.0]], [0.0, 0.0], "softmax")], "cross_entropy"), [1.0], [0.0, 1.0], 0.1
    ),
    "linear": chain(["identity", "identity", "identity"], "squared_error", 0.7, [1.0, -0.5], [0.3, 0.1]),
    "Gaussian at its top": chain(["gaussian", "gaussian"], "half_squared_error", 1.0, [0.5, -0.5], [1.0]),
    "BCE of a softmax": chain(["tanh", "softmax"], "binary_cross_entropy", 0.3, [1.0, 0.5], [0.0, 1.0]),
    "CE of sigmoids": chain(["tanh", "sigmoid"], "cross_entropy", 0.8, [1.0, 0.5], [0.3, 0.0]),
    "biases kept": replace(WORKED, update_biases=False),
    "large": replace(
        chain(["identity", "identity"], "half_squared_error", 1e75, [1.0, 1.0], [0.0]), learning_rate=1e-160
    ),
    "negative activations": chain(["tanh", "identity"], "half_squared_error", -0.8, [1.0, 0.4], [0.3]),
    "batch, mean": Experiment(
        PRESETS["mazur"].experiment.network,
        [[0.0, 0.0], [1.0, -1.0], [0.5, 2.0]],
        [[0.0, 1.0], [1.0, 0.0], [0.5, 0.5]],
        0.5,
    ),
    "batch, sum, at kinks": Experiment(XOR.network, [[0, 0], [0, 1], [1, 1]], [[0.0], [0.0], [1.0]], 0.1, True, "sum"),
}


def loss_after(experiment: Experiment, rate: float) -> float:
    """The loss after one step with a rate; infinite where that cannot be computed."""
    made = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    try:
        new = sgd_step(experiment.network, made, rate, experiment.update_biases)
        return backward(new, forward(new, experiment.x), experiment.y).loss
    except InvalidExperiment:
        return np.inf
