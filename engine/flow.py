"""How large activations and gradients are in each layer: where they vanish or explode on the way through the depth."""

from dataclasses import dataclass

import numpy as np

from engine.activations import ACTIVATIONS
from engine.arrays import Array, checked_afterwards
from engine.network import Experiment, Layer, Network
from engine.passes import BackwardPass, ForwardPass, backward, forward

# A slope below this part of the largest one that the function has is called saturated.
FLAT = 0.05


@dataclass(frozen=True)
class LayerFlow:
    """One layer's Euclidean norms, and how many of its neurons are dead (slope 0) or saturated (nearly flat)."""

    layer: int
    a: float
    delta: float
    dW: float
    db: float
    dead: int
    saturated: int


def layer_flows(experiment: Experiment) -> tuple[LayerFlow, ...]:
    """Return the norms of every layer for the experiment's example, in the order the data takes."""
    forward_pass = forward(experiment.network, experiment.x)
    backward_pass = backward(experiment.network, forward_pass, experiment.y)
    return flows(experiment.network, forward_pass, backward_pass)


def flows(network: Network, forward_pass: ForwardPass, backward_pass: BackwardPass) -> tuple[LayerFlow, ...]:
    """Return the norms of every layer from passes that were made already."""
    return tuple(_flow(index, layer, forward_pass, backward_pass) for index, layer in enumerate(network.layers))


def _flow(index: int, layer: Layer, forward_pass: ForwardPass, backward_pass: BackwardPass) -> LayerFlow:
    conditions = [condition(layer, z) for z in forward_pass.z[index].ravel()] if _elementwise(layer) else []
    return LayerFlow(
        index + 1,
        norm(forward_pass.a[index + 1]),
        norm(backward_pass.delta[index]),
        norm(backward_pass.dW[index]),
        norm(backward_pass.db[index]),
        conditions.count("dead"),
        conditions.count("saturated"),
    )


def condition(layer: Layer, z: float) -> str:
    """Return "dead" where the slope at z is 0, "saturated" where it is nearly flat, else "active"."""
    slope = abs(float(ACTIVATIONS[layer.activation].df(np.array(z), layer.parameter)))
    if slope == 0:
        return "dead"
    return "saturated" if slope < FLAT * steepest(layer.activation, layer.parameter) else "active"


def steepest(activation: str, parameter: float | None) -> float:
    """Return the largest slope that an activation has between -6 and 6."""
    return float(np.abs(ACTIVATIONS[activation].df(np.linspace(-6.0, 6.0, 241), parameter)).max())


@checked_afterwards
def norm(values: Array) -> float:
    """Return the Euclidean norm, without overflow on the way: the largest is divided out first."""
    largest = float(np.abs(values).max())
    return largest * float(np.sqrt(((values / largest) ** 2).sum())) if largest else 0.0


def _elementwise(layer: Layer) -> bool:
    return ACTIVATIONS[layer.activation].elementwise
