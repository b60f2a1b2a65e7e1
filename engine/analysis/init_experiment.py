"""A deep network with fresh weights and many inputs: what its initializer does to activations and gradients.

The experiment of Glorot and Bengio (2010): equal layers without biases, inputs and the gradient that arrives at the
last layer drawn from N(0, 1), and the distributions of what reaches each layer on the way there and back.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.initializers import INITIALIZERS
from engine.network.model import Layer
from engine.validation import finite_number

EXAMPLES = 200
# so many of a layer's numbers, drawn at random, stand for all of them in a picture
SAMPLE = 2000
DEPTHS = (2, 50)
WIDTHS = (1, 512)
Progress = Callable[[float], None]


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What is tried: `depth` layers of `width` neurons, their activation, and how their weights are drawn.

    Raises InvalidExperiment for sizes out of range and unknown names.
    """

    depth: int = 20
    width: int = 64
    activation: str = "tanh"
    initializer: str = "xavier"
    scale: float = 1.0
    seed: int = 0
    parameter: float | None = None

    def __post_init__(self) -> None:
        for name, (low, high) in (("depth", DEPTHS), ("width", WIDTHS)):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
                raise InvalidExperiment(f"The {name} must be a whole number from {low} to {high}; {value!r:.40} given.")
        if finite_number(self.scale, "The scale of the weights") < 0:
            raise InvalidExperiment(f"The scale of the weights must not be negative; {self.scale:g} was given.")
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or self.seed < 0:
            raise InvalidExperiment(f"The seed must be a whole number from 0; {self.seed!r:.40} was given.")
        _ = INITIALIZERS[self.initializer]
        # a layer of one neuron checks the activation's name and its parameter
        Layer(np.zeros((1, 1)), np.zeros(1), self.activation, self.parameter)


@dataclass(frozen=True, eq=False)
class Spread:
    """One layer's numbers over all inputs and neurons: their root mean square, the share of zeros, and a sample."""

    rms: float
    zeros: float
    sample: Array


@dataclass(frozen=True, eq=False, kw_only=True)
class LaboratoryRun:
    """The spreads of activations, deltas (dL/dz) and weight gradients, one a layer, and the share of dead neurons.

    A neuron is dead if its slope is 0 for every input.
    """

    setting: Setting
    activations: tuple[Spread, ...]
    deltas: tuple[Spread, ...]
    weight_gradients: tuple[Spread, ...]
    dead: tuple[float, ...]

    @property
    def growth(self) -> tuple[float, float]:
        """The factors by which activations grow per layer forward, and deltas per layer backward; 0 where they end."""
        steps = self.setting.depth - 1
        forwards = _ratio(self.activations[-1].rms, self.activations[0].rms) ** (1 / steps)
        return forwards, _ratio(self.deltas[0].rms, self.deltas[-1].rms) ** (1 / steps)


@checked_afterwards
def run(setting: Setting, progress: Progress = lambda share: None) -> LaboratoryRun:
    """Return what happens in a network made by `setting`; `progress` is told the share that is done, up to 1.

    Raises InvalidExperiment where activations or gradients leave the range of float64.
    """
    rng = np.random.default_rng(setting.seed)
    # First what is the same for every initializer: the inputs, and the gradient that arrives.
    a, arriving = rng.standard_normal((2, EXAMPLES, setting.width))
    layers: list[_Done] = []
    for index in range(setting.depth):
        W = INITIALIZERS[setting.initializer].draw(rng, setting.width, setting.width, setting.scale)
        layers.append(_Done(W, a, _finite(a @ W.T, index, "activations")))
        a = ACTIVATIONS[setting.activation].f(layers[-1].z, setting.parameter)
        progress((index + 1) / (2 * setting.depth))
    activations = [_spread(layer.a, rng) for layer in layers[1:]] + [_spread(a, rng)]
    backward = [*_backward(setting, layers, arriving, rng, progress)][::-1]
    deltas, weight_gradients, dead = zip(*backward, strict=True)
    return LaboratoryRun(
        setting=setting,
        activations=tuple(activations),
        deltas=deltas,
        weight_gradients=weight_gradients,
        dead=dead,
    )


@dataclass(frozen=True, eq=False)
class _Done:
    """A layer of the forward pass: its weights, the activations that came in, and its weighted sums."""

    W: Array
    a: Array
    z: Array


def _backward(
    setting: Setting, layers: list[_Done], da: Array, rng: np.random.Generator, progress: Progress
) -> Iterator[tuple[Spread, Spread, float]]:
    """Yield deltas, weight gradients and the share of dead neurons from the last layer to the first."""
    record = ACTIVATIONS[setting.activation]
    for index in reversed(range(setting.depth)):
        layer = layers[index]
        if record.elementwise:
            slope = record.df(layer.z, setting.parameter)
            delta, dead = da * slope, float((slope == 0).all(axis=0).mean())
        else:
            delta, dead = record.vjp(layer.z, da, setting.parameter), 0.0
        da = _finite(delta @ layer.W, index, "gradients")
        dW = _finite(delta.T @ layer.a / EXAMPLES, index, "gradients")
        yield _spread(delta, rng), _spread(dW, rng), dead
        progress(1 - index / (2 * setting.depth))


def _spread(values: Array, rng: np.random.Generator) -> Spread:
    largest = float(np.abs(values).max())
    # the largest is divided out first, so that no square overflows
    rms = largest * float(np.sqrt(((values / largest) ** 2).mean())) if largest else 0.0
    some = values.ravel()
    sample = some if some.size <= SAMPLE else some[rng.integers(0, some.size, SAMPLE)]
    return Spread(rms, float((values == 0).mean()), sample)


def _ratio(end: float, start: float) -> float:
    return end / start if start else 0.0


def _finite(values: Array, index: int, what: str) -> Array:
    if np.isfinite(values).all():
        return values
    raise InvalidExperiment(
        f"The {what} explode: in layer {index + 1} they leave the range of 64-bit numbers. "
        "Choose a smaller scale, fewer layers or another initializer."
    )
