"""The slips behind published numbers, made on purpose, so that a page can show where a wrong number comes from.

Each function takes an experiment and returns what comes out if its last layer is computed the wrong way.
"""

from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.backprop.learning_step import learning_step
from engine.backprop.ops import OPS
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network


def output_from_hidden(experiment: Experiment, hidden: tuple[float, ...]) -> Array:
    """Return the output computed from activations of the last hidden layer that were rounded on the way."""
    layer = experiment.network.layers[-1]
    return ACTIVATIONS[layer.activation].f(_last_weighted_sums(layer, hidden), layer.parameter)


def output_without_exponential(experiment: Experiment, hidden: tuple[float, ...]) -> Array:
    """Return z / sum z of the last layer, a softmax that lacks its exponential, from rounded activations too."""
    z = _last_weighted_sums(experiment.network.layers[-1], hidden)
    return z / z.sum()


def output_delta(experiment: Experiment, loss: str) -> Array:
    """Return dL/dz of the last layer under another loss, through the whole Jacobian of its activation."""
    other = replace(experiment, network=Network(experiment.network.layers, loss))
    return learning_step(other).backward.delta[-1]


def diagonal_delta(experiment: Experiment, loss: str) -> Array:
    """Return dL/dz of the last layer under another loss, through the diagonal of the Jacobian alone."""
    layer, passed = experiment.network.layers[-1], learning_step(experiment).forward
    da = LOSSES[loss].gradient(passed.output, experiment.y, len(experiment.y))
    return da * ACTIVATIONS[layer.activation].df(passed.z[-1], layer.parameter)


def _last_weighted_sums(layer: Layer, hidden: tuple[float, ...]) -> Array:
    z: Array = OPS["weighted_sum"].compute(layer.W, np.array(hidden), layer.b)
    return z
