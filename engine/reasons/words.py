"""The words that all reasons are made of: names of neurons, numbers, and which way something pushes."""

import numpy as np

from engine.arrays import Array
from engine.backprop.learning_step import Computed
from engine.formulas import plain
from engine.formulas.numbers import digits_between, text
from engine.network.activations import ACTIVATIONS
from engine.network.places import Neuron

# as many as the formula beside it has
DIGITS = 4


def number(value: float) -> str:
    """Return a number as it stands in a sentence."""
    return text(value, DIGITS)


def every(count: int) -> str:
    """Return all of so many things, as one speaks: both, all 3."""
    return "both" if count == 2 else f"all {count}"


def signed(value: float) -> str:
    """Return a number with its sign, of an effect."""
    return text(value, DIGITS, signed=True)


def activation(known: Computed, layer: int, neuron: int) -> str:
    """Return x₃, a₂ or ŷ₁; with the layer where there is more than one of hidden neurons."""
    last = len(known.experiment.network.layers)
    write = plain.activation if last > 2 else plain.short_activation
    return write(Neuron(layer, neuron), last)


def z(known: Computed, layer: int, neuron: int) -> str:
    """Return z⁽¹⁾₂, the weighted sum of a neuron."""
    return plain.of_neuron("z", Neuron(layer, neuron))


def pushed(known: Computed, layer: int, neuron: int) -> str:
    """Return what of a neuron is said to be too high or too low: z, or the output where that is seen of it too.

    It is where the output rises with its z, and stands on the side of its target from which the loss pulls it.
    """
    own = known.experiment.network.layers[layer - 1]
    if layer < len(known.experiment.network.layers):
        return z(known, layer, neuron)
    all_z: Array = known.step.forward.z[layer - 1]
    beyond = known.step.forward.output[neuron - 1] - known.experiment.y[neuron - 1]
    rises = ACTIVATIONS[own.activation].df(all_z, own.parameter)[neuron - 1] > 0
    seen = rises and np.sign(beyond) == np.sign(known.step.backward.delta[layer - 1][neuron - 1])
    return activation(known, layer, neuron) if seen else z(known, layer, neuron)


def moved(known: Computed, layer: int, neuron: int) -> str:
    """Return what of a neuron moves for certain with what comes in: an output only if no other z moves it too."""
    elementwise = ACTIVATIONS[known.experiment.network.layers[layer - 1].activation].elementwise
    return pushed(known, layer, neuron) if elementwise else z(known, layer, neuron)


def at_kink(known: Computed, layer: int, argument: Array) -> bool:
    """Return whether a z of a layer lies on a kink of its activation."""
    own = known.experiment.network.layers[layer - 1]
    return bool(ACTIVATIONS[own.activation].at_kink(argument, own.parameter).any())


def no_slope(known: Computed, layer: int, argument: Array) -> str:
    """Return in words the slope of a layer's activation at a z where it comes out as 0."""
    own = known.experiment.network.layers[layer - 1]
    exactly = ACTIVATIONS[own.activation].flat(argument, own.parameter).all()
    return "0" if exactly else "too small for a 64-bit number"


def tied(sizes: Array) -> bool:
    """Return whether more than one of some sizes is the largest; what differs in the last bits only is not larger."""
    return bool(np.isclose(sizes, sizes.max(), rtol=1e-9, atol=0).sum() > 1)


def raises(slope: float) -> str:
    """Return what raising something does to the loss that has this slope by it, other than 0."""
    return "raise" if slope > 0 else "lower"


def too(delta: float) -> str:
    """Return how something stands whose raising changes the loss by delta: too high if that raises it."""
    return f"too {'high' if delta > 0 else 'low'} (δ = {signed(delta)})" if delta else "just right (δ = 0)"


def beside_target(output: float, target: float) -> str:
    """Return where an output stands against its target."""
    shown = text(target, digits_between(output, target, DIGITS))
    if output == target:
        return f"exactly its target {shown}"
    return f"{number(abs(output - target))} {'below' if output < target else 'above'} its target {shown}"


def stands(name: str, output: float, target: float) -> str:
    """Return where an output with this name stands, with the digits that tell it from its target."""
    return f"{name} = {text(output, digits_between(output, target, DIGITS))} is {beside_target(output, target)}"
