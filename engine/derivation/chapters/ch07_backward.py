"""The gradients and the update, one chapter a layer, from the output to the first hidden layer."""

from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Prose
from engine.derivation.steps import Calculation
from engine.derivation.words import count, layer_title, layer_words
from engine.formulas.symbols import value
from engine.reasons import LONE_SOFTMAX


def output_update(calculation: Calculation) -> Chapter:
    """Return the chapter on the gradients of the output layer's weights and their update."""
    layer = calculation.last
    blocks: tuple[Block, ...] = (
        Prose(
            f"Now the same for all weights of {layer_words(calculation.network, layer)} at once: the "
            f"{_outer(calculation)} give a matrix of the shape of $W$, with one gradient for each weight."
        ),
        *_gradients(calculation, layer),
        Prose(
            "The gradient points to where $L$ grows fastest, so the weights take a step the other way: the gradient "
            f"times the learning rate $\\eta = {value(calculation.experiment.learning_rate)}$.{_no_step(calculation)}"
        ),
        *_updates(calculation, layer),
        *((Prose(_put_aside(calculation)),) if layer > 1 else ()),
    )
    title = f"Updating the {layer_title(calculation.network, layer)}'s weights"
    return Chapter(anchor="update", title=title, blocks=blocks, links=links.UPDATE)


def backward_chapter(calculation: Calculation, layer: int) -> Chapter:
    """Return the chapter on back-propagation to a hidden layer, its gradients and its update."""
    blocks: tuple[Block, ...] = (
        Prose(_paths(calculation, layer)),
        calculation.working("summed_gradient", layer, "The sum over the paths"),
        Prose(_through(calculation, layer)),
        calculation.working("delta", layer, "The delta"),
        Prose("With the deltas known, gradients and update are the same as before:"),
        *_gradients(calculation, layer),
        *_updates(calculation, layer),
    )
    title = f"Backpropagation to {layer_title(calculation.network, layer)}"
    return Chapter(
        anchor=f"backward-{layer}",
        title=title,
        blocks=blocks,
        links=links.BACKWARD if layer == calculation.last - 1 else (),
    )


def _gradients(calculation: Calculation, layer: int) -> tuple[Block, ...]:
    return (
        calculation.working(
            "weight_gradient", layer, "The gradients of the weights", explain=layer == calculation.last
        ),
        calculation.working("bias_gradient", layer, "The gradients of the biases", explain=layer == calculation.last),
    )


def _updates(calculation: Calculation, layer: int) -> tuple[Block, ...]:
    weights = calculation.working("weight_update", layer, "The new weights")
    if calculation.happens("bias_update", layer):
        return weights, calculation.working("bias_update", layer, "The new biases")
    return weights, Prose("In this experiment the biases are not updated; their gradients are only shown.")


def _no_step(calculation: Calculation) -> str:
    if calculation.experiment.learning_rate == 0:
        return " A rate of 0 makes the step 0, so nothing changes."
    return "" if calculation.backward.dW[-1].any() else " Here all these gradients are 0, so these weights stay."


def _put_aside(calculation: Calculation) -> str:
    return (
        "The new weights are not used yet. Everything that follows is computed with the *old* ones: the gradients say "
        "how the loss changes at the present weights, not at the new ones."
    )


def _paths(calculation: Calculation, layer: int) -> str:
    network = calculation.network
    following = layer_words(network, layer + 1)
    if layer < calculation.last - 1:
        return (
            f"The same once more, one layer further back: the deltas of {following} go back along the weights "
            f"$W^{{({layer + 1})}}$, and each neuron of {layer_words(network, layer)} adds up what arrives."
        )
    paths = count(network.sizes[layer + 1], "neuron")
    text = (
        f"An activation $a_i^{{({layer})}}$ of {layer_words(network, layer)} has no target of its own. It affects the "
        f"loss only through the neurons it feeds, the {paths} of {following}"
    )
    if network.sizes[layer + 1] == 1:
        return f"{text}: the delta there, times the weight that leads to it."
    return (
        f"{text}. Along each of these paths its effect is the weight times the delta at the end, and as they all act "
        f"at the same time, the effects add up. {_gathered(calculation, layer)}"
    )


def _outer(calculation: Calculation) -> str:
    if calculation.extent.layout.inputs_first:
        return "activations as a column times the deltas as a row"
    return "deltas as a column times the activations as a row"


def _gathered(calculation: Calculation, layer: int) -> str:
    layout = calculation.extent.layout
    into, out = ("column $j$", "row $i$") if layout.inputs_first else ("row $j$", "column $i$")
    # rows times a matrix that has a row for each neuron take its transpose on the way there
    hence = "the transpose" if layout.rows == layout.inputs_first else "the transpose there, and none here"
    return (
        f"Forward, {into} of $W^{{({layer + 1})}}$ gathers what flows into a neuron; backward, {out} gathers what "
        f"flows out of one: hence {hence}."
    )


def _through(calculation: Calculation, layer: int) -> str:
    record = calculation.record(layer)
    if record.elementwise:
        return f"Next, multiply by the slope of the {record.title} function at this neuron's $z$."
    if calculation.network.sizes[layer] == 1:
        return f"Next, multiply by the Jacobian of the {record.title}: of one neuron it is 0. {LONE_SOFTMAX}"
    return f"Next, multiply by the whole Jacobian of the {record.title}, since each $z_j$ moves all activations."
