"""How the steps of the backward pass are written, from the deltas to the gradients of weights and biases."""

from typing import Any

import numpy as np

from engine.arrays import Array
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.marks import at
from engine.formulas.notations import Factor
from engine.formulas.notations import product as multiplied
from engine.formulas.symbols import (
    Extent,
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
from engine.formulas.writers.written import (
    PLAIN,
    READABLE,
    Written,
    at_neurons,
    count,
    defined,
    digits_of_products,
    of_outputs,
    of_vector,
    of_weights,
    output,
    pairs,
    parameter_of,
    product,
    put,
    target,
)
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment
from engine.network.places import Bias, Neuron, Weight, unit


def summed_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/da = Wᵀ delta of the next layer."""
    columns, delta = step.operands
    network, layer, i = experiment.network, step.layer, step.neuron
    left = derivative(activation(network, layer, i))
    following = of_neuron(r"\delta", layer + 1, None)
    if i is None:
        weights = of_weights(of_neuron("W", layer + 1, None), columns.T, extent, transposed=True)
        deltas = of_vector(following, delta, extent, gradient)
        short, numbers = multiplied((weights, deltas), extent.layout.rows)
        return Written(left=left, short=short, numbers=numbers, result=at_neurons(step, extent, gradient))
    terms = [rf"{weight(layer + 1, k, i)}\,{of_neuron(chr(92) + 'delta', layer + 1, k)}" for k in count(delta)]
    digits = digits_of_products(columns, delta, float(step.value))
    products = [
        product(at(value(w, digits), Weight(layer + 1, k, i)), at(gradient(d, digits), Neuron(layer + 1, k)))
        for k, (w, d) in enumerate(zip(columns, delta, strict=True), start=1)
    ]
    short = rf"\sum_k {weight(layer + 1, 'k', i)}\,{of_neuron(chr(92) + 'delta', layer + 1, 'k')}"
    return Written(
        left=left,
        short=short,
        symbols=total(terms, extent.terms),
        numbers=total(products, extent.terms),
        brief=total(products, 5),
        result=at_neurons(step, extent, gradient),
    )


def delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The delta dL/da f'(z), or through the Jacobian for a function of the whole layer."""
    name, parameter, z, da = step.operands
    record, layer, j = ACTIVATIONS[name], step.layer, step.neuron
    left, outer = of_neuron(r"\delta", layer, j), derivative(activation(experiment.network, layer, j))
    argument, result = of_neuron("z", layer, j), at_neurons(step, extent, gradient)
    if not record.elementwise:
        short, numbers = through_jacobian(record.jacobian(z, parameter), outer, da, extent)
        note = rf"J_{{ij}} = {put(record.slope_latex, z='z')}"
        return Written(left=left, short=short, numbers=numbers, result=result, notes=(note,))
    slope = record.df(z, parameter)
    if j is None:
        short = rf"{outer} \odot {record.symbol}'({argument})"
        numbers = rf"{array(da, extent, gradient)} \odot {array(slope, extent)}"
        return Written(left=left, short=short, numbers=numbers, result=result)
    short = rf"{outer} \cdot {record.symbol}'({argument})"
    numbers = product(at(gradient(da), Neuron(layer, j)), value(float(slope)))
    definition = put(record.slope_latex, z=factor(value(z)), p=parameter_of(parameter))
    note = defined(rf"{record.symbol}'({value(z)})", definition, value(float(slope)))
    return Written(left=left, short=short, numbers=numbers, brief=numbers, result=result, notes=(note,))


def through_jacobian(J: Array, outer: str, da: Array, extent: Extent) -> tuple[str, str]:
    """Return the gradient by z of a function of the whole layer, Jᵀ dL/da, in symbols and in numbers."""

    def put_in(turned: bool) -> str:
        return array(J.T if turned else J, extent)

    jacobian = Factor(symbol="J", put_in=put_in, turned=False, transposed=True, braced=False)
    return multiplied((jacobian, of_vector(outer, da, extent, gradient)), extent.layout.rows)


def joint_delta(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The delta of the output from the joint form of loss and activation."""
    name, activation_name, z, y = step.operands
    form, j = LOSSES[name].joint[activation_name], step.neuron
    template = form.latex_for(experiment.y)
    if not form.local:
        return _through_all(step, experiment, extent)
    left = of_neuron(r"\delta", step.layer, j)
    of_all = template if j else template.replace(r"\,", r" \odot ")
    short = put(of_all, a_j=output(j), y_j=target(j), **PLAIN)
    outputs = np.atleast_1d(ACTIVATIONS[activation_name].f(z, experiment.network.layers[-1].parameter))
    # the rest of a sigmoid, 1 - a, is the sigmoid of -z
    rests = np.atleast_1d(ACTIVATIONS[activation_name].f(-z, experiment.network.layers[-1].parameter))
    rows = [
        joint_numbers(with_rest(template, float(rest)), out, target, experiment.y)
        for rest, (out, target) in zip(rests, pairs(step, outputs, np.atleast_1d(y)), strict=True)
    ]
    return of_outputs(step, left, short, rows, extent)


def _through_all(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """A joint delta that has no shorter form than the sum over all outputs: the product with the Jacobian."""
    name, activation_name, z, y = step.operands
    record, parameter = ACTIVATIONS[activation_name], experiment.network.layers[-1].parameter
    J, da = record.jacobian(z, parameter), LOSSES[name].gradient(record.f(z, parameter), y, len(y))
    short, numbers = through_jacobian(J, derivative(output(None)), da, extent)
    with np.errstate(all="ignore"):
        # not where an output has rounded to 0 or 1
        exact = np.allclose(J.T @ da, step.value, rtol=1e-9, atol=1e-12)
    return Written(
        left=of_neuron(r"\delta", step.layer, None),
        short=short,
        numbers=numbers if exact else "",
        result=at_neurons(step, extent, gradient),
        notes=(rf"J_{{ij}} = {put(record.slope_latex, z='z')}",),
    )


def with_rest(template: str, rest: float) -> str:
    """Return a joint form with 1 - a as a number where it cannot be read off the output's digits."""
    return template if rest >= READABLE else template.replace(r"\,(1 - \a_j)", rf" \cdot {value(rest)}")


def joint_numbers(template: str, a: str, target: str, y: Any) -> str:
    """Return a joint form's formula for one output with its written factors, and the sum of all targets y, put in."""
    written = put(template, a_j=a, y_j=target, **PLAIN)
    return written.replace(r" \sum_k y_k", rf" \cdot {value(np.sum(y))}")


def weight_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/dW = delta aᵀ."""
    d, a = step.operands
    network, layer, j = experiment.network, step.layer, step.neuron
    before, own = activation(network, layer - 1), of_neuron(r"\delta", layer, j)
    if j is None:
        left = derivative(of_neuron("W", layer, None))
        factors = of_vector(own, d, extent, gradient), of_vector(before, a, extent, transposed=True)
        short, numbers = multiplied(factors, extent.layout.inputs_first)
        result = array(extent.layout.weights(step.value), extent, gradient)
        return Written(left=left, short=short, numbers=numbers, result=result)
    left = derivative(weight(layer, j, "i"))
    short = rf"{own}\,{activation(network, layer - 1, 'i')}"
    row = symbols.matrix((1, len(a)), lambda _, i: at(value(a[i]), unit(layer - 1, i + 1)), extent)
    numbers = rf"{at(gradient(d), Neuron(layer, j))} \cdot {row}"
    result = symbols.matrix((1, len(a)), lambda _, i: at(gradient(step.value[i]), Weight(layer, j, i + 1)), extent)
    return Written(left=left, short=short, numbers=numbers, brief=numbers, result=result)


def of_one_weight(step: Step, experiment: Experiment, place: Weight) -> Written:
    """dL/dw of one of the weights into a neuron."""
    d, a = step.operands
    name, number = activation(experiment.network, step.layer - 1, place.source), float(a[place.source - 1])
    factors = at(gradient(d), Neuron(step.layer, place.to)), at(value(number), unit(step.layer - 1, place.source))
    return Written(
        left=derivative(weight(step.layer, place.to, place.source)),
        short=rf"{of_neuron(chr(92) + 'delta', step.layer, place.to)}\,{name}",
        numbers=product(*factors),
        result=at(gradient(step.value[place.source - 1]), place),
    )


def bias_gradient(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """dL/db = delta."""
    short = of_neuron(r"\delta", step.layer, step.neuron)
    left = derivative(of_neuron("b", step.layer, step.neuron))
    return Written(left=left, short=short, result=at_neurons(step, extent, gradient, Bias))
