"""Why a gradient has the sign and the size that it has: what raising something would do to the loss, and through what.

A gradient of 0 has reasons of its own.
"""

from typing import Any

import numpy as np

from engine.arrays import Array, saturating
from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.formulas import plain
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.places import Bias, Weight
from engine.reasons.forward import LONE_SOFTMAX
from engine.reasons.words import (
    activation,
    at_kink,
    beside_target,
    every,
    moved,
    no_slope,
    number,
    pushed,
    raises,
    signed,
    stands,
    tied,
    too,
    z,
)

# beyond it an entropy's gradient is only where an output has rounded to 0 or 1
LARGEST_QUOTIENT = 1e300
_ROUNDED = (
    "It is so close to {} that its digits are lost, so the smallest 64-bit number of full precision stands in the "
    "denominator. This is not the true gradient; δ is computed without it."
)
TOO_SMALL = "What is left of the gradient is too small for a 64-bit number: 0."


def stands_in(loss: str, slopes: Array | float) -> bool:
    """Return whether one of a loss's slopes at the outputs is no true gradient, as its output has rounded to 0 or 1."""
    return LOSSES[loss].only_joint and bool((np.abs(slopes) > LARGEST_QUOTIENT).any())


def loss_gradient(step: Step, known: Computed) -> str:
    """Tell where the output stands, and what raising it alone would do."""
    name, a, y, _ = step.operands
    assert step.neuron is not None
    out = activation(known, step.layer, step.neuron)
    where = stands(out, float(a), float(y))
    if stands_in(name, step.value):
        return f"{where}. {_ROUNDED.format(0 if a < 0.5 else 1)}"
    if step.value == 0:
        return f"{where}. Taken alone, a small move of {out} would hardly change the loss: the slope is 0."
    return (
        f"{where}. Taken alone, raising {out} would {raises(step.value)} the loss: {signed(step.value)} for each unit."
    )


@saturating
def summed_gradient(step: Step, known: Computed) -> str:
    """Follow the strongest way onwards, and set all ways against it."""
    weights, deltas = step.operands
    assert step.neuron is not None
    a, parts = activation(known, step.layer, step.neuron), weights * deltas
    most = int(np.abs(parts).argmax())
    if not parts[most] and (weights * np.sign(deltas)).any():
        return TOO_SMALL
    if not parts[most]:
        return f"On every way on from {a}, the weight or the δ is 0. So the gradient of {a} is 0."
    target = moved(known, step.layer + 1, most + 1)
    way = "up" if weights[most] > 0 else "down"
    along = (
        f"A rising {a} pushes {target} {way} (w = {number(weights[most])}); {target} is {too(deltas[most])}; "
        f"so raising {a} would {raises(parts[most])} the loss: {signed(parts[most])}."
    )
    if len(parts) == 1:
        return along
    return f"{along} {_together(a, step.value, len(parts))}"


def _together(a: str, total: float, ways: int) -> str:
    if total == 0:
        return f"But {every(ways)} ways together cancel to 0."
    return f"By {every(ways)} ways together, raising {a} would {raises(total)} it: {signed(total)}."


def delta(step: Step, known: Computed) -> str:
    """Lead the gradient through the slope of the activation."""
    name, parameter, argument, da = step.operands
    record = ACTIVATIONS[name]
    if not record.elementwise:
        return _through_softmax(step, known)
    assert step.neuron is not None
    a, own = activation(known, step.layer, step.neuron), z(known, step.layer, step.neuron)
    slope = float(record.df(argument, parameter))
    if da == 0:
        return f"The gradient of {a} is 0, and so is that of {own}: δ = 0."
    if at_kink(known, step.layer, argument):
        return _over_a_kink(own, record.title, slope, step.value)
    if slope == 0:
        here = no_slope(known, step.layer, argument)
        return f"The slope of the {record.title} function is {here} here, so no gradient comes through: δ = 0."
    return _through_slope(own, a, slope, da, step.value) if step.value else TOO_SMALL


def _through_slope(own: str, a: str, slope: float, da: float, delta: float) -> str:
    moves = "raises" if slope > 0 else "lowers"
    return (
        f"Raising {a} would {raises(da)} the loss ({signed(da)}); raising {own} {moves} {a} (slope {number(slope)}); "
        f"so raising {own} would {raises(delta)} the loss: δ = {signed(delta)}."
    )


def _over_a_kink(own: str, title: str, slope: float, delta: float) -> str:
    return (
        f"{own} lies on a kink of the {title} function: on its two sides the slopes differ. Backpropagation takes "
        f"{number(slope)}, so δ = {signed(delta)}."
    )


