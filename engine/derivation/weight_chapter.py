"""The derivative with respect to one weight: the chain rule with its three factors, and a check by moving it."""

from dataclasses import dataclass, replace

from engine.arrays import checked_afterwards
from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Prose
from engine.derivation.calculation import Calculation
from engine.derivation.matrices import DELTA
from engine.derivation.typeset import chain
from engine.derivation.wording import layer_words
from engine.errors import InvalidExperiment
from engine.network import Network
from engine.passes import backward, forward
from engine.symbols import activation, derivative, factor, gradient, of_neuron, total, value, weight

# how far the weight is moved for the check, at least
NUDGE = 1e-4


@dataclass(frozen=True)
class Weight:
    """A weight: it leads from neuron `source` of the layer before to neuron `neuron` of `layer`; all count from 1."""

    layer: int
    neuron: int
    source: int

    @property
    def symbol(self) -> str:
        """Its name in a formula."""
        return weight(self.layer, self.neuron, self.source)


def weight_chapter(calculation: Calculation, chosen: Weight | None = None) -> Chapter:
    """Return the chapter on one weight; by default the first one of the output layer.

    Raises InvalidExperiment if the network has no such weight.
    """
    picked = chosen or Weight(calculation.last, 1, 1)
    _require(calculation.network, picked)
    blocks: tuple[Block, ...] = (
        Prose(_introduction(calculation, picked)),
        Formula(_rule(calculation, picked)),
        Prose(f"**First factor.** {_first(calculation, picked)}"),
        *_first_two(calculation, picked),
        Prose(f"**Third factor.** {_third(calculation, picked)}"),
        Formula(_source(calculation, picked)),
        Prose("**All three together**, and the first two as the delta of the neuron that the weight leads to:"),
        Formula(_product(calculation, picked)),
        Prose(
            "That the first two do not depend on where the weight comes from is what makes backpropagation fast: "
            "$\\delta$ is computed once for each neuron and used for all of its weights."
        ),
        *_check(calculation, picked),
    )
    return Chapter("weight", "The derivative with respect to a weight", blocks, links.WEIGHT)


def _require(network: Network, picked: Weight) -> None:
    if 1 <= picked.layer <= len(network.layers):
        rows, columns = network.layers[picked.layer - 1].W.shape
        if 1 <= picked.neuron <= rows and 1 <= picked.source <= columns:
            return
    raise InvalidExperiment(
        f"The network has no weight to neuron {picked.neuron} of layer {picked.layer} from neuron {picked.source}."
    )


def _introduction(calculation: Calculation, picked: Weight) -> str:
    network = calculation.network
    names = (of_neuron("z", picked.layer, picked.neuron), activation(network, picked.layer, picked.neuron))
    source = f"neuron {picked.source} of " if picked.layer > 1 else f"number {picked.source} of "
    return (
        f"The weight ${picked.symbol}$ leads from {source}{layer_words(network, picked.layer - 1)} to neuron "
        f"{picked.neuron} of {layer_words(network, picked.layer)}. If it changes a little, the weighted sum "
        f"${names[0]}$ changes; if that changes, so does ${names[1]}$; and if that changes, so does $L$. The chain "
        "rule multiplies the three:"
    )


def _rule(calculation: Calculation, picked: Weight) -> str:
    network = calculation.network
    z = of_neuron("z", picked.layer, picked.neuron)
    last = rf"\frac{{\partial {z}}}{{\partial {picked.symbol}}}"
    if calculation.record(picked.layer).elementwise:
        a = activation(network, picked.layer, picked.neuron)
        factors = rf"{derivative(a)} \cdot \frac{{\partial {a}}}{{\partial {z}}} \cdot {last}"
    else:
        a = activation(network, picked.layer, "i")
        factors = rf"\left(\sum_i {derivative(a)} \cdot \frac{{\partial {a}}}{{\partial {z}}}\right) \cdot {last}"
    return rf"{derivative(picked.symbol)} = {factors}"


def _first(calculation: Calculation, picked: Weight) -> str:
    if picked.layer == calculation.last:
        return "How the error changes with the output, as found in the chapter before:"
    return (
        "How the error changes with this activation. It reaches the error through every neuron of the next layer, so "
        "all these paths add up (more on this with the back-propagation to this layer):"
    )


def _first_two(calculation: Calculation, picked: Weight) -> tuple[Block, ...]:
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
        Formula(calculation.of_neuron(op, picked.layer, picked.neuron)),
        Prose("**Second factor.** How the activation changes with its weighted sum: the slope of its function."),
        Formula(_slope(calculation, picked)),
    )


