"""How the learning step is written: the update of weights and biases."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart, beside
from engine.formulas.marks import at
from engine.formulas.symbols import Extent, array, derivative, factor, gradient, of_neuron, value
from engine.formulas.writers.written import Written, shaped
from engine.network.model import Experiment
from engine.network.places import Bias, Parameter, Weight


def weight_update(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The weights less the learning rate times its gradient."""
    return _update("W", step, extent, lambda j, i: Weight(step.layer, j + 1, i + 1))


def bias_update(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The biases less the learning rate times its gradient."""
    return _update("b", step, extent, lambda j, _: Bias(step.layer, j + 1))


def _update(letter: str, step: Step, extent: Extent, place: Callable[[int, int], Parameter]) -> Written:
    """An update, and on one line that of the parameter that changes most.

    Where all examples are there at once, each matrix has its shape below it, as in the steps before.
    """
    rate = step.operands[-1]
    # as they are shown: a matrix may be turned, and a vector is a row or a column
    old, slope, new = (laid_out_as(numbers, extent) for numbers in (*step.operands[:-1], step.value))
    shown_at = places_as(place, step.value, extent)
    name = of_neuron(letter, step.layer, None)
    left, slope_name = rf"{letter}_{{\text{{new}}}}^{{({step.layer})}}", derivative(name)
    result = symbols.matrix(new.shape, lambda j, i: at(apart(new[j, i], old[j, i]), shown_at(j, i)), extent)
    sized = (lambda one: shaped(one, *new.shape)) if step.stacked else str
    left, short = sized(left), rf"{sized(name)} - \eta\,{sized(slope_name)}"
    numbers = rf"{sized(beside(old, new, extent))} - {value(rate)} \cdot {sized(array(slope, extent, gradient))}"
    j, i = divmod(int(np.abs(slope).argmax()), slope.shape[1])
    one = shown_at(j, i)
    before = at(apart(old[j, i], new[j, i]), one)
    change = rf"{before} - {value(rate)} \cdot {factor(at(gradient(slope[j, i]), one))}"
    after = at(apart(new[j, i], old[j, i]), one)
    return Written(
        left=left,
        short=short,
        numbers=numbers,
        result=sized(result),
        line=rf"{left} = {short},\quad {_new(symbols.parameter(one))} = {change} = {after}",
    )


def laid_out_as(numbers: Array, extent: Extent) -> Array:
    """Return numbers of weights or biases as a table that runs as the layout says."""
    if numbers.ndim == 1:
        return numbers[np.newaxis] if extent.layout.rows else numbers[:, np.newaxis]
    return extent.layout.weights(numbers)


def places_as(
    place: Callable[[int, int], Parameter], numbers: Array, extent: Extent
) -> Callable[[int, int], Parameter]:
    """Return what place an entry of such a table is, where `place(j, i)` is that of our W or b."""
    turned = extent.layout.inputs_first if numbers.ndim == 2 else extent.layout.rows
    return lambda row, column: place(column, row) if turned else place(row, column)


def _new(name: str) -> str:
    """Return the symbol of a parameter after the learning step."""
    return name.replace("}^", r",\,\text{new}}^", 1)
