"""Forward propagation, one chapter a layer: the weighted sums, the activations, and what to notice about them."""

import numpy as np

from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Prose
from engine.derivation.steps import Calculation
from engine.derivation.words import count, layer_title, layer_words, listed
from engine.formulas.numbers import percent
from engine.formulas.symbols import value
from engine.network.losses import adds_up_to_one


def forward_chapter(calculation: Calculation, layer: int) -> Chapter:
    """Return the chapter on forward propagation through a layer counted from 1."""
    remark = _remark(calculation, layer)
    blocks: tuple[Block, ...] = (
        Prose(_introduction(calculation, layer)),
        calculation.working("weighted_sum", layer, "The weighted sums", explain=layer == 1),
        Prose(_function(calculation, layer)),
        calculation.working("activation", layer, "The activations", explain=layer == 1),
        *((Prose(remark),) if remark else ()),
    )
    title = f"Forward propagation: {layer_title(calculation.network, layer)}"
    return Chapter(anchor=f"forward-{layer}", title=title, blocks=blocks, links=links.FORWARD if layer == 1 else ())


def _introduction(calculation: Calculation, layer: int) -> str:
    inputs = count(calculation.network.sizes[layer - 1], "number")
    if layer == 1:
        return (
            f"Each neuron of {layer_words(calculation.network, 1)} takes the {inputs} of the input, multiplies each by "
            "its connection's weight, adds the products and its own bias."
        )
    source = f"the activations $a^{{({layer - 1})}}$ of {layer_words(calculation.network, layer - 1)}"
    if layer > 2:
        return f"The input is now {source}. The same two steps follow once more."
    return f"The input is now {source}. The same two steps follow, with this layer's weights and biases."


def _function(calculation: Calculation, layer: int) -> str:
    record = calculation.record(layer)
    if any(earlier.activation == record.name for earlier in calculation.network.layers[: layer - 1]):
        return f"The activation function is **{record.title}** again."
    what = f"The activation function of this layer is **{record.title}**. {_does(calculation, layer)}"
    if record.elementwise:
        return what
    return f"{what} It is not a function of a single $z$: each activation depends on the whole layer."


def _does(calculation: Calculation, layer: int) -> str:
    record = calculation.record(layer)
    return record.hidden if record.hidden and layer < calculation.last else record.remark


def _remark(calculation: Calculation, layer: int) -> str:
    if not calculation.record(layer).elementwise:
        return _shares(calculation, layer)
    slopes = calculation.record(layer).df(
        calculation.forward.z[layer - 1], calculation.network.layers[layer - 1].parameter
    )
    silent = [f"{j + 1}" for j in np.flatnonzero(slopes == 0)]
    if not silent:
        return ""
    who = "Neuron" if len(silent) == 1 else "Neurons"
    return (
        f"{who} {listed(silent)}: here the function has slope 0. On the way back, no gradient passes through "
        f"{'this neuron' if len(silent) == 1 else 'these neurons'}."
    )


def _shares(calculation: Calculation, layer: int) -> str:
    a = calculation.forward.a[layer]
    largest = int(a.argmax()) + 1
    text = (
        "The activations are positive and sum to 1, so they can be read as probabilities. The largest is that of "
        f"neuron {largest}: ${value(a[largest - 1])}$, or {percent(a[largest - 1], 1)}."
    )
    y = calculation.experiment.y
    if layer < calculation.last or y.max() != 1.0 or not adds_up_to_one(y):
        return text
    wanted = int(y.argmax()) + 1
    if wanted == largest:
        return f"{text} That is also the target."
    return f"{text} The target is neuron {wanted}, to which the network gives only {percent(a[wanted - 1], 1)}."
