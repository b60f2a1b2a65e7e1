"""The first chapter: what the network consists of, what its symbols mean, and the numbers it starts from."""

from collections.abc import Iterable

from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Picture, Prose, formulas
from engine.derivation.steps import Calculation
from engine.derivation.symbols import table_of_symbols
from engine.derivation.words import count, layer_title, layer_words, listed
from engine.formulas.symbols import array, value
from engine.network.losses import LOSSES


def architecture(calculation: Calculation, others: Iterable[Chapter] = ()) -> Chapter:
    """Return the chapter on the network's architecture; its table has the symbols of the other chapters too."""
    numbers = (
        *(Formula(_parameters(calculation, layer)) for layer in range(1, calculation.last + 1)),
        Formula(_example(calculation)),
    )
    shown = (*numbers, *(block for chapter in others for block in chapter.blocks))
    blocks: tuple[Block, ...] = (
        Prose(_overview(calculation)),
        Picture(),
        Prose(calculation.notation.words, own_notation=True),
        table_of_symbols(calculation, formulas(shown)),
        Prose(_sizes(calculation)),
        Prose("These are the numbers that the calculation starts from:"),
        *numbers,
    )
    return Chapter(anchor="architecture", title="Network architecture", blocks=blocks, links=links.ARCHITECTURE)


def _overview(calculation: Calculation) -> str:
    network, sizes = calculation.network, calculation.network.sizes
    layers = [
        f"{layer_words(network, layer)} has {count(sizes[layer], 'neuron')} with the {own.title} function"
        for layer, own in ((number, calculation.record(number)) for number in range(1, calculation.last + 1))
    ]
    return (
        f"The network takes {count(sizes[0], 'number')}; {listed(layers)}. Every neuron is connected with every neuron "
        f"of the layer before it. The prediction $\\hat{{y}}$ is compared with the target $y$ by the "
        f"{LOSSES[network.loss].title} loss $L$. Forward, the numbers of one example flow from left to right. "
        "Backward, from right to left, we ask how much $L$ would change with each parameter."
    )


def _sizes(calculation: Calculation) -> str:
    weights, parameters = calculation.network.weight_count, calculation.network.parameter_count
    return (
        f"Altogether it has {count(weights, 'weight')} and {count(parameters - weights, 'bias', 'biases')}: "
        f"{count(parameters, 'parameter')}. {_learning(calculation)}"
    )


def _learning(calculation: Calculation) -> str:
    if calculation.experiment.update_biases:
        return "These are the numbers that learning can change."
    return "In this experiment learning changes the weights only; the biases are kept."


def _parameters(calculation: Calculation, layer: int) -> str:
    own, extent = calculation.network.layers[layer - 1], calculation.extent
    W = extent.layout.weights(own.W)
    return (
        rf"W^{{({layer})}} = {array(W, extent)}, \quad b^{{({layer})}} = {array(own.b, extent)}"
        rf"\quad\text{{({layer_title(calculation.network, layer)})}}"
    )


def _example(calculation: Calculation) -> str:
    experiment, extent = calculation.experiment, calculation.extent
    rate = value(experiment.learning_rate)
    return rf"x = {array(experiment.x, extent)}, \quad y = {array(experiment.y, extent)}, \quad \eta = {rate}"
