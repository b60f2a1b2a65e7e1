r"""How each kind of step is written: left side, right side in symbols, right side in numbers, result, all LaTeX.

One function an op, in WRITERS. Operands are those of the step, so formula and number agree.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.arrays import saturating
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart, beside
from engine.formulas.marks import at
from engine.formulas.symbols import (
    Extent,
    Writer,
    activation,
    array,
    derivative,
    factor,
    gradient,
    of_neuron,
    total,
    value,
    weight,
)
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES, Logarithm
from engine.network.model import Experiment
from engine.network.places import Bias, LossValue, Neuron, Parameter, Target, Weight, unit
from engine.registry import for_every

# what is left of a loss's tokens once one neuron's are put in
PLAIN = {"a": r"\hat{y}", "y": "y"}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A step in LaTeX: `left = short = numbers = result`; what a step has no need of stays empty.

    `symbols` is `short` with its sums written out, `brief` the numbers as they stand on one line; a note is a formula
    of its own that explains one of the numbers. `line` is the line of a step that needs one of its own.
    """

    left: str
    short: str
    result: str
    symbols: str = ""
    numbers: str = ""
    brief: str = ""
    notes: tuple[str, ...] = ()
    line: str = ""


def put(template: str, **tokens: str) -> str:
    r"""Return a template of a record with its tokens (\z, \p, \s, \n, \a_j, \y_j, then \a, \y) replaced."""
    for token, written in tokens.items():
        # a power of 2.1·10⁻⁵ is one of the whole number, not of its 10⁻⁵
        base = rf"({written})" if "^" in written and written.startswith("\\V") else written
        # and the logarithm of one that of the whole number
        template = re.sub(rf"\\{token}(?=\^)|(?<=\\ln )\\{token}", lambda _, w=base: w, template)  # type: ignore[misc]
        template = re.sub(rf"\\{token}(?![a-zA-Z])", lambda _, w=written: w, template)  # type: ignore[misc]
    return template


