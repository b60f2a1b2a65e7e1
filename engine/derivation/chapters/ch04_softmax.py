"""The softmax derivative explained: both cases, and the whole Jacobian in symbols and in this network's numbers."""

import numpy as np

from engine.derivation import links
from engine.derivation.blocks import Aside, Block, Chapter, Formula, Prose
from engine.derivation.chapters.ch03_activation_slopes import reasoning
from engine.derivation.proofs import SLOPES
from engine.derivation.steps import Calculation, jacobian
from engine.derivation.words import layer_words
from engine.formulas.symbols import activation, array
from engine.network.activations import ACTIVATIONS
from engine.reasons import LONE_SOFTMAX

TITLE = "The softmax derivative explained"
# for a network whose output is a single neuron
EXAMPLE = np.array([1.0, 2.0, 3.0])


def softmax_chapter(calculation: Calculation) -> Chapter:
    """Return the chapter on the softmax; where no layer uses one, it is an aside with the output's z put in."""
    layers = [number for number, layer in enumerate(calculation.network.layers, 1) if layer.activation == "softmax"]
    if not layers:
        why = "No layer of this network uses a softmax; its derivative is shown for reference."
        aside = Aside("How a softmax is differentiated", (*_theory(), *_example(calculation)))
        return Chapter(anchor="softmax", title=TITLE, blocks=(Prose(why), aside), links=links.SOFTMAX)
    numbers = [block for layer in layers for block in _of_layer(calculation, layer)]
    return Chapter(anchor="softmax", title=TITLE, blocks=(*_theory(), *numbers), links=links.SOFTMAX)


def _theory() -> list[Block]:
    record, slope = ACTIVATIONS["softmax"], SLOPES["softmax"]
    blocks: list[Block] = [
        Prose(
            "A softmax turns any numbers into positive numbers that sum to 1: take the exponential of each, then "
            "divide by the sum of all."
        ),
        Formula(r"a_i = \frac{e^{z_i}}{\sum_k e^{z_k}}"),
        Prose(
            "Every $z_j$ appears in the denominator, so every activation depends on every $z$. There is one derivative "
            "for each pair $i, j$, and there are two cases."
        ),
    ]
    for case in slope.cases:
        blocks += [Prose(f"**{case.name}.**"), reasoning(case, record)]
    return [
        *blocks,
        Prose("With $[i = j]$ for 1 where $i = j$ and 0 elsewhere, both cases are one formula:"),
        Formula(r"J_{ij} = \frac{\partial a_i}{\partial z_j} = a_i\,([i = j] - a_j)"),
        Prose(slope.remark),
    ]


def _of_layer(calculation: Calculation, layer: int) -> list[Block]:
    own, z = calculation.network.layers[layer - 1], calculation.forward.z[layer - 1]
    a = activation(calculation.network, layer)
    J = ACTIVATIONS[own.activation].jacobian(z, own.parameter)
    return [
        Prose(
            f"All of them together are the Jacobian, here that of {layer_words(calculation.network, layer)}. Row $i$, "
            f"column $j$ says how much ${activation(calculation.network, layer, 'i')}$ changes with $z_j$."
        ),
        Formula(rf"J = \frac{{\partial {a}}}{{\partial z^{{({layer})}}}} = {calculation.sheet.jacobian(layer)}"),
        Formula(f"J = {array(J, calculation.extent)}"),
        Prose(
            "The diagonal holds the slopes of the first case; all other entries belong to the second case. Each row "
            "and each column sums to 0: what one neuron gains, the others lose."
            if own.n_out > 1
            else LONE_SOFTMAX
        ),
    ]


def _example(calculation: Calculation) -> list[Block]:
    z = calculation.forward.z[-1]
    source = f"With the $z^{{({calculation.last})}}$ of this network's output put in"
    if len(z) < 2:
        z, source = EXAMPLE, "With three numbers as an example"
    softmax, extent = ACTIVATIONS["softmax"], calculation.extent
    return [
        Prose(f"{source}, activations and Jacobian would be:"),
        Formula(rf"z = {array(z, extent)}, \quad a = {array(softmax.f(z), extent)}"),
        Formula(f"J = {jacobian([f'a_{{{j}}}' for j in range(1, len(z) + 1)], extent)}"),
        Formula(f"J = {array(softmax.jacobian(z), extent)}"),
    ]
