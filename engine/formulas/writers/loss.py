"""How the loss is written, and its gradient at the output."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from engine.arrays import saturating
from engine.backprop.step import Step
from engine.formulas.lines import apart
from engine.formulas.marks import at
from engine.formulas.symbols import Extent, activation, derivative, total, value
from engine.formulas.writers.written import (
    PLAIN,
    READABLE,
    Written,
    of_outputs,
    output,
    pairs,
    put,
    split_where,
    target,
)
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES, Logarithm
from engine.network.model import Experiment
from engine.network.places import LossValue

_OF_OUTPUT = r"\ln \a_j"
_SMALLEST = float(np.finfo(np.float64).tiny)


def loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """L = L(ŷ, y), from the outputs."""
    name, a, y = step.operands
    return _any_loss(name, a, y, step, [LOSSES[name].term_latex] * len(y), extent)


def joint_loss(step: Step, experiment: Experiment, extent: Extent) -> Written:
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
        elif argument == 1.0 and number and log.latex == _OF_OUTPUT:
            # an output that has rounded to 1: what it lacks is all of its logarithm
            template = template.replace(log.latex, rf"\ln(1 - {value(-np.expm1(number))})")
    return template


def loss_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dŷ = L'(ŷ, y)."""
    name, a, y, n = step.operands
    record, j = LOSSES[name], step.neuron
    left = derivative(activation(experiment.network, step.layer, j))
    short = put(record.gradient_latex, a_j=output(j), y_j=target(j), n=str(n))
    outputs, targets = np.atleast_1d(a), np.atleast_1d(y)
    rows = [
        put(quotients_of(record.gradient_latex, float(number), float(wanted)), a_j=out, y_j=target, n=str(n))
        for number, wanted, (out, target) in zip(outputs, targets, pairs(step, outputs, targets), strict=True)
    ]
    return of_outputs(step, left, short, rows, extent)


def quotients_of(template: str, a: float, y: float) -> str:
    """Return the gradient of an entropy with the denominators that an output, as shown, would not give.

    They are never 0: where one has rounded to 0, the smallest number of full precision is taken for it. A quotient of 0
    by that is 0, whatever has been lost.
    """
    if a == 1.0 and y == 1.0:
        template = template.replace(r" + \frac{1 - \y_j}{1 - \a_j}", " + 0")
    if a == 0.0 and y == 0.0:
        template = template.replace(r"-\frac{\y_j}{\a_j} + ", "0 + ")
    for denominator, number, least in ((r"{\a_j}", a, _SMALLEST), (r"{1 - \a_j}", 1.0 - a, READABLE)):
        if number < least:
            template = template.replace(denominator, f"{{{value(max(number, _SMALLEST))}}}")
    return template


def held_against(again: Written, before: float, after: float, promised: float) -> Written:
    """Return a loss as it is with the new parameters, held against the one before and what the gradient promised."""
    left, result = r"L_{\text{new}}", at(apart(after, before), LossValue())
    change = rf"{left} - L = {value(after - before)}"
    promise = rf"-\eta\,\lVert\nabla L\rVert^2 = {value(promised)}"
    line = rf"{left} = {result},\quad {change},\quad {promise}"
    return replace(again, left=left, result=result, notes=(*again.notes, change, promise), line=line)


def _any_loss(name: str, a: Any, y: Any, step: Step, templates: list[str], extent: Extent) -> Written:
    record = LOSSES[name]
    short, where = split_where(put(record.latex, n=str(len(y)), **PLAIN))
    terms = [
        put(template, a_j=out, y_j=target) for template, (out, target) in zip(templates, pairs(step, a, y), strict=True)
    ]
    return Written(
        left="L",
        short=short,
        numbers=summed(record.sum_latex, terms, extent.terms),
        brief=summed(record.sum_latex, terms, 3),
        result=at(value(step.value), LossValue()),
        notes=(where,) if where else (),
    )


def summed(template: str, terms: Sequence[str], most: int) -> str:
    """Return the sum of a loss's written terms, one an output, as its record has it; one term needs no bracket."""
    if len(terms) == 1:
        template = template.replace(r"\left(\s\right)", r"\s")
    return put(template, s=total(terms, most), n=str(len(terms)))
