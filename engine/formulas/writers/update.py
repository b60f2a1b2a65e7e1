"""How the learning step is written: the update of weights and biases."""

from collections.abc import Callable

import numpy as np

from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart, beside
from engine.formulas.marks import at
from engine.formulas.symbols import Extent, array, derivative, factor, gradient, of_neuron, value
from engine.formulas.writers.written import Written
from engine.network.model import Experiment
from engine.network.places import Bias, Parameter, Weight


def weight_update(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The weights less the learning rate times its gradient."""
    return _update("W", step, extent, lambda j, i: Weight(step.layer, j + 1, i + 1))


def bias_update(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The biases less the learning rate times its gradient."""
    return _update("b", step, extent, lambda j, _: Bias(step.layer, j + 1))


def _update(letter: str, step: Step, extent: Extent, place: Callable[[int, int], Parameter]) -> Written:
    """An update, and on one line that of the parameter that changes most."""
    old, slope, rate = (operand if np.ndim(operand) != 1 else operand[:, np.newaxis] for operand in step.operands)
    new = step.value.reshape(old.shape)
    name = of_neuron(letter, step.layer, None)
    left, short = rf"{letter}_{{\text{{new}}}}^{{({step.layer})}}", rf"{name} - \eta\,{derivative(name)}"
    result = symbols.matrix(new.shape, lambda j, i: at(apart(new[j, i], old[j, i]), place(j, i)), extent)
    numbers = rf"{beside(old, new, extent)} - {value(rate)} \cdot {array(slope, extent, gradient)}"
    j, i = divmod(int(np.abs(slope).argmax()), slope.shape[1])
    one = place(j, i)
    before = at(apart(old[j, i], new[j, i]), one)
    change = rf"{before} - {value(rate)} \cdot {factor(at(gradient(slope[j, i]), one))}"
    after = at(apart(new[j, i], old[j, i]), one)
    return Written(
        left=left,
        short=short,
        numbers=numbers,
        result=result,
        line=rf"{left} = {short},\quad {_new(symbols.parameter(one))} = {change} = {after}",
    )


def _new(name: str) -> str:
    """Return the symbol of a parameter after the learning step."""
    return name.replace("}^", r",\,\text{new}}^", 1)
