"""Fits a network to a data set: as many inputs and outputs as the data have, and an output that can reach the targets.

Everything that fits stays as it is; what changes is said in words, so that it can be shown before it is done.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from engine.data import Dataset
from engine.formulas.numbers import text
from engine.network.activations import ACTIVATIONS
from engine.network.initializers import INITIALIZERS
from engine.network.losses import LOSSES
from engine.network.model import Layer, Network
from engine.validation import counted

# Output activation and loss by the number of target columns: one yes or no, one of several classes; numbers
_BINARY = ("sigmoid", "binary_cross_entropy")
_CLASSES = ("softmax", "cross_entropy")
_NUMBERS = ("identity", "half_squared_error")


@dataclass(frozen=True)
class Adaptation:
    """A network that fits the data, and what about it is new, one sentence a change."""

    network: Network
    changes: tuple[str, ...]


def adapt(network: Network, data: Dataset, rng: np.random.Generator, initializer: str = "xavier") -> Adaptation:
    """Return `network` fitted to `data`; layers whose shape changes get new weights and zero biases."""
    n_in, n_out = data.x.shape[1], _outputs(network, data)
    activation, loss = _output(network, data, n_out)
    wanted = [layer.n_out for layer in network.layers[:-1]] + [n_out]
    layers, before = [], n_in
    for layer, n in zip(network.layers, wanted, strict=True):
        layers.append(layer if layer.W.shape == (n, before) else _drawn(layer, n, before, rng, initializer))
        before = n
    if layers[-1].activation != activation:
        layers[-1] = Layer(layers[-1].W, layers[-1].b, activation)
    fitted = Network(layers, loss)
    return Adaptation(fitted, tuple(_changes(network, fitted, INITIALIZERS[initializer].title)))


def unreachable(network: Network, data: Dataset) -> str:
    """Return which targets of the data the output activation of the network cannot reach, in words; else nothing."""
    output = network.layers[-1]
    record, (low, high) = ACTIVATIONS[output.activation], _limits(output)
    if not record.elementwise or (low <= data.y.min() and data.y.max() <= high):
        return ""
    if data.kind == "classification":
        return f"The targets are 0 and 1; the output activation, {record.title}, {_range(low, high)}."
    least, most = float(data.own_y.min()), float(data.own_y.max())
    own = f"{data.outputs[0]} goes from {text(least)} to {text(most)}"
    if data.y_scaling:
        own += f", for the network from {text(float(data.y.min()))} to {text(float(data.y.max()))}"
    return f"The target {own}; the output activation, {record.title}, {_range(low, high)}."


def _limits(output: Layer) -> tuple[float, float]:
    return ACTIVATIONS[output.activation].limits(output.parameter)


def _range(low: float, high: float) -> str:
    if math.isfinite(low) and math.isfinite(high):
        return f"only gives numbers from {text(low)} to {text(high)}"
    return f"gives no number below {text(low)}" if math.isfinite(low) else f"gives no number above {text(high)}"


def suited(data: Dataset, hidden: Sequence[int], rng: np.random.Generator) -> Network:
    """Return a fresh network for `data` with hidden layers of these sizes: tanh, Xavier weights, the usual output."""
    n_out = data.y.shape[1]
    activation, loss = _usual(data, n_out)
    sizes = (data.x.shape[1], *hidden, n_out)
    activations = [*("tanh" for _ in hidden), activation]
    draw = INITIALIZERS["xavier"].draw
    return Network(
        [Layer(draw(rng, m, n, 1.0), np.zeros(m), f) for (n, m), f in zip(pairwise(sizes), activations, strict=True)],
        loss,
    )


def drawn(network: Network, rng: np.random.Generator, initializer: str, scale: float = 1.0) -> Network:
    """Return `network` with all weights drawn anew and all biases zero."""
    layers = [_drawn(layer, layer.n_out, layer.n_in, rng, initializer, scale) for layer in network.layers]
    return Network(layers, network.loss)


def _drawn(
    layer: Layer, n_out: int, n_in: int, rng: np.random.Generator, initializer: str, scale: float = 1.0
) -> Layer:
    return replace(layer, W=INITIALIZERS[initializer].draw(rng, n_out, n_in, scale), b=np.zeros(n_out))


def _outputs(network: Network, data: Dataset) -> int:
    """Return the number of outputs: two outputs for two classes are as good as one."""
    present = network.sizes[-1]
    return present if data.kind == "classification" and present == len(data.outputs) else data.y.shape[1]


def _output(network: Network, data: Dataset, n_out: int) -> tuple[str, str]:
    """Return output activation and loss: the network's own if they can serve these targets, else the usual ones."""
    output, loss = network.layers[-1].activation, LOSSES[network.loss]
    y, (low, high) = data.targets_for(n_out), _limits(network.layers[-1])
    reachable = bool(low <= y.min() and y.max() <= high)
    several = loss.allows(output, n_out)
    serves = not loss.only_joint if data.kind == "regression" else several and not _always_the_same(output, n_out)
    return (output, network.loss) if reachable and serves else _usual(data, n_out)


def _usual(data: Dataset, n_out: int) -> tuple[str, str]:
    if data.kind == "regression":
        return _NUMBERS
    return _BINARY if n_out == 1 else _CLASSES


def _always_the_same(activation: str, n_out: int) -> bool:
    # a function of the whole layer that sums to 1 leaves a single output no choice
    return n_out == 1 and not ACTIVATIONS[activation].elementwise


def _changes(old: Network, new: Network, initializer: str) -> Iterator[str]:
    for what, index in (("input", 0), ("output", -1)):
        if old.sizes[index] != new.sizes[index]:
            yield f"{old.sizes[index]} → {counted(new.sizes[index], what)}"
    pairs = enumerate(zip(old.layers, new.layers, strict=True), start=1)
    anew = [number for number, (before, after) in pairs if before.W.shape != after.W.shape]
    if anew:
        layers = " and ".join(f"layer {number}" for number in anew)
        yield f"new weights ({initializer}) and zero biases in {layers}"
    if old.layers[-1].activation != new.layers[-1].activation:
        titles = (ACTIVATIONS[network.layers[-1].activation].title for network in (old, new))
        yield f"output activation {' → '.join(titles)}"
    if old.loss != new.loss:
        yield f"loss {LOSSES[old.loss].title} → {LOSSES[new.loss].title}"
