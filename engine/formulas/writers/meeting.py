"""How the steps are written at which the examples of a batch meet: their losses and gradients become one."""

from collections.abc import Callable, Sequence

import numpy as np

from engine.arrays import Array
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.marks import at
from engine.formulas.numbers import digits_in_sum
from engine.formulas.symbols import Extent, array, derivative, factor, gradient, of_example, of_neuron, total, value
from engine.formulas.writers.loss import held_against
from engine.formulas.writers.update import laid_out_as, places_as
from engine.formulas.writers.written import Written, count
from engine.network.model import Experiment
from engine.network.places import Bias, LossValue, Parameter, Weight
from engine.network.reductions import REDUCTIONS

# matrices of more examples do not fit beside each other
MOST_MATRICES = 4


def _over(terms: Sequence[str], reduction: str, most: int) -> str:
    """Return the mean or the sum of written terms, one an example."""
    divisor = REDUCTIONS[reduction].divisor(len(terms))
    added = total(terms, most)
    return added if divisor == 1 else rf"\frac{{1}}{{{divisor}}} \left({added}\right)"


def _written(terms: Sequence[float] | Array, together: float, write: Callable[[float, int], str]) -> list[str]:
    """Return written numbers with the digits that what they are together can be read off."""
    digits = digits_in_sum(terms, together)
    return [factor(write(term, digits)) for term in terms]


def _sign(reduction: str, n: int) -> str:
    return REDUCTIONS[reduction].latex.replace("{n}", f"{{{n}}}")


def batch_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The losses of all examples become one."""
    reduction, losses = step.operands
    terms = _written(losses, float(step.value), value)
    return Written(
        left="L",
        short=rf"{_sign(reduction, len(losses))} L_k",
        numbers=_over(terms, reduction, extent.terms),
        brief=_over(terms, reduction, 5),
        result=at(value(step.value), LossValue()),
    )


def batch_weight_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The gradients of the weights become one."""
    return _meeting("W", step, extent, lambda j, i: Weight(step.layer, j + 1, i + 1))


def batch_bias_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The gradients of the biases become one."""
    return _meeting("b", step, extent, lambda j, _: Bias(step.layer, j + 1))


def written_out(step: Step, place: Parameter | None, extent: Extent) -> Written:
    """A step at which examples meet with a term for each of them: of one parameter, or with `place` None of all."""
    reduction, each = step.operands
    if step.op == "batch_loss":
        left, terms = "L", [f"L_{{{k}}}" for k in count(each)]
        numbers = _written(each, float(step.value), value)
        result = value(step.value)
    elif place is None:
        left = derivative(of_neuron("W" if step.op == "batch_weight_gradient" else "b", step.layer, None))
        terms = [of_example(left, k) for k in count(each)]
        numbers = [array(laid_out_as(one, extent), extent, gradient) for one in each]
        result = array(laid_out_as(step.value, extent), extent, gradient)
    else:
        left = derivative(symbols.parameter(place))
        terms = [of_example(left, k) for k in count(each)]
        numbers = _written([one[place.index] for one in each], float(step.value[place.index]), gradient)
        result = gradient(float(step.value[place.index]))
    most = MOST_MATRICES if step.op != "batch_loss" and place is None else extent.terms
    return Written(
        left=left,
        short=_over(terms, reduction, most),
        numbers=_over(numbers, reduction, most),
        result=result,
    )


def _meeting(letter: str, step: Step, extent: Extent, place: Callable[[int, int], Parameter]) -> Written:
    """The gradients of all examples made one, and on one line those of the parameter with the largest."""
    reduction, each = step.operands
    found = laid_out_as(step.value, extent)
    tables = [laid_out_as(one, extent) for one in each]
    shown_at = places_as(place, step.value, extent)
    left = derivative(of_neuron(letter, step.layer, None))
    short = f"{_sign(reduction, len(each))} {of_example(left, 'k')}"
    j, i = divmod(int(np.abs(found).argmax()), found.shape[1])
    one = shown_at(j, i)
    of_one = derivative(symbols.parameter(one))
    parts = _over(_written([table[j, i] for table in tables], found[j, i], gradient), reduction, 5)
    return Written(
        left=left,
        short=short,
        numbers=_over([array(table, extent, gradient) for table in tables], reduction, MOST_MATRICES),
        result=symbols.matrix(found.shape, lambda j, i: at(gradient(found[j, i]), shown_at(j, i)), extent),
        line=rf"{left} = {short},\quad {of_one} = {parts} = {at(gradient(found[j, i]), one)}",
    )


def new_batch_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The loss of all examples with the new parameters."""
    before, promised, reduction, op, *operands = step.operands
    losses = np.asarray(OPS[op].compute(*operands))
    again = Written(
        left="L",
        short=rf"{_sign(reduction, len(losses))} L_k^{{\text{{new}}}}",
        numbers=_over(_written(losses, float(step.value), value), reduction, extent.terms),
        result="",
    )
    return held_against(again, before, step.value, promised)
