"""A number that somebody published about a preset, and the function that computes ours from the engine.

Where the two differ and the reason is known, `explained` makes the same slip and arrives at the published number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.backprop.learning_step import learning_step
from engine.examples.plain_descent import repeat_step
from engine.network.model import Experiment

Reading = Callable[[Experiment], float]
Readings = Callable[[Experiment], Array]


@dataclass(frozen=True, kw_only=True)
class Published:
    """A number as its source printed it, and how to compute it: `ours(experiment)`, for the preset's experiment.

    `explained(experiment)` makes the source's slip, which `remark` puts into words; a misprint has a remark alone.
    Nothing is computed until called.
    """

    label: str
    latex: str
    printed: str
    ours: Reading
    explained: Reading | None = None
    remark: str = ""

    @property
    def value(self) -> float:
        """The published number."""
        return float(self.printed)

    @property
    def decimals(self) -> int:
        """How many digits the source printed after the decimal point."""
        return len(self.printed.partition(".")[2])

    def agrees(self, number: float) -> bool:
        """Whether `number`, rounded or cut off after as many decimals as were printed, is the published one.

        Digits beyond those of a float64 are not held against either.
        """
        unit, sign = 10.0**-self.decimals, -1.0 if self.value < 0 else 1.0
        if self.value == 0:
            # cut off, it stands for small numbers of either sign
            return abs(number) < unit
        return -max(unit / 2, self._noise) <= sign * (number - self.value) < max(unit, self._noise)

    def truncates(self, number: float) -> bool:
        """Whether the published number is `number` cut off after its decimals, and not rounded."""
        return self.agrees(number) and abs(number - self.value) > max(10.0**-self.decimals / 2, self._noise)

    @property
    def _noise(self) -> float:
        return 2 * float(np.spacing(abs(self.value)))


@dataclass(frozen=True, kw_only=True)
class Variant:
    """One way to compute a quantity that a preset's source computes in another: `compute(experiment)`, an array."""

    label: str
    latex: str
    compute: Readings
    remark: str


def each(
    names: Iterable[tuple[str, str]],
    printed: Iterable[str],
    ours: Readings,
    explained: Readings | None = None,
    remark: str = "",
) -> tuple[Published, ...]:
    """Return a record for each of the numbers that one function computes; `names` are pairs of label and LaTeX."""
    return tuple(
        Published(
            label=label,
            latex=latex,
            printed=text,
            ours=partial(pick, ours, index),
            explained=partial(pick, explained, index) if explained else None,
            remark=remark,
        )
        for index, ((label, latex), text) in enumerate(zip(names, printed, strict=True))
    )


def pick(readings: Readings, index: int, experiment: Experiment) -> float:
    """Return one number of those that `readings(experiment)` computes, counted row by row from 0."""
    return float(readings(experiment).flat[index])


def neurons(label: str, latex: str, count: int) -> tuple[tuple[str, str], ...]:
    """Return the names of a layer's neurons: `label` with the number, and `latex`, in which %d stands for it."""
    return tuple((f"{label}, neuron {number}", latex % number) for number in range(1, count + 1))


def weights(
    label: str, symbol: str, layer: int, numbers: Iterable[object], columns: int
) -> tuple[tuple[str, str], ...]:
    """Return the names of a layer's weights, row by row: `label` with the source's number, and `symbol` with ours."""
    return tuple(
        (label % (number,), f"{symbol}_{{{place // columns + 1}{place % columns + 1}}}^{{({layer})}}")
        for place, number in enumerate(numbers)
    )


def one(label: str, latex: str, printed: str, ours: Reading, **slip: Any) -> tuple[Published, ...]:
    """Return the record of a single number; `slip` is its explanation and its remark."""
    return (Published(label=label, latex=latex, printed=printed, ours=ours, **slip),)


def pre_activations(experiment: Experiment, layer: int) -> Array:
    """Return z of a layer, counted from 1."""
    return learning_step(experiment).forward.z[layer - 1]


def deltas(experiment: Experiment, layer: int) -> Array:
    """Return dL/dz of a layer, counted from 1."""
    return learning_step(experiment).backward.delta[layer - 1]


def errors(experiment: Experiment, layer: int) -> Array:
    """Return −dL/dz of a layer, counted from 1: what older texts call the error of a neuron."""
    return -deltas(experiment, layer)


def updated_biases(experiment: Experiment, layer: int) -> Array:
    """Return b of a layer, counted from 1, after one learning step."""
    return learning_step(experiment).updated.layers[layer - 1].b


def activations(experiment: Experiment, layer: int) -> Array:
    """Return the activations of a layer; 0 is the input, -1 the output."""
    return learning_step(experiment).forward.a[layer]


def loss(experiment: Experiment) -> float:
    """Return the loss of the experiment's example."""
    return learning_step(experiment).backward.loss


def weight_gradients(experiment: Experiment, layer: int) -> Array:
    """Return dL/dW of a layer, counted from 1."""
    return learning_step(experiment).backward.dW[layer - 1]


def updated_weights(experiment: Experiment, layer: int) -> Array:
    """Return W of a layer, counted from 1, after one learning step."""
    return learning_step(experiment).updated.layers[layer - 1].W


def loss_after(experiment: Experiment, steps: int, through_updated_weights: bool = False) -> float:
    """Return the loss after `steps` learning steps."""
    return loss(repeat_step(experiment, steps, through_updated_weights))


def output_after(experiment: Experiment, steps: int, through_updated_weights: bool = False) -> Array:
    """Return the output after `steps` learning steps."""
    return activations(repeat_step(experiment, steps, through_updated_weights), -1)
