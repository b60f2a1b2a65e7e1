"""The derivative with respect to one weight: the chain rule with its three factors, and a check by moving it."""

from dataclasses import replace

from engine.arrays import checked_afterwards
from engine.backprop.passes import backward, forward
from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Prose
from engine.derivation.steps import Calculation, first_two, product, rule, third
from engine.derivation.words import layer_words
from engine.errors import InvalidExperiment
from engine.formulas.symbols import activation, gradient, of_neuron, parameter, value
from engine.network.model import Network
from engine.network.places import Weight

# how far the weight is moved for the check, at least
NUDGE = 1e-4


def weight_chapter(calculation: Calculation, chosen: Weight | None = None) -> Chapter:
    """Return the chapter on one weight; by default the first one of the output layer.

    Raises InvalidExperiment if the network has no such weight.
    """
    picked = chosen or Weight(calculation.last, 1, 1)
    if not picked.within(calculation.network.sizes):
        raise InvalidExperiment(
            f"The network has no weight to neuron {picked.to} of layer {picked.layer} from neuron {picked.source}."
        )
    blocks: tuple[Block, ...] = (
        Prose(_introduction(calculation, picked)),
        Formula(rule(calculation, picked)),
        Prose(f"**First factor.** {_first(calculation, picked)}"),
        *first_two(calculation, picked),
        Prose(f"**Third factor.** {_third(calculation, picked)}"),
        Formula(third(calculation, picked)),
        Prose("**All three together**, and the first two as the delta of the neuron that the weight leads to:"),
        Formula(product(calculation, picked)),
        Prose(
            "That the first two do not depend on where the weight comes from is what makes backpropagation fast: "
            "$\\delta$ is computed once for each neuron and used for all of its weights."
        ),
        *_check(calculation, picked),
    )
    return Chapter(anchor="weight", title="The derivative with respect to a weight", blocks=blocks, links=links.WEIGHT)


def _introduction(calculation: Calculation, picked: Weight) -> str:
    network = calculation.network
    names = (of_neuron("z", picked.layer, picked.to), activation(network, picked.layer, picked.to))
    source = f"neuron {picked.source} of " if picked.layer > 1 else f"number {picked.source} of "
    return (
        f"The weight ${parameter(picked)}$ leads from {source}{layer_words(network, picked.layer - 1)} to neuron "
        f"{picked.to} of {layer_words(network, picked.layer)}. If it changes a little, the weighted sum "
        f"${names[0]}$ changes; if that changes, so does ${names[1]}$; and if that changes, so does $L$. The chain "
        "rule multiplies the three:"
    )


def _first(calculation: Calculation, picked: Weight) -> str:
    if picked.layer == calculation.last:
        return "How the error changes with the output, as found in the chapter before:"
    return (
        "How the error changes with this activation. It reaches the error through every neuron of the next layer, so "
        "all these paths add up (more on this with the back-propagation to this layer):"
    )


def _third(calculation: Calculation, picked: Weight) -> str:
    z, a = of_neuron("z", picked.layer, picked.to), activation(calculation.network, picked.layer - 1, picked.source)
    return (
        f"How the weighted sum changes with the weight. In ${z}$ the weight appears once, as the factor of ${a}$; "
        "everything else in the sum does not depend on it:"
    )


def _check(calculation: Calculation, picked: Weight) -> tuple[Block, ...]:
    old = picked.of([layer.W for layer in calculation.network.layers])
    h = NUDGE * max(1.0, abs(old))
    try:
        after, before = (_loss_with(calculation, picked, old + move) for move in (h, -h))
    except InvalidExperiment:
        return ()
    name = parameter(picked)
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
    W[picked.to - 1, picked.source - 1] = number
    layers[picked.layer - 1] = replace(layers[picked.layer - 1], W=W)
    moved = Network(layers, calculation.network.loss)
    return backward(moved, forward(moved, calculation.experiment.x), calculation.experiment.y).loss
