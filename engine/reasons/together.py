"""Why the steps of a batch come out as they do: whose loss is largest, who pulls which way, and what the shapes say."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.backprop.learning_step import Computed
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import plain
from engine.formulas.notations import Layout
from engine.network.activations import ACTIVATIONS
from engine.network.model import ExampleInBatch
from engine.network.places import Bias, Parameter, Weight
from engine.network.reductions import REDUCTIONS
from engine.reasons.backward import TOO_SMALL
from engine.reasons.words import every, number, raises, signed
from engine.validation import counted


def batch_loss(step: Step, known: Computed) -> str:
    """Name the example that most of the loss comes from."""
    return _of_losses(step.operands[0], step.operands[1], float(step.value))


def losses(step: Step, known: Computed) -> str:
    """Name the example that most of the loss comes from."""
    reduction, op, *operands = step.operands
    return _of_losses(reduction, np.asarray(OPS[op].compute(*operands)), float(step.value))


def _of_losses(reduction: str, each: Array, value: float) -> str:
    if not each.any():
        return "The loss of every example is 0: there is nothing to improve."
    most = int(each.argmax())
    together = f"The {reduction} of {every(len(each))} is {number(value)}"
    return f"No example has a larger loss than example {most + 1}: {number(each[most])}. {together}."


def batch_weight_gradient(step: Step, known: Computed) -> str:
    """Tell for the weight with the largest gradient which way each example pulls."""
    return _pulled(step, lambda j, i: Weight(step.layer, j + 1, i + 1))


def batch_bias_gradient(step: Step, known: Computed) -> str:
    """Tell for the bias with the largest gradient which way each example pulls."""
    return _pulled(step, lambda j, _: Bias(step.layer, j + 1))


def of_one(step: Step, place: Parameter) -> str:
    """Tell for one weight or bias which way each example pulls."""
    reduction, each = step.operands
    alone = tuple(slice(number, number + 1) for number in place.index)
    one = replace(step, operands=(reduction, each[(slice(None), *alone)]), value=step.value[alone])
    return _pulled(one, lambda j, i: place)


def _pulled(step: Step, place: Callable[[int, int], Parameter]) -> str:
    reduction, each = step.operands
    tables, found = each.reshape(len(each), len(step.value), -1), step.value.reshape(len(step.value), -1)
    if not tables.any():
        return "No example has a gradient here, so all together have none: 0."
    j, i = divmod(int(np.abs(found).argmax()), found.shape[1])
    total = float(found[j, i])
    if not total:
        return _cancelled(tables)
    parts = tables[:, j, i]
    name, most = plain.parameter(place(j, i)), int(np.abs(parts).argmax())
    together = f"Their {REDUCTIONS[reduction].name} is {signed(total)}"
    return (
        f"Raising {name} would {_votes(parts)}. No example counts for more than example {most + 1}: "
        f"{signed(parts[most])}. {together}, so raising it would {raises(total)} the loss of all together."
    )


def _cancelled(tables: Array) -> str:
    opposed = ((tables > 0).any(axis=0) & (tables < 0).any(axis=0)).any()
    return "The examples pull in opposite directions, and together they cancel to 0." if opposed else TOO_SMALL


_HARDLY = "hardly change the loss of {}, or not at all"


def _votes(parts: Array) -> str:
    """Return how many examples' losses rise, fall and stay, of those that there are."""
    groups = ((parts > 0, "raise the loss of {}"), (parts < 0, "lower the loss of {}"), (parts == 0, _HARDLY))
    said = [verb.format(counted(int(group.sum()), "example")) for group, verb in groups if group.any()]
    return " and ".join([", ".join(said[:-1]), said[-1]] if len(said) > 1 else said)


def weighted_sum(step: Step, known: Computed, layout: Layout) -> str:
    """Tell why W stands transposed, or does not."""
    W, A, _ = step.operands
    line, shape = _line(layout), _shape(_seen(A, layout))
    if layout.examples_as_columns:
        why = f"weights into one neuron are a row of W, so W stands in front, as it is: {_shape(W)}"
    elif layout.inputs_first:
        why = f"weights into one neuron are a column of W, so W stands as it is: {_shape(W.T)}"
    else:
        why = f"weights into one neuron are a row of W, so W stands transposed: {_shape(W.T)}"
    ones = "row" if layout.examples_as_columns else "column"
    return (
        f"{line.capitalize()} k of {_before(step)} holds what example k brings: {shape}. A product takes rows times "
        f"columns, and the {why}. The {ones} of ones gives every example the same biases."
    )


