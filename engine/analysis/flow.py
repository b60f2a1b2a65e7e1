"""How large activations and gradients are in each layer: where they vanish or explode on the way through the depth."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.learning_step import learning_step
from engine.backprop.passes import BackwardPass, ForwardPass
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Layer, Network

# A slope below this part of the largest one that the function has is called saturated.
FLAT = 0.05


@dataclass(frozen=True, kw_only=True)
class LayerFlow:
    """One layer's Euclidean norms, and how many of its neurons are inactive (slope 0) or saturated (nearly flat)."""

    layer: int
    a: float
    delta: float
    dW: float
    db: float
    inactive: int
    saturated: int


def layer_flows(experiment: Experiment) -> tuple[LayerFlow, ...]:
    """Return the norms of every layer for the experiment's example, or a batch's first, in the order the data takes."""
    computed = learning_step(experiment.in_batch(1))
    return flows(experiment.network, computed.forward, computed.backward)


def flows(network: Network, forward_pass: ForwardPass, backward_pass: BackwardPass) -> tuple[LayerFlow, ...]:
    """Return the norms of every layer from passes that were made already."""
    return tuple(_flow(index, layer, forward_pass, backward_pass) for index, layer in enumerate(network.layers))


def _flow(index: int, layer: Layer, forward_pass: ForwardPass, backward_pass: BackwardPass) -> LayerFlow:
    found = conditions(layer, forward_pass.z[index])
    return LayerFlow(
        layer=index + 1,
        a=norm(forward_pass.a[index + 1]),
        delta=norm(backward_pass.delta[index]),
        dW=norm(backward_pass.dW[index]),
        db=norm(backward_pass.db[index]),
        inactive=found.count("inactive"),
        saturated=found.count("saturated"),
    )


def conditions(layer: Layer, z: Array) -> tuple[str, ...]:
    """Return for each z (n,) of a layer "inactive" where the slope is 0, "saturated" where nearly flat, else "active".

    The slope is that of a neuron's activation by its own z, in a softmax with the others where they are.
    """
    slopes = np.abs(ACTIVATIONS[layer.activation].df(z, layer.parameter))
    flat = FLAT * steepest(layer.activation, layer.parameter)
    return tuple("inactive" if slope == 0 else "saturated" if slope < flat else "active" for slope in slopes.tolist())


def steepest(activation: str, parameter: float | None) -> float:
    """Return the largest slope that an activation has between -6 and 6."""
    record, z = ACTIVATIONS[activation], np.linspace(-6.0, 6.0, 241)
    if record.elementwise:
        return float(np.abs(record.df(z, parameter)).max())
    # of a function of the whole layer: for two neurons, one of them at 0
    return float(np.abs(record.df(np.column_stack((z, np.zeros_like(z))), parameter)).max())


@checked_afterwards
def norm(values: Array) -> float:
    """Return the Euclidean norm, without overflow on the way: the largest is divided out first."""
    largest = float(np.abs(values).max())
    return largest * float(np.sqrt(((values / largest) ** 2).sum())) if largest else 0.0
