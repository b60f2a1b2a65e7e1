"""Forward propagation, one chapter a layer: the weighted sums, the activations, and what to notice about them."""

import numpy as np

from engine.arrays import Flags
from engine.derivation import links
from engine.derivation.blocks import Block, Chapter, Prose
from engine.derivation.steps import Calculation
from engine.derivation.words import count, layer_title, layer_words, listed
from engine.formulas.lines import apart
from engine.formulas.numbers import percent


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
    if layer == 1:
        return _of_the_input(calculation)
    source = f"the activations $a^{{({layer - 1})}}$ of {layer_words(calculation.network, layer - 1)}"
    if layer > 2:
        return f"The input is now {source}. The same two steps follow once more."
    return f"The input is now {source}. The same two steps follow, with this layer's weights and biases."


def _of_the_input(calculation: Calculation) -> str:
    inputs, neurons = calculation.network.sizes[:2]
    takes = f"{'The' if neurons == 1 else 'Each'} neuron of {layer_words(calculation.network, 1)} takes"
    if inputs == 1:
        return f"{takes} the one number of the input, multiplies it by its connection's weight and adds its own bias."
    return (
        f"{takes} the {count(inputs, 'number')} of the input, multiplies each by its connection's weight, adds the "
        "products and its own bias."
    )


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
    record, z = calculation.record(layer), calculation.forward.z[layer - 1]
    own = calculation.network.layers[layer - 1].parameter
    kinked = record.at_kink(z, own)
    flat = (record.df(z, own) == 0) & ~kinked
    exactly = record.flat(z, own)
    remarks = (
        _silent(calculation, layer, flat & exactly, "the function has slope 0"),
        _silent(calculation, layer, flat & ~exactly, "the slope is too small for a 64-bit number"),
        _kinked(kinked),
    )
    return " ".join(remark for remark in remarks if remark)


def _silent(calculation: Calculation, layer: int, flat: Flags, why: str) -> str:
    if not flat.any():
        return ""
    here = f"{_who(flat)}: here {why}."
    if layer == calculation.last and calculation.joint:
        return f"{here} The way back from this output goes through the loss and the function together, all the same."
    return f"{here} On the way back, no gradient passes through {_them(flat)}."


def _kinked(kinked: Flags) -> str:
    if not kinked.any():
        return ""
    return (
        f"{_who(kinked)}: here the function has a kink and no derivative. Backpropagation takes the slope of one side, "
        "and all that follows is computed with it. Where a weighted sum crosses the kink, the loss may change in "
        "another way than the gradients say."
    )


def _who(which: Flags) -> str:
    numbers = [f"{j + 1}" for j in np.flatnonzero(which)]
    return f"{'Neuron' if len(numbers) == 1 else 'Neurons'} {listed(numbers)}"


def _them(which: Flags) -> str:
    return "this neuron" if which.sum() == 1 else "these neurons"


def _shares(calculation: Calculation, layer: int) -> str:
    a = calculation.forward.a[layer]
    if len(a) == 1:
        return "A softmax of one neuron has nothing to share with: its activation is always 1."
    most = np.isclose(a, a.max(), rtol=1e-9, atol=0)
    # what is not all of 1 is not written as 1
    largest, share = int(a.argmax()) + 1, f"${apart(float(a.max()), 1.0)}$, or {percent(a.max(), 1)}"
    text = "None is negative, and they sum to 1, so they can be read as probabilities."
    if most.all():
        return f"{text} All are equal: {share} each.{_wanted(calculation, layer, 0)}"
    if most.sum() > 1:
        return f"{text} {_who(most)} have the largest: {share} each.{_wanted(calculation, layer, 0)}"
    return f"{text} The largest is that of neuron {largest}: {share}.{_wanted(calculation, layer, largest)}"


def _wanted(calculation: Calculation, layer: int, largest: int) -> str:
    """Return what there is to say of a target that is one neuron, when one neuron, or with 0 none, has most."""
    a, y = calculation.forward.a[layer], calculation.experiment.y
    if layer < calculation.last or sorted(y.tolist()) != [0.0] * (len(y) - 1) + [1.0]:
        return ""
    wanted = int(y.argmax()) + 1
    if wanted == largest:
        return " That is also the target."
    only = "only " if largest else ""
    return f" The target is neuron {wanted}, to which the network gives {only}{percent(a[wanted - 1], 1)}."