def activation(step: Step, known: Computed, layout: Layout) -> str:
    """Tell what the function takes."""
    record, line = ACTIVATIONS[step.operands[0]], _line(layout)
    if record.elementwise:
        return "The function takes each entry on its own, so the shape stays, and no example knows of another."
    return f"Each {line} is taken on its own: it is one example's layer, and the shares in each {line} sum to 1."


def loss_gradient(step: Step, known: Computed, layout: Layout) -> str:
    """Tell where the 1/n of a mean goes."""
    reduction, *_ = step.operands
    n = len(step.value)
    if REDUCTIONS[reduction].divisor(n) == 1:
        return (
            f"The losses are summed, so each example's gradient counts in full. A {_line(layout)} for each example."
            f"{_in_picture(known)}"
        )
    return (
        f"The loss is a mean, so each of the {n} examples counts for one part in {n}. The division is made here, once: "
        f"every gradient after it has it already.{_in_picture(known)}"
    )


def _in_picture(known: Computed) -> str:
    """Return what a picture beside the matrices shows of gradients that are an example's own."""
    one = known.experiment
    if not (known.pictured and isinstance(one, ExampleInBatch)):
        return ""
    n = one.batch.examples
    divided = "" if REDUCTIONS[one.batch.reduction].divisor(n) == 1 else f", not divided by {n}"
    return f" The picture of one example shows its own gradients{divided}: here those of example {one.number}."


def summed_gradient(step: Step, known: Computed, layout: Layout) -> str:
    """Tell why W is not transposed here, or is."""
    columns, delta = step.operands
    line, shape = _line(layout), _shape(_seen(delta, layout))
    turned = layout.examples_as_columns or layout.inputs_first
    # the operand is the transpose of our W, which is what some have for W itself
    back = f"Wᵀ is {_shape(columns.T if layout.inputs_first else columns)}" if turned else f"W is {_shape(columns.T)}"
    ways = "takes W and the way back Wᵀ" if turned else "takes Wᵀ and the way back W"
    return (
        f"Each {line} goes back through the same weights: Δ is {shape}, {back}. With examples in {line}s, the way "
        f"forward {ways}.{_in_picture(known)}"
    )


def delta(step: Step, known: Computed, layout: Layout) -> str:
    """Tell what the product is."""
    record, line = ACTIVATIONS[step.operands[0]], _line(layout)
    if record.elementwise:
        said = f"⊙ multiplies entry by entry, so each example keeps its own {line} and its own slopes."
    else:
        said = f"Each {line} goes through the softmax of its own example."
    return f"{said}{_in_picture(known)}"


def weight_gradient(step: Step, known: Computed, layout: Layout) -> str:
    """Tell why the product adds up over the examples."""
    deltas, A = step.operands
    name = _before(step)
    if layout.examples_as_columns:
        factors = f"Δ is {_shape(deltas.T)}, {name}ᵀ is {_shape(A)}"
    elif layout.inputs_first:
        factors = f"{name}ᵀ is {_shape(A.T)}, Δ is {_shape(deltas)}"
    else:
        factors = f"Δᵀ is {_shape(deltas.T)}, {name} is {_shape(A)}"
    return (
        f"{factors}: the product runs over the {len(A)} examples. Each entry adds up, over all examples, δ times the "
        f"activation it met, and the result has the shape of W: {_shape(layout.weights(step.value))}."
    )


def bias_gradient(step: Step, known: Computed, layout: Layout) -> str:
    """Tell why a column is summed, or a row."""
    (deltas,) = step.operands
    line = "row" if layout.examples_as_columns else "column"
    return (
        f"One bias serves {every(len(deltas))} examples, so its gradient adds up what each makes of it: the sum of "
        f"its {line} of Δ."
    )


def _line(layout: Layout) -> str:
    """Return what an example is of a matrix."""
    return "column" if layout.examples_as_columns else "row"


def _seen(matrix: Array, layout: Layout) -> Array:
    return matrix.T if layout.examples_as_columns else matrix


def _before(step: Step) -> str:
    """Return the name of what goes into a layer."""
    return "X" if step.layer == 1 else "A"


def _shape(matrix: Any) -> str:
    return " × ".join(map(str, np.shape(matrix)))
