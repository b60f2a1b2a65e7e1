"""The same learning step over and over, for published results of thousands of steps on a network of a few neurons.

Plain Python numbers: for so few of them NumPy's calls take ten times as long as the arithmetic.
"""

import math
from dataclasses import replace
from operator import mul

import numpy as np

from engine.errors import InvalidExperiment
from engine.memory import remembered
from engine.network.model import Experiment, Layer, Network

Vector = list[float]
Matrix = list[Vector]


# pure, so that a cache shared by all sessions shows nobody anything but the same numbers sooner
@remembered
def repeat_step(experiment: Experiment, steps: int, through_updated_weights: bool = False) -> Experiment:
    """Return the experiment after `steps` steps of gradient descent: every layer a sigmoid, half squared error.

    `through_updated_weights` makes a common mistake: gradients flow back through weights that were updated already.
    Raises InvalidExperiment for other activations and losses.
    """
    network = experiment.network
    if network.loss != "half_squared_error" or any(layer.activation != "sigmoid" for layer in network.layers):
        raise InvalidExperiment("Steps can be repeated only with sigmoid layers and the half squared error.")
    descent = _Descent(experiment, through_updated_weights)
    for _ in range(steps):
        descent.step()
    layers = [Layer(np.array(W), np.array(b), "sigmoid") for W, b in zip(descent.W, descent.b, strict=True)]
    return replace(experiment, network=Network(layers, network.loss))


class _Descent:
    def __init__(self, experiment: Experiment, through_updated_weights: bool) -> None:
        self.W: list[Matrix] = [layer.W.tolist() for layer in experiment.network.layers]
        self.b: list[Vector] = [layer.b.tolist() for layer in experiment.network.layers]
        self.x: Vector = experiment.x.tolist()
        self.y: Vector = experiment.y.tolist()
        self.rate = experiment.learning_rate
        self.update_biases = experiment.update_biases
        self.through_updated_weights = through_updated_weights

    def step(self) -> None:
        a = self._forward()
        da = [output - target for output, target in zip(a[-1], self.y, strict=True)]
        for index in reversed(range(len(self.W))):
            delta = [d * out * (1.0 - out) for d, out in zip(da, a[index + 1], strict=True)]
            before = self.W[index]
            self._update(index, delta, a[index])
            way_back = self.W[index] if self.through_updated_weights else before
            da = [_dot(column, delta) for column in zip(*way_back, strict=True)]

    def _forward(self) -> list[Vector]:
        a = [self.x]
        for W, b in zip(self.W, self.b, strict=True):
            a.append([_sigmoid(_dot(row, a[-1]) + bias) for row, bias in zip(W, b, strict=True)])
        return a

    def _update(self, index: int, delta: Vector, a: Vector) -> None:
        scaled = [self.rate * d for d in delta]
        self.W[index] = [
            [weight - step * value for weight, value in zip(row, a, strict=True)]
            for row, step in zip(self.W[index], scaled, strict=True)
        ]
        if self.update_biases:
            self.b[index] = [bias - step for bias, step in zip(self.b[index], scaled, strict=True)]


def _dot(first: Vector | tuple[float, ...], second: Vector) -> float:
    return sum(map(mul, first, second))


def _sigmoid(z: float) -> float:
    e = math.exp(-abs(z))
    return (1.0 if z >= 0 else e) / (1.0 + e)
