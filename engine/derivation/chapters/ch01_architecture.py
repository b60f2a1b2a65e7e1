"""The first chapter: what the network consists of, what its symbols mean, and the numbers it starts from."""

from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Formula, Picture, Prose, Table
from engine.derivation.steps import Calculation
from engine.derivation.words import count, layer_title, layer_words, listed
from engine.formulas.symbols import array, value
from engine.network.losses import LOSSES


def architecture(calculation: Calculation) -> Chapter:
    """Return the chapter on the network's architecture."""
    blocks: tuple[Block, ...] = (
        Prose(_overview(calculation)),
        Picture(),
        Prose(calculation.notation.words, own_notation=True),
        Table(("symbol", "what it is", "shape"), _symbols(calculation)),
        Prose(_sizes(calculation)),
        Prose("These are the numbers that the calculation starts from:"),
        *(Formula(_parameters(calculation, layer)) for layer in range(1, calculation.last + 1)),
        Formula(_example(calculation)),
    )
    return Chapter(anchor="architecture", title="Network architecture", blocks=blocks, links=links.ARCHITECTURE)


def _overview(calculation: Calculation) -> str:
    network, sizes = calculation.network, calculation.network.sizes
    layers = [
        f"{layer_words(network, layer)} has {count(sizes[layer], 'neuron')} with {calculation.record(layer).title}"
        for layer in range(1, calculation.last + 1)
    ]
    return (
        f"The network takes {count(sizes[0], 'number')}; {listed(layers)}. Every neuron is connected with every neuron "
        f"of the layer before it. The prediction $\\hat{{y}}$ is compared with the target $y$ by the "
        f"{LOSSES[network.loss].title} loss $L$. Forward, the numbers of one example flow from left to right. "
        "Backward, from right to left, we ask how much $L$ would change with each parameter."
    )


def _symbols(calculation: Calculation) -> tuple[tuple[str, ...], ...]:
    network, sizes = calculation.network, calculation.network.sizes
    before = range(1, calculation.last + 1)
    neurons = _each([str(size) for size in sizes[1:]])
    inputs_first = calculation.extent.layout.inputs_first
    shapes = [
        (sizes[layer - 1], sizes[layer]) if inputs_first else (sizes[layer], sizes[layer - 1]) for layer in before
    ]
    weights, line = _each([f"{rows} × {columns}" for rows, columns in shapes]), "column" if inputs_first else "row"
    return (
        ("$x$", "the input", str(sizes[0])),
        ("$W^{(l)}$", f"the weights into layer $l$, a {line} for each of its neurons", weights),
        ("$b^{(l)}$", "its biases", neurons),
        ("$z^{(l)}$", "its weighted sums, before the activation function: pre-activations", neurons),
        ("$a^{(l)} = f(z^{(l)})$", "its activations; those of the last layer are $\\hat{y}$", neurons),
        ("$y$", "the target", str(sizes[-1])),
        ("$L$", f"the loss, {LOSSES[network.loss].title}", "one number"),
        ("$\\delta^{(l)} = \\partial L / \\partial z^{(l)}$", "how $L$ changes with the weighted sums", neurons),
        ("$\\partial L / \\partial W^{(l)}$", "the gradient of the weights: how $L$ changes with each", weights),
        ("$\\eta$", "the learning rate", "one number"),
        ("$\\odot$", "the product of two vectors, element by element", ""),
        ("$\\top$", "transposed: rows become columns", ""),
    )


def _each(shapes: list[str]) -> str:
    return shapes[0] if len(set(shapes)) == 1 else "; ".join(shapes)


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
