"""How the steps of the forward pass are written: the weighted sum and the activation."""

from engine.backprop.step import Step
from engine.formulas.marks import at
from engine.formulas.notations import product as multiplied
from engine.formulas.symbols import Extent, activation, array, factor, laid_out, of_neuron, total, value, weight
from engine.formulas.writers.written import (
    Written,
    at_neurons,
    count,
    digits_of_products,
    of_vector,
    of_weights,
    parameter_of,
    product,
    put,
)
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment
from engine.network.places import Bias, Neuron, Weight, unit


def weighted_sum(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The weighted sum z = W a + b."""
    W, a, b = step.operands
    network, layer, j = experiment.network, step.layer, step.neuron
    left, bias = of_neuron("z", layer, j), of_neuron("b", layer, j)
    if j is None:
        weights = of_weights(of_neuron("W", layer, None), W, extent)
        before = of_vector(activation(network, layer - 1), a, extent)
        short, numbers = multiplied((weights, before), extent.layout.rows)
        return Written(
            left=left,
            short=f"{short} + {bias}",
            numbers=f"{numbers} + {array(b, extent)}",
            result=at_neurons(step, extent, value),
        )
    terms = [rf"{weight(layer, j, i)}\,{activation(network, layer - 1, i)}" for i in count(a)]
    digits = digits_of_products(W, a, float(step.value), b)
    products = [
        product(at(value(w, digits), Weight(layer, j, i)), at(value(v, digits), unit(layer - 1, i)))
        for i, (w, v) in enumerate(zip(W, a, strict=True), start=1)
    ]
    own = factor(at(value(b, digits), Bias(layer, j)))
    short = rf"\sum_i {weight(layer, j, 'i')}\,{activation(network, layer - 1, 'i')} + {bias}"
    return Written(
        left=left,
        short=short,
        symbols=f"{total(terms, extent.terms)} + {bias}",
        numbers=f"{total(products, extent.terms)} + {own}",
        brief=f"{total(products, 5)} + {own}",
        result=at(value(step.value), Neuron(layer, j)),
    )


def activate(step: Step, experiment: Experiment, extent: Extent) -> Written:
    """The activation a = f(z)."""
    name, parameter, z = step.operands
    record, layer, j = ACTIVATIONS[name], step.layer, step.neuron
    left, argument = activation(experiment.network, layer, j), of_neuron("z", layer, j)
    short = f"{record.symbol}({argument})"
    if j is not None:
        called = f"{record.symbol}({at(value(z), Neuron(layer, j))})"
        definition = put(record.latex, z=factor(value(z)), p=parameter_of(parameter))
        result = at(value(step.value), Neuron(layer, j))
        # the identity's definition is its result already
        numbers = called if definition == value(step.value) else f"{called} = {definition}"
        return Written(left=left, short=short, numbers=numbers, brief=called, result=result)
    result = at_neurons(step, extent, value)
    if record.expand is None:
        return Written(left=left, short=short, numbers=f"{record.symbol}{array(z, extent)}", result=result)
    expanded = record.expand([value(v) for v in z], extent.rows)
    return Written(left=left, short=short, numbers=laid_out(expanded, extent), result=result)
