"""Fresh networks with friendly numbers, all from a generator: small ones, so that they can be worked out by hand."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import MEAN, SUM, Problem
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network

Generator = np.random.Generator

SIZES = ((2, 2, 1), (2, 2, 2), (3, 2, 2), (2, 3, 2), (2, 2, 2, 1))
HIDDEN = ("sigmoid", "sigmoid", "tanh", "relu")
# output, loss, and how many outputs it takes at least
HEADS = (
    ("sigmoid", "half_squared_error", 1),
    ("sigmoid", "mean_squared_error", 2),
    ("sigmoid", "binary_cross_entropy", 1),
    ("softmax", "cross_entropy", 2),
    ("softmax", "half_squared_error", 2),
    ("identity", "half_squared_error", 1),
    ("tanh", "half_squared_error", 1),
)
RATES = (0.5, 0.2, 0.4, 0.3, 0.25)
MOST_EXAMPLES = 3


def drawn(rng: Generator, sizes: Sequence[int], examples: int = 1) -> Problem:
    """Return a fresh problem with so many neurons a layer, the input's first."""
    heads = [head for head in HEADS if sizes[-1] >= head[2]]
    output, loss, _ = heads[rng.integers(len(heads))]
    hidden = HIDDEN[rng.integers(len(HIDDEN))]
    functions = [hidden] * (len(sizes) - 2) + [output]
    layers = [
        Layer(_signed(rng, (after, before), 0.1, 1.0), _signed(rng, (after,), 0.1, 0.6), function)
        for (before, after), function in zip(pairwise(sizes), functions, strict=True)
    ]
    x = _signed(rng, (examples, sizes[0]), 0.2, 1.6, decimals=1)
    return Problem(
        network=Network(layers, loss),
        x=x,
        y=targets(rng, loss, examples, sizes[-1], one_hot=output == "softmax"),
        learning_rate=RATES[rng.integers(len(RATES))],
        reduction=(MEAN, SUM)[rng.integers(2)] if examples > 1 else MEAN,
    )


def any_sizes(rng: Generator) -> Sequence[int]:
    """Return the sizes of a small network."""
    return SIZES[rng.integers(len(SIZES))]


def targets(rng: Generator, loss: str, examples: int, outputs: int, one_hot: bool) -> Array:
    """Return targets that a loss allows."""
    if one_hot:
        return np.asarray(np.eye(outputs)[rng.integers(outputs, size=examples)])
    if LOSSES[loss].targets[1] == 1:
        return rng.integers(2, size=(examples, outputs)).astype(np.float64)
    return np.round(rng.uniform(0.05, 0.95, (examples, outputs)), 1)


def with_examples(experiment: Experiment, rng: Generator) -> Problem:
    """Return a problem of several examples: those at hand, or that one and others beside it."""
    own = Problem.of(experiment)
    if own.examples > 1:
        return own
    more = MOST_EXAMPLES - 1
    x = np.vstack([own.x, _signed(rng, (more, own.x.shape[1]), 0.2, 1.6, decimals=1)])
    y = np.vstack([own.y, *(np.roll(own.y, turn) for turn in range(1, more + 1))])
    return Problem(network=own.network, x=x, y=y, learning_rate=own.learning_rate, update_biases=own.update_biases)


def _signed(rng: Generator, shape: tuple[int, ...], low: float, high: float, decimals: int | None = None) -> Array:
    places = int(rng.integers(1, 3)) if decimals is None else decimals
    size = np.round(rng.uniform(low, high, shape), places)
    return np.asarray(np.maximum(size, 10.0**-places) * np.where(rng.random(shape) < 0.35, -1.0, 1.0))