def _weighted_sum(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The weighted sum z = W a + b."""
    W, a, b = step.operands
    network, layer, j = experiment.network, step.layer, step.neuron
    left, bias = of_neuron("z", layer, j), of_neuron("b", layer, j)
    if j is None:
        short = f"{of_neuron('W', layer, None)}\\,{activation(network, layer - 1)} + {bias}"
        numbers = f"{array(W, extent)}{array(a, extent)} + {array(b, extent)}"
        return Written(left=left, short=short, numbers=numbers, result=_at_neurons(step, extent, value))
    terms = [rf"{weight(layer, j, i)}\,{activation(network, layer - 1, i)}" for i in _count(a)]
    products = [
        _product(at(value(w), Weight(layer, j, i)), at(value(v), unit(layer - 1, i)))
        for i, (w, v) in enumerate(zip(W, a, strict=True), start=1)
    ]
    own = factor(at(value(b), Bias(layer, j)))
    short = rf"\sum_i {weight(layer, j, 'i')}\,{activation(network, layer - 1, 'i')} + {bias}"
    return Written(
        left=left,
        short=short,
        symbols=f"{total(terms, extent.terms)} + {bias}",
        numbers=f"{total(products, extent.terms)} + {own}",
        brief=f"{total(products, 5)} + {own}",
        result=at(value(step.value), Neuron(layer, j)),
    )


def _activate(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The activation a = f(z)."""
    name, parameter, z = step.operands
    record, layer, j = ACTIVATIONS[name], step.layer, step.neuron
    left, argument = activation(experiment.network, layer, j), of_neuron("z", layer, j)
    short = f"{record.symbol}({argument})"
    if j is not None:
        called = f"{record.symbol}({at(value(z), Neuron(layer, j))})"
        definition = put(record.latex, z=factor(value(z)), p=_parameter(parameter))
        result = at(value(step.value), Neuron(layer, j))
        return Written(left=left, short=short, numbers=f"{called} = {definition}", brief=called, result=result)
    result = _at_neurons(step, extent, value)
    if record.expand is None:
        return Written(left=left, short=short, numbers=f"{record.symbol}{array(z, extent)}", result=result)
    return Written(left=left, short=short, numbers=record.expand([value(v) for v in z], extent.rows), result=result)


def _loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """L = L(ŷ, y), from the outputs."""
    name, a, y = step.operands
    return _any_loss(name, a, y, step, [LOSSES[name].term_latex] * len(y), extent)


def _joint_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """L = L(ŷ, y), from the pre-activations of the output."""
    name, activation_name, z, y = step.operands
    a = ACTIVATIONS[activation_name].f(z, experiment.network.layers[-1].parameter)
    logarithms = [(log, log.of(z)) for log in LOSSES[name].joint[activation_name].logarithms]
    terms = [
        _with_arguments(LOSSES[name].term_latex, [(log, float(values[j])) for log, values in logarithms])
        for j in range(len(y))
    ]
    return _any_loss(name, a, y, step, terms, extent)


@saturating
def _with_arguments(template: str, logarithms: list[tuple[Logarithm, float]]) -> str:
    """Return a term of an entropy with the arguments of logarithms that an activation, as shown, would not give."""
    for log, number in logarithms:
        argument = np.exp(number)
        if argument < log.least:
            written = f"({value(argument)})" if argument else rf" e^{{{value(number)}}}"
            template = template.replace(log.latex, rf"\ln{written}")
    return template


def _loss_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dŷ = L'(ŷ, y)."""
    name, a, y, n = step.operands
    record, j = LOSSES[name], step.neuron
    left = derivative(activation(experiment.network, step.layer, j))
    short = put(record.gradient_latex, a_j=_output(j), y_j=_target(j), n=str(n))
    rows = [
        put(record.gradient_latex, a_j=out, y_j=target, n=str(n))
        for out, target in _pairs(step, np.atleast_1d(a), np.atleast_1d(y))
    ]
    numbers = rows[0] if j is not None else symbols.column(rows, extent)
    return Written(
        left=left,
        short=short,
        numbers=numbers,
        brief=numbers if j is not None else "",
        result=_at_neurons(step, extent, gradient),
    )


def _summed_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/da = Wᵀ delta of the next layer."""
    columns, delta = step.operands
    network, layer, i = experiment.network, step.layer, step.neuron
    left = derivative(activation(network, layer, i))
    following = of_neuron(r"\delta", layer + 1, None)
    if i is None:
        short = rf"{{{of_neuron('W', layer + 1, None)}}}^{{\top}}\,{following}"
        numbers = array(columns, extent) + array(delta, extent, gradient)
        return Written(left=left, short=short, numbers=numbers, result=_at_neurons(step, extent, gradient))
    terms = [rf"{weight(layer + 1, k, i)}\,{of_neuron(chr(92) + 'delta', layer + 1, k)}" for k in _count(delta)]
    products = [
        _product(at(value(w), Weight(layer + 1, k, i)), at(gradient(d), Neuron(layer + 1, k)))
        for k, (w, d) in enumerate(zip(columns, delta, strict=True), start=1)
    ]
    short = rf"\sum_k {weight(layer + 1, 'k', i)}\,{of_neuron(chr(92) + 'delta', layer + 1, 'k')}"
    return Written(
        left=left,
        short=short,
        symbols=total(terms, extent.terms),
        numbers=total(products, extent.terms),
        brief=total(products, 5),
        result=_at_neurons(step, extent, gradient),
    )


def _delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The delta dL/da f'(z), or through the Jacobian for a function of the whole layer."""
    name, parameter, z, da = step.operands
    record, layer, j = ACTIVATIONS[name], step.layer, step.neuron
    left, outer = of_neuron(r"\delta", layer, j), derivative(activation(experiment.network, layer, j))
    argument, result = of_neuron("z", layer, j), _at_neurons(step, extent, gradient)
    if not record.elementwise:
        short = rf"J^{{\top}}\,{outer}"
        numbers = array(record.jacobian(z, parameter).T, extent) + array(da, extent, gradient)
        note = rf"J_{{ij}} = {put(record.slope_latex, z='z')}"
        return Written(left=left, short=short, numbers=numbers, result=result, notes=(note,))
    slope = record.df(z, parameter)
    if j is None:
        short = rf"{outer} \odot {record.symbol}'({argument})"
        numbers = rf"{array(da, extent, gradient)} \odot {array(slope, extent)}"
        return Written(left=left, short=short, numbers=numbers, result=result)
    short = rf"{outer} \cdot {record.symbol}'({argument})"
    numbers = _product(at(gradient(da), Neuron(layer, j)), value(float(slope)))
    definition = put(record.slope_latex, z=factor(value(z)), p=_parameter(parameter))
    note = rf"{record.symbol}'({value(z)}) = {definition} = {value(float(slope))}"
    return Written(left=left, short=short, numbers=numbers, brief=numbers, result=result, notes=(note,))


def _joint_delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The delta of the output from the joint form of loss and activation."""
    name, activation_name, z, y = step.operands
    form, j = LOSSES[name].joint[activation_name], step.neuron
    template = form.latex_for(experiment.y)
    if not form.local:
        # a sum over all outputs, of which the j-th must be told apart
        each = j or "j"
        short = put(template, a_j=_output(each), y_j=_target(each), **PLAIN)
        return Written(
            left=of_neuron(r"\delta", step.layer, each), short=short, result=_at_neurons(step, extent, gradient)
        )
    left = of_neuron(r"\delta", step.layer, j)
    of_all = template if j else template.replace(r"\,", r" \odot ")
    short = put(of_all, a_j=_output(j), y_j=_target(j), **PLAIN)
    outputs = np.atleast_1d(ACTIVATIONS[activation_name].f(z, experiment.network.layers[-1].parameter))
    rows = [
        joint_numbers(template, out, target, experiment.y) for out, target in _pairs(step, outputs, np.atleast_1d(y))
    ]
    numbers = rows[0] if j is not None else symbols.column(rows, extent)
    return Written(
        left=left,
        short=short,
        numbers=numbers,
        brief=numbers if j is not None else "",
        result=_at_neurons(step, extent, gradient),
    )


def joint_numbers(template: str, a: str, target: str, y: Any) -> str:
    """Return a joint form's formula for one output with its written factors, and the sum of all targets y, put in."""
    written = put(template, a_j=a, y_j=target, **PLAIN)
    return written.replace(r" \sum_k y_k", rf" \cdot {value(np.sum(y))}")


def _weight_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dW = delta aᵀ."""
    d, a = step.operands
    network, layer, j = experiment.network, step.layer, step.neuron
    before, own = activation(network, layer - 1), of_neuron(r"\delta", layer, j)
    if j is None:
        left = derivative(of_neuron("W", layer, None))
        short = rf"{own}\,{{{before}}}^{{\top}}"
        numbers = array(d, extent, gradient) + symbols.row(a, extent)
        return Written(left=left, short=short, numbers=numbers, result=array(step.value, extent, gradient))
    left = derivative(weight(layer, j, "i"))
    short = rf"{own}\,{activation(network, layer - 1, 'i')}"
    row = symbols.matrix((1, len(a)), lambda _, i: at(value(a[i]), unit(layer - 1, i + 1)), extent)
    numbers = rf"{at(gradient(d), Neuron(layer, j))} \cdot {row}"
    result = symbols.matrix((1, len(a)), lambda _, i: at(gradient(step.value[i]), Weight(layer, j, i + 1)), extent)
    return Written(left=left, short=short, numbers=numbers, brief=numbers, result=result)


def _bias_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/db = delta."""
    short = of_neuron(r"\delta", step.layer, step.neuron)
    left = derivative(of_neuron("b", step.layer, step.neuron))
    return Written(left=left, short=short, result=_at_neurons(step, extent, gradient, Bias))


def _weight_update(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The weights less the learning rate times its gradient."""
    return _update("W", step, extent, lambda j, i: Weight(step.layer, j + 1, i + 1))


def _bias_update(step: Step, experiment: Experiment, extent: Extent) -> Written:
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


def _new_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The loss with the new parameters, held against the one before and against what the gradient promised."""
    before, promised, op, *operands = step.operands
    again = Step(op=op, layer=step.layer, neuron=None, operands=tuple(operands), value=step.value)
    written, left = WRITERS[op](again, experiment, extent), r"L_{\text{new}}"
    result = at(apart(step.value, before), LossValue())
    change = rf"{left} - L = {value(step.value - before)}"
    promise = rf"-\eta\,\lVert\nabla L\rVert^2 = {value(promised)}"
    return replace(
        written,
        left=left,
        short=written.short.replace(r"\hat{y}", r"\hat{y}^{\text{new}}"),
        result=result,
        notes=(change, promise),
        line=rf"{left} = {result},\quad {change},\quad {promise}",
    )


def _any_loss(name: str, a: Any, y: Any, step: Step, templates: list[str], extent: Extent) -> Written:
    record = LOSSES[name]
    short = put(record.latex, n=str(len(y)), **PLAIN)
    terms = [
        put(template, a_j=out, y_j=target)
        for template, (out, target) in zip(templates, _pairs(step, a, y), strict=True)
    ]
    numbers = put(record.sum_latex, s=total(terms, extent.terms), n=str(len(y)))
    brief = put(record.sum_latex, s=total(terms, 3), n=str(len(y)))
    return Written(left="L", short=short, numbers=numbers, brief=brief, result=at(value(step.value), LossValue()))


def _at_neurons(step: Step, extent: Extent, write: Writer, place: Callable[[int, int], Neuron | Bias] = Neuron) -> str:
    """The result of a step, a number or a column of one a neuron, each at its place."""
    if step.neuron is not None:
        return at(write(step.value), place(step.layer, step.neuron))
    return symbols.matrix(
        (len(step.value), 1), lambda row, _: at(write(step.value[row]), place(step.layer, row + 1)), extent
    )


def _pairs(step: Step, outputs: Any, targets: Any) -> Iterator[tuple[str, str]]:
    """Each output of a step and its target, as factors at their places."""
    for j, (out, target) in enumerate(zip(outputs, targets, strict=True), start=step.neuron or 1):
        yield factor(at(value(out), Neuron(step.layer, j))), factor(at(value(target), Target(j)))


def _product(left: str, right: str) -> str:
    return rf"{factor(left)} \cdot {factor(right)}"


def _parameter(parameter: float | None) -> str:
    return "" if parameter is None else value(parameter)


def _output(neuron: int | str | None) -> str:
    return r"\hat{y}" if neuron is None else rf"\hat{{y}}_{{{neuron}}}"


def _target(neuron: int | str | None) -> str:
    return "y" if neuron is None else f"y_{{{neuron}}}"


def _count(values: Any) -> range:
    return range(1, len(values) + 1)


WRITERS: Mapping[str, Callable[[Step, Experiment, Extent], Written]] = for_every(
    OPS,
    {
        "weighted_sum": _weighted_sum,
        "activation": _activate,
        "loss": _loss,
        "joint_loss": _joint_loss,
        "loss_gradient": _loss_gradient,
        "summed_gradient": _summed_gradient,
        "delta": _delta,
        "joint_delta": _joint_delta,
        "weight_gradient": _weight_gradient,
        "bias_gradient": _bias_gradient,
        "weight_update": _weight_update,
        "bias_update": _bias_update,
        "new_loss": _new_loss,
    },
    __name__,
)
