"""The derivative with respect to one weight: the chain rule with its three factors, and a check by moving it."""

from dataclasses import replace

import numpy as np

from engine.arrays import checked_afterwards
from engine.backprop.passes import backward, forward
from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Prose
from engine.derivation.steps import Calculation, first_two, product, remark, rule, third
from engine.derivation.words import layer_words
from engine.errors import InvalidExperiment
from engine.formulas.symbols import activation, gradient, of_neuron, parameter, value
from engine.gradcheck.check import check_gradients
from engine.network.model import Network
from engine.network.parameters import index_of
from engine.network.places import Weight

# how far the weight is moved for the check, at least
NUDGE = 1e-4
# relative: what differs by more is seen to differ
AGREEING = 1e-3
_COARSE = (
    "The two numbers differ here because this check is coarse: its step may carry a neuron over a kink, be too long "
    "for so curved a loss, or change the loss too little for 64-bit numbers."
)


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
        Prose("**All three together**, and the first two as the delta of the neuron that the weight leads to."),
        *remark(calculation, picked),
        Formula(product(calculation, picked)),
        Prose(
            "The first two factors do not depend on where the weight begins. This makes backpropagation fast: "
            "$\\delta$ is computed once for each neuron and used for all weights that lead to it."
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
        f"{picked.to} of {layer_words(network, picked.layer)}. It acts on $L$ only through the weighted sum "
        f"${names[0]}${_what_follows(calculation, picked, names)}"
    )


def _what_follows(calculation: Calculation, picked: Weight, names: tuple[str, str]) -> str:
    if calculation.record(picked.layer).elementwise:
        return (
            f", which acts on the activation ${names[1]}$, which acts on $L$. How much each of them changes with the "
            "one before is a factor, and the chain rule multiplies the three:"
        )
    every = activation(calculation.network, picked.layer, "i")
    return (
        f". The {calculation.record(picked.layer).title} makes every activation ${every}$ of the layer depend on it, "
        "and $L$ depends on each of them. The chain rule multiplies along each of these ways and adds them up:"
    )


def _first(calculation: Calculation, picked: Weight) -> str:
    alone = calculation.record(picked.layer).elementwise
    if picked.layer == calculation.last:
        return f"How the loss changes with {'the output' if alone else 'each output'}, as found in the chapter before:"
    which, acts = ("this activation", "It acts") if alone else ("each activation of the layer", "Each acts")
    following = calculation.network.sizes[picked.layer + 1]
    through = (
        "the neuron of the next layer" if following == 1 else "the neurons of the next layer, and the paths add up"
    )
    return (
        f"How the loss changes with {which}. {acts} on the loss only through {through} (the chapter on backpropagation "
        "to this layer explains this):"
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
    name, quotient = parameter(picked), (after - before) / (2.0 * h)
    return (
        Prose("**Check.** Move the weight slightly up and down, recompute the network, and compare $L$:"),
        Formula(
            rf"\frac{{L({name} + h) - L({name} - h)}}{{2h}} = {gradient(quotient)}"
            rf"\quad\text{{with}}\quad h = {value(h)}"
        ),
        *_differing(calculation, picked, quotient),
    )


def _differing(calculation: Calculation, picked: Weight, quotient: float) -> tuple[Block, ...]:
    """Return what to say where the derivative and the quotient of the check may differ, or do."""
    experiment = calculation.experiment
    place = np.array([index_of(experiment.network, picked)])
    [checked] = check_gradients(experiment.network, experiment.x, experiment.y, chosen=place)
    derived = picked.of(calculation.backward.dW)
    if checked.judged and np.isclose(derived, quotient, rtol=AGREEING, atol=0.0):
        return ()
    if checked.judged:
        return (Prose(_COARSE),)
    return (
        Prose(
            "This weight moves a neuron over a kink of its activation function, where the loss may have no derivative. "
            "Backpropagation takes the slope of one side, the check gives about the mean of both. So the two numbers "
            "may differ, and neither is wrong."
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