def _through_softmax(step: Step, known: Computed) -> str:
    deltas = step.value
    most = int(np.abs(deltas).argmax())
    if len(deltas) == 1:
        return LONE_SOFTMAX
    if not deltas[most]:
        return "Through the softmax nothing is left of the gradients: for every z, δ = 0."
    own = z(known, step.layer, most + 1)
    return (
        "In a softmax each z moves all activations: what one gains, the others lose. "
        f"For no z does this matter more than for {own}: raising {own} would {raises(deltas[most])} the loss: "
        f"δ = {signed(deltas[most])}."
    )


def joint_delta(step: Step, known: Computed) -> str:
    """Tell how the output stands, and so which way its z should go."""
    _, name, argument, y = step.operands
    outputs = np.atleast_1d(ACTIVATIONS[name].f(argument, known.experiment.network.layers[-1].parameter))
    deltas, targets = np.atleast_1d(step.value), np.atleast_1d(y)
    if len(deltas) == 1 and not ACTIVATIONS[name].elementwise:
        return LONE_SOFTMAX
    most = int(np.abs(deltas).argmax())
    neuron = step.neuron or most + 1
    own, delta = z(known, step.layer, neuron), float(deltas[most])
    if delta == 0:
        which = "any z" if step.neuron is None else own
        return f"A small move of {which} would hardly change the loss: δ = 0."
    so = f"raising {own} would {raises(delta)} the loss: δ = {signed(delta)}."
    which = _largest(deltas) if step.neuron is None else ""
    return f"{which}{_output_is(outputs[most], targets[most], delta, known, neuron)}; {so}"


def _largest(deltas: Array) -> str:
    if len(deltas) == 1:
        return ""
    return "One of the largest δ: " if tied(np.abs(deltas)) else "The largest δ: "


def _output_is(output: Any, target: Any, delta: float, known: Computed, neuron: int) -> str:
    last = len(known.experiment.network.layers)
    name, out = pushed(known, last, neuron), activation(known, last, neuron)
    # a target may pull an output past itself, where targets do not sum to 1
    plainly = (output < target) == (delta < 0) and output != target
    # it is the output that has a target, not its z
    whose = "" if name == out else f"and {out} is "
    stands = f", {whose}{beside_target(float(output), float(target))}" if plainly else ""
    return f"{name} is {'too high' if delta > 0 else 'too low'}{stands}"


@saturating
def weight_gradient(step: Step, known: Computed) -> str:
    """Name the weight that matters most: the one that carries the largest input."""
    own, inputs = step.operands
    assert step.neuron is not None
    if own == 0:
        return "δ = 0, so the gradients of all weights into this neuron are 0."
    most = int(np.abs(inputs).argmax())
    if not inputs[most]:
        return "All inputs of this neuron are 0, so the gradients of all its weights are 0."
    carries = "no input is larger in size than" if len(inputs) > 1 else "the input is"
    return _by_input(step, known, Weight(step.layer, step.neuron, most + 1), carries)


@saturating
def of_weight(step: Step, known: Computed, place: Weight) -> str:
    """Tell of one of the weights into a neuron."""
    own, inputs = step.operands
    name, source = plain.parameter(place), activation(known, step.layer - 1, place.source)
    if own == 0:
        return f"δ = 0, so the gradient of {name} is 0."
    if not inputs[place.source - 1]:
        return f"{source} = 0, so {name} carries nothing, and its gradient is 0."
    return _by_input(step, known, place, f"{name} carries")


def _by_input(step: Step, known: Computed, place: Weight, carries: str) -> str:
    own, inputs = step.operands
    effect, source = step.value[place.source - 1], activation(known, step.layer - 1, place.source)
    if not effect:
        return TOO_SMALL
    return (
        f"{pushed(known, step.layer, place.to)} is {too(own)}, and {carries} {source} = "
        f"{number(inputs[place.source - 1])}; so raising {plain.parameter(place)} would {raises(effect)} the loss: "
        f"{signed(effect)}."
    )


def bias_gradient(step: Step, known: Computed) -> str:
    """Let the bias do to the loss what z does."""
    assert step.neuron is not None
    own, bias = z(known, step.layer, step.neuron), plain.parameter(Bias(step.layer, step.neuron))
    if step.value == 0:
        return f"The bias moves {own} one to one, and δ = 0. So the gradient of {bias} is 0."
    return (
        f"The bias moves {own} one to one, and {pushed(known, step.layer, step.neuron)} is {too(step.value)}; "
        f"so raising {bias} would {raises(step.value)} the loss: {signed(step.value)}."
    )


def whole(values: Array) -> int:
    """Return which neuron of a layer's step, counted from 1, a reason is given for: that of the largest size."""
    sizes = np.abs(values).reshape(len(values), -1).max(axis=1)
    return int(sizes.argmax()) + 1
