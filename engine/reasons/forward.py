"""Why a weighted sum, an activation and a loss come out as they do."""

from typing import Any

import numpy as np

from engine.arrays import Array, saturating
from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.formulas.numbers import percent
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.reasons.words import activation, at_kink, no_slope, number, signed, stands, tied, z

LONE_SOFTMAX = (
    "A softmax of one neuron is always 1, whatever its z is. So nothing before it changes the loss: its weights and "
    "biases and those of all layers before learn nothing. Give the layer another neuron, or the sigmoid."
)


@saturating
def weighted_sum(step: Step, known: Computed) -> str:
    """Name the input that brings the most, and which way it pushes."""
    W, a, b = step.operands
    assert step.neuron is not None
    name, brought = z(known, step.layer, step.neuron), W * a
    most = int(np.abs(brought).argmax())
    if not brought[most]:
        return f"No input brings anything, so {name} is its bias: {number(b)}."
    source = activation(known, step.layer - 1, most + 1)
    product = f"{_factor(W[most])} · {_factor(a[most])} = {signed(brought[most])}"
    way, others = "up" if brought[most] > 0 else "down", {1: "", 2: "the other and "}.get(len(a), "the others and ")
    superlative = "" if len(a) == 1 else " as much as any" if tied(np.abs(brought)) else " the most"
    return (
        f"{source} brings{superlative}: {product}, so it pushes {name} {way}. "
        f"With {others}the bias {signed(b)}, {name} is {number(step.value)}."
    )


def _factor(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


def activate(step: Step, known: Computed) -> str:
    """Tell the slope that the gradient will meet on its way back, or how a softmax shares."""
    name, parameter, argument = step.operands
    record, layer = ACTIVATIONS[name], step.layer
    if not record.elementwise:
        return _shares(argument, step.value, layer, known)
    assert step.neuron is not None
    own, a = z(known, layer, step.neuron), activation(known, layer, step.neuron)
    slope = float(record.df(argument, parameter))
    makes = f"The {record.title} function turns {own} = {number(argument)} into {number(step.value)}."
    if at_kink(known, layer, argument):
        return f"{makes} {_on_a_kink(own, a, slope)}"
    if slope:
        return f"{makes} Its slope there is {number(slope)}: {_moves(own, a, slope)}."
    there = f"{makes} Its slope there is {no_slope(known, layer, argument)}"
    first = f"{there}: to first order, moving {own} a little does not change {a}"
    if layer == len(known.experiment.network.layers) and known.experiment.network.joint_form:
        return f"{first}. But here δ is computed from the loss and the activation together."
    return f"{first}, and no gradient will come back through it."


def _on_a_kink(own: str, a: str, slope: float) -> str:
    kink = f"There it has a kink: the slopes on the two sides differ. Backpropagation takes {number(slope)}; with that,"
    if slope == 0:
        return f"{kink} moving {own} a little does not change {a}, and no gradient will come back through it."
    return f"{kink} {_moves(own, a, slope)}."


def _moves(own: str, a: str, slope: float) -> str:
    much = "just as much" if abs(slope) == 1 else f"{number(abs(slope))} times as much"
    return f"raising {own} a little {'raises' if slope > 0 else 'lowers'} {a}, by {much}"


def _shares(argument: Array, shares: Array, layer: int, known: Computed) -> str:
    if len(argument) == 1:
        return LONE_SOFTMAX
    most = int(argument.argmax())
    own, a = z(known, layer, most + 1), activation(known, layer, most + 1)
    return (
        f"The softmax makes shares of all the z of the layer, which sum to 1. None is larger than {own} = "
        f"{number(argument[most])}, so no share is larger than {a}: {percent(shares[most], 2)}."
    )


def loss(step: Step, known: Computed) -> str:
    """Name the output that most of the loss comes from."""
    name, a, y = step.operands
    return _most_of(name, a, y, step.value, known)


def joint_loss(step: Step, known: Computed) -> str:
    """Name the output that most of the loss comes from."""
    name, output, argument, y = step.operands
    a = ACTIVATIONS[output].f(argument, known.experiment.network.layers[-1].parameter)
    return _most_of(name, a, y, step.value, known)


def _most_of(name: str, a: Array, y: Array, value: Any, known: Computed) -> str:
    if value == 0 and known.step.backward.delta[-1].any():
        return "The loss is too small for a 64-bit number: 0."
    if value == 0:
        return "The loss is 0: for this example there is nothing to improve."
    terms = LOSSES[name].value(a[:, np.newaxis], y[:, np.newaxis])
    most = int(np.abs(terms).argmax())
    out = activation(known, len(known.experiment.network.layers), most + 1)
    where = stands(out, float(a[most]), float(y[most]))
    if len(a) == 1:
        return f"{where}; that makes a loss of {number(value)}."
    return f"{where}; no output adds more to the loss of {number(value)}."
