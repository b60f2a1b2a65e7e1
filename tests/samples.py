"""The example that everything begins with, networks and examples drawn from a seed, and the passes of an experiment."""

import numpy as np

from engine import PRESETS, BackwardPass, Experiment, ForwardPass, Layer, Network, backward, forward

EXAMPLE = PRESETS["worked-example"].experiment
RNG = np.random.default_rng


def network_with(hidden: str, output: str, loss: str, seed: int, parameter: float | None = None) -> Network:
    """3-4-3-2 with a layer before and after the one in question, so that its vector-Jacobian product is put to use."""
    rng = RNG(seed)
    shapes = [((4, 3), "tanh", None), ((3, 4), hidden, parameter), ((2, 3), output, None)]
    layers = [Layer(rng.normal(size=shape), rng.normal(size=shape[0]), name, own) for shape, name, own in shapes]
    return Network(layers, loss)


def example(network: Network, seed: int, batch: int | None) -> tuple[np.ndarray, np.ndarray]:
    """An input and a target that every loss allows; `batch` of them, or one."""
    rng = RNG(seed)
    shape = (batch,) if batch else ()
    return rng.normal(size=(*shape, network.sizes[0])), rng.uniform(0.05, 0.95, (*shape, network.sizes[-1]))


def passes(experiment: Experiment) -> tuple[ForwardPass, BackwardPass]:
    """The forward pass and the backward pass of an experiment."""
    passed = forward(experiment.network, experiment.x)
    return passed, backward(experiment.network, passed, experiment.y)


def gradients_of(network: Network, x: np.ndarray, y: np.ndarray) -> BackwardPass:
    return backward(network, forward(network, x), y)


def all_gradients(found: BackwardPass) -> list[np.ndarray]:
    return [*found.dW, *found.db, found.dx]
