"""Hypothesis strategies for what the engine takes: layers, networks that a loss goes with, experiments and batches.

All follow from the registries, so that a new activation or loss is tested without a line here.
"""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.arrays import Array
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer, Network
from engine.network.parameters import parameters as parameters_of
from engine.network.places import Given, Input, Target
from engine.network.reductions import REDUCTIONS

WIDTH = st.integers(1, 4)


class Batch(NamedTuple):
    """A network with several examples, x (batch, n_in) and y (batch, n_out)."""

    network: Network
    x: Array
    y: Array


def fits(loss: str, activation: str) -> bool:
    """Whether the loss allows an output layer of this activation."""
    return not LOSSES[loss].only_joint or activation in LOSSES[loss].joint


OUTPUTS = tuple((loss, activation) for loss in LOSSES for activation in ACTIVATIONS if fits(loss, activation))


def least_width(loss: str, activation: str) -> int:
    """The smallest number of outputs that the loss allows with this activation."""
    joint = LOSSES[loss].joint.get(activation)
    return joint.min_outputs if joint else 1


def numbers(bound: float) -> st.SearchStrategy[float]:
    return st.floats(-bound, bound)


def parameters(activation: str) -> st.SearchStrategy[float | None]:
    """A value for the activation's own number; None where it has none, and for its default."""
    own = ACTIVATIONS[activation].parameter
    return st.floats(own.low, own.high) | st.none() if own else st.none()


@st.composite
def layers(
    draw: st.DrawFn,
    n_in: int | None = None,
    n_out: int | None = None,
    activation: str | None = None,
    bound: float = 1.5,
) -> Layer:
    n_in, n_out = n_in or draw(WIDTH), n_out or draw(WIDTH)
    activation = activation or draw(st.sampled_from(list(ACTIVATIONS)))
    W = draw(arrays(np.float64, (n_out, n_in), elements=numbers(bound)))
    b = draw(arrays(np.float64, n_out, elements=numbers(bound)))
    return Layer(W, b, activation, draw(parameters(activation)))


@st.composite
def networks(draw: st.DrawFn, max_layers: int = 3, bound: float = 1.5) -> Network:
    loss, output = draw(st.sampled_from(OUTPUTS))
    widths = draw(st.lists(WIDTH, min_size=1, max_size=max_layers))
    n_out = draw(st.integers(least_width(loss, output), 4))
    hidden = [draw(layers(n_in, n, bound=bound)) for n_in, n in pairwise(widths)]
    return Network([*hidden, draw(layers(widths[-1], n_out, output, bound))], loss)


def targets(network: Network, shape: tuple[int, ...]) -> st.SearchStrategy[Array]:
    """Targets that the network's loss allows; one-hot, zero and one come up often."""
    low, high = (float(np.clip(limit, -2.0, 2.0)) for limit in LOSSES[network.loss].targets)
    return arrays(np.float64, shape, elements=st.sampled_from((0.0, 1.0)) | st.floats(low, high))


def inputs(shape: tuple[int, ...], bound: float = 1.5) -> st.SearchStrategy[Array]:
    return arrays(np.float64, shape, elements=numbers(bound))


@st.composite
def experiments(draw: st.DrawFn, max_layers: int = 3, bound: float = 1.5) -> Experiment:
    network = draw(networks(max_layers, bound))
    x, y = draw(inputs(network.sizes[:1], bound)), draw(targets(network, network.sizes[-1:]))
    return Experiment(network, x, y, draw(st.floats(0.0, 2.0)), draw(st.booleans()))


def given_places(experiment: Experiment) -> list[Given]:
    """All places at which a number of the user's stands."""
    inputs, outputs = experiment.network.sizes[0], experiment.network.sizes[-1]
    xs, ys = (Input(i) for i in range(1, inputs + 1)), (Target(i) for i in range(1, outputs + 1))
    return [*parameters_of(experiment.network), *xs, *ys]


@st.composite
def several(draw: st.DrawFn, max_layers: int = 3, most: int = 4) -> Experiment:
    """An experiment with a batch of two or more examples."""
    network, size = draw(networks(max_layers)), draw(st.integers(2, most))
    x, y = draw(inputs((size, network.sizes[0]))), draw(targets(network, (size, network.sizes[-1])))
    reduction = draw(st.sampled_from(list(REDUCTIONS)))
    return Experiment(network, x, y, draw(st.floats(0.0, 2.0)), draw(st.booleans()), reduction)


@st.composite
def batches(draw: st.DrawFn, max_layers: int = 3) -> Batch:
    network, size = draw(networks(max_layers)), draw(st.integers(1, 4))
    x = draw(inputs((size, network.sizes[0])))
    return Batch(network, x, draw(targets(network, (size, network.sizes[-1]))))


# numbers at which a sentence fails that is true elsewhere: zeros, kinks, ties, flat ends
_AWKWARD = st.sampled_from((0.0, 0.5, 1.0, -0.5, -1.0, 0.0, 1.0, 2.0, 30.0, -30.0))


@st.composite
def awkward(draw: st.DrawFn, max_layers: int = 2) -> Experiment:
    """An experiment of few different numbers, so that z at kinks, inputs 0, ties and no rate are common."""
    shape = draw(networks(max_layers))
    layers = [
        Layer(
            draw(arrays(np.float64, layer.W.shape, elements=_AWKWARD)),
            draw(arrays(np.float64, layer.b.shape, elements=st.sampled_from((0.0, 0.0, 1.0, -1.0)))),
            layer.activation,
            layer.parameter,
        )
        for layer in shape.layers
    ]
    network = Network(layers, shape.loss)
    x = draw(arrays(np.float64, network.sizes[0], elements=st.sampled_from((0.0, 1.0, -1.0, 2.0))))
    rate = draw(st.sampled_from((0.0, 0.01, 0.5, 2.0, 50.0)))
    return Experiment(network, x, draw(targets(network, network.sizes[-1:])), rate, draw(st.booleans()))