def _slope(calculation: Calculation, picked: Weight) -> str:
    record, parameter = calculation.record(picked.layer), calculation.network.layers[picked.layer - 1].parameter
    z = calculation.forward.z[picked.layer - 1][picked.neuron - 1]
    name = of_neuron("z", picked.layer, picked.neuron)
    left = rf"\frac{{\partial {activation(calculation.network, picked.layer, picked.neuron)}}}{{\partial {name}}}"
    return (
        rf"{left} = {record.symbol}'({name}) = {record.symbol}'({value(z)}) = {value(float(record.df(z, parameter)))}"
    )


def _through_jacobian(calculation: Calculation, picked: Weight) -> str:
    index, layer = picked.layer - 1, calculation.network.layers[picked.layer - 1]
    J = calculation.record(picked.layer).jacobian(calculation.forward.z[index], layer.parameter)
    column, da = J[:, picked.neuron - 1], calculation.backward.da[index]
    products = [rf"{factor(gradient(d))} \cdot {factor(value(s))}" for d, s in zip(da, column, strict=True)]
    a, z = activation(calculation.network, picked.layer, "i"), of_neuron("z", picked.layer, picked.neuron)
    return chain(
        rf"\sum_i {derivative(a)} \cdot \frac{{\partial {a}}}{{\partial {z}}}",
        total(products, calculation.extent.terms),
        gradient(calculation.backward.delta[index][picked.neuron - 1]),
    )


def _third(calculation: Calculation, picked: Weight) -> str:
    z, a = of_neuron("z", picked.layer, picked.neuron), activation(calculation.network, picked.layer - 1, picked.source)
    return (
        f"How the weighted sum changes with the weight. In ${z}$ the weight appears once, as the factor of ${a}$; "
        "everything else in the sum does not depend on it:"
    )


def _source(calculation: Calculation, picked: Weight) -> str:
    z, a = of_neuron("z", picked.layer, picked.neuron), activation(calculation.network, picked.layer - 1, picked.source)
    number = calculation.forward.a[picked.layer - 1][picked.source - 1]
    changing = rf"\dots + {picked.symbol}\,{a} + \dots"
    return (
        rf"\frac{{\partial {z}}}{{\partial {picked.symbol}}} = \frac{{\partial}}{{\partial {picked.symbol}}}"
        rf"\left({changing}\right) = {a} = {value(number)}"
    )


def _product(calculation: Calculation, picked: Weight) -> str:
    index, layer = picked.layer - 1, calculation.network.layers[picked.layer - 1]
    delta = calculation.backward.delta[index][picked.neuron - 1]
    a = calculation.forward.a[index][picked.source - 1]
    short = rf"{of_neuron(DELTA, picked.layer, picked.neuron)}\,{activation(calculation.network, index, picked.source)}"
    factors = ""
    record = calculation.record(picked.layer)
    if record.elementwise:
        da, z = calculation.backward.da[index][picked.neuron - 1], calculation.forward.z[index][picked.neuron - 1]
        slope = value(float(record.df(z, layer.parameter)))
        factors = rf"{gradient(da)} \cdot {factor(slope)} \cdot {factor(value(a))}"
    together = rf"{gradient(delta)} \cdot {factor(value(a))}"
    return chain(derivative(picked.symbol), factors, rf"{short} = {together}", gradient(_gradient(calculation, picked)))


def _gradient(calculation: Calculation, picked: Weight) -> float:
    return float(calculation.backward.dW[picked.layer - 1][picked.neuron - 1, picked.source - 1])


def _check(calculation: Calculation, picked: Weight) -> tuple[Block, ...]:
    old = float(calculation.network.layers[picked.layer - 1].W[picked.neuron - 1, picked.source - 1])
    h = NUDGE * max(1.0, abs(old))
    try:
        after, before = (_loss_with(calculation, picked, old + move) for move in (h, -h))
    except InvalidExperiment:
        return ()
    name = picked.symbol
    return (
        Prose(
            "**Check.** Move the weight a little up and down, compute the whole network anew, and see how $L$ changes:"
        ),
        Formula(
            rf"\frac{{L({name} + h) - L({name} - h)}}{{2h}} = {gradient((after - before) / (2.0 * h))}"
            rf"\quad\text{{with}}\quad h = {value(h)}"
        ),
    )


@checked_afterwards
def _loss_with(calculation: Calculation, picked: Weight, number: float) -> float:
    layers = list(calculation.network.layers)
    W = layers[picked.layer - 1].W.copy()
    W[picked.neuron - 1, picked.source - 1] = number
    layers[picked.layer - 1] = replace(layers[picked.layer - 1], W=W)
    moved = Network(layers, calculation.network.loss)
    return backward(moved, forward(moved, calculation.experiment.x), calculation.experiment.y).loss
