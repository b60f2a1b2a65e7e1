"""The three factors that the chain rule makes of the derivative with respect to one weight, and their product."""

from engine.derivation.blocks import Block, Formula, Prose
from engine.derivation.steps.in_symbols import DELTA
from engine.derivation.steps.per_neuron import adds_up
from engine.derivation.steps.worked import Calculation
from engine.formulas.lines import chain
from engine.formulas.symbols import activation, derivative, factor, gradient, of_neuron, parameter, total, value
from engine.network.places import Weight


def rule(calculation: Calculation, picked: Weight) -> str:
    """Return the chain rule for the weight, in symbols."""
    network = calculation.network
    z = of_neuron("z", picked.layer, picked.to)
    last = rf"\frac{{\partial {z}}}{{\partial {parameter(picked)}}}"
    if calculation.record(picked.layer).elementwise:
        a = activation(network, picked.layer, picked.to)
        factors = rf"{derivative(a)} \cdot \frac{{\partial {a}}}{{\partial {z}}} \cdot {last}"
    else:
        a = activation(network, picked.layer, "i")
        factors = rf"\left(\sum_i {derivative(a)} \cdot \frac{{\partial {a}}}{{\partial {z}}}\right) \cdot {last}"
    return rf"{derivative(parameter(picked))} = {factors}"


def first_two(calculation: Calculation, picked: Weight) -> tuple[Block, ...]:
    """Return the first and the second factor, which make up delta."""
    op = "loss_gradient" if picked.layer == calculation.last else "summed_gradient"
    if not calculation.record(picked.layer).elementwise:
        return (
            Formula(calculation.numbers(op, picked.layer)),
            Prose(
                "**Second factor.** How the activations change with this weighted sum: the column of the Jacobian that "
                "belongs to it. Both in one sum over all activations of the layer:"
            ),
            Formula(_through_jacobian(calculation, picked)),
        )
    return (
        Formula(calculation.of_neuron(op, picked.layer, picked.to)),
        Prose("**Second factor.** How the activation changes with its weighted sum: the slope of its function."),
        Formula(_slope(calculation, picked)),
    )


def _slope(calculation: Calculation, picked: Weight) -> str:
    record, layer = calculation.record(picked.layer), calculation.network.layers[picked.layer - 1]
    z = calculation.forward.z[picked.layer - 1][picked.to - 1]
    name = of_neuron("z", picked.layer, picked.to)
    left = rf"\frac{{\partial {activation(calculation.network, picked.layer, picked.to)}}}{{\partial {name}}}"
    slope = value(float(record.df(z, layer.parameter)))
    return rf"{left} = {record.symbol}'({name}) = {record.symbol}'({value(z)}) = {slope}"


def _through_jacobian(calculation: Calculation, picked: Weight) -> str:
    index, layer = picked.layer - 1, calculation.network.layers[picked.layer - 1]
    J = calculation.record(picked.layer).jacobian(calculation.forward.z[index], layer.parameter)
    column, da = J[:, picked.to - 1], calculation.backward.da[index]
    products = [rf"{factor(gradient(d))} \cdot {factor(value(s))}" for d, s in zip(da, column, strict=True)]
    delta = calculation.backward.delta[index][picked.to - 1]
    numbers = total(products, calculation.extent.terms) if adds_up(da, column, delta) else ""
    a, z = activation(calculation.network, picked.layer, "i"), of_neuron("z", picked.layer, picked.to)
    return chain(
        rf"\sum_i {derivative(a)} \cdot \frac{{\partial {a}}}{{\partial {z}}}",
        numbers,
        gradient(delta),
    )


def third(calculation: Calculation, picked: Weight) -> str:
    """Return the third factor, what comes in along the weight."""
    z, a = of_neuron("z", picked.layer, picked.to), activation(calculation.network, picked.layer - 1, picked.source)
    number = calculation.forward.a[picked.layer - 1][picked.source - 1]
    # at least the bias stands behind it, but before the first weight stands nothing
    before = r"\dots + " if picked.source > 1 else ""
    changing = rf"{before}{parameter(picked)}\,{a} + \dots"
    return (
        rf"\frac{{\partial {z}}}{{\partial {parameter(picked)}}} = \frac{{\partial}}{{\partial {parameter(picked)}}}"
        rf"\left({changing}\right) = {a} = {value(number)}"
    )


def remark(calculation: Calculation, picked: Weight) -> tuple[Block, ...]:
    """Return what to say where the factors, as rounded, do not make up the delta."""
    if _agree(calculation, picked):
        return ()
    here = (
        "0 or 1 that rounding spoils the first two factors: their product would not be the delta"
        if calculation.spoiled
        else "its target that rounding shows in the delta: the product of the first two factors is another number"
    )
    return (
        Prose(
            f"Here an output is so close to {here}. So the delta stands here as the chapter before has found it, by "
            "the short way."
        ),
    )


def _agree(calculation: Calculation, picked: Weight) -> bool:
    """Return whether the first two factors, as rounded, come to the delta."""
    index, own = picked.layer - 1, calculation.network.layers[picked.layer - 1]
    record, z, da = calculation.record(picked.layer), calculation.forward.z[index], calculation.backward.da[index]
    delta = float(calculation.backward.delta[index][picked.to - 1])
    if not record.elementwise:
        return adds_up(da, record.jacobian(z, own.parameter)[:, picked.to - 1], delta)
    return adds_up(da[picked.to - 1], record.df(z[picked.to - 1], own.parameter), delta)


def product(calculation: Calculation, picked: Weight) -> str:
    """Return the product of all three, in symbols and in numbers."""
    index, layer = picked.layer - 1, calculation.network.layers[picked.layer - 1]
    delta = calculation.backward.delta[index][picked.to - 1]
    a = calculation.forward.a[index][picked.source - 1]
    short = rf"{of_neuron(DELTA, picked.layer, picked.to)}\,{activation(calculation.network, index, picked.source)}"
    factors = ""
    record = calculation.record(picked.layer)
    if record.elementwise and _agree(calculation, picked):
        da, z = calculation.backward.da[index][picked.to - 1], calculation.forward.z[index][picked.to - 1]
        slope = value(float(record.df(z, layer.parameter)))
        factors = rf"{gradient(da)} \cdot {factor(slope)} \cdot {factor(value(a))}"
    together = rf"{gradient(delta)} \cdot {factor(value(a))}"
    return chain(
        derivative(parameter(picked)), factors, rf"{short} = {together}", gradient(picked.of(calculation.backward.dW))
    )
