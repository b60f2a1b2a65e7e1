"""What happens in the picture at each kind of step: which neurons are looked at, what travels where, what appears.

One function an op; all numbers come from the step itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine import Step
from engine.notation import compact
from pages.figures.geometry import Edge, Point
from pages.figures.network import Numbers
from pages.figures.theme import Palette, Theme


@dataclass(frozen=True)
class Pulse:
    """A contribution on its way from one place to another."""

    start: Point
    end: Point
    amount: float


@dataclass(frozen=True)
class Motion:
    """One step's part in the picture. Neurons are (layer, index), layer 0 the input, index from 0."""

    focus: tuple[tuple[int, int], ...]
    palette: Palette
    pulses: tuple[Pulse, ...] = ()
    lit: tuple[tuple[Edge, float], ...] = ()
    column: float = 0.0


def motion(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    """Return what happens in the picture at a step."""
    return MOTIONS[step.op](step, numbers, theme)


def indices(step: Step, numbers: Numbers) -> Sequence[int]:
    """Return the neurons that a step is about, counted from 0 within their layer."""
    size = numbers.geometry.sizes[step.layer]
    return range(size) if step.neuron is None else (step.neuron - 1,)


def incoming(step: Step, numbers: Numbers) -> list[Edge]:
    """Return the edges into the neurons of a step, in the order of the rows of W."""
    return [Edge(step.layer, to, source) for to in indices(step, numbers)
            for source in range(numbers.geometry.sizes[step.layer - 1])]  # fmt: skip


def outgoing(step: Step, numbers: Numbers) -> list[Edge]:
    """Return the edges out of the neurons of a step, in the order of the columns of the next layer's W."""
    return [Edge(step.layer + 1, to, source) for source in indices(step, numbers)
            for to in range(numbers.geometry.sizes[step.layer + 1])]  # fmt: skip


def label(edge: Edge, lit: float, palette: Palette) -> tuple[str, str]:
    """Return the number to stand on an edge, and its colour."""
    return compact(lit), palette.ink(lit)


def _focus(step: Step, numbers: Numbers) -> tuple[tuple[int, int], ...]:
    return tuple((step.layer, index) for index in indices(step, numbers))


def _weighted_sum(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    W, a, _ = step.operands
    products = np.atleast_2d(W) * a
    return _along(step, numbers, theme.value, incoming(step, numbers), np.ravel(W), np.ravel(products), back=False)


def _summed_gradient(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    columns, delta = step.operands
    products = np.atleast_2d(columns) * delta
    edges = outgoing(step, numbers)
    return _along(step, numbers, theme.gradient, edges, np.ravel(columns), np.ravel(products), back=True)


def _weight_gradient(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    gradients = np.ravel(step.value)
    return _along(step, numbers, theme.gradient, incoming(step, numbers), gradients, gradients, back=True)


def _along(
    step: Step, numbers: Numbers, palette: Palette, edges: list[Edge], lit: np.ndarray, amounts: np.ndarray, back: bool
) -> Motion:
    place = numbers.geometry.neuron
    ends = [(place(edge.layer - 1, edge.source), place(edge.layer, edge.to)) for edge in edges]
    pulses = tuple(
        Pulse(*(pair[::-1] if back else pair), float(amount)) for pair, amount in zip(ends, amounts, strict=True)
    )
    shown = tuple((edge, float(value)) for edge, value in zip(edges, lit, strict=True))
    return Motion(_focus(step, numbers), palette, pulses, shown, step.layer - (0.5 if not back else 0.0))


def _still(palette_of: Callable[[Theme], Palette]) -> Callable[[Step, Numbers, Theme], Motion]:
    return lambda step, numbers, theme: Motion(_focus(step, numbers), palette_of(theme), column=step.layer)


def _loss(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    geometry = numbers.geometry
    pulses = tuple(
        Pulse(geometry.neuron(geometry.last, index), geometry.loss, float(out))
        for index, out in enumerate(numbers.forward.output)
    )
    return Motion((), theme.value, pulses, column=geometry.loss[0])


def _from_loss(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    geometry = numbers.geometry
    pulses = tuple(
        Pulse(geometry.loss, geometry.neuron(geometry.last, index), float(amount))
        for index, amount in zip(indices(step, numbers), np.atleast_1d(step.value), strict=True)
    )
    return Motion(_focus(step, numbers), theme.gradient, pulses, column=geometry.last)


def _weight_update(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    shown = tuple(
        (edge, float(value)) for edge, value in zip(incoming(step, numbers), np.ravel(step.value), strict=True)
    )
    return Motion((), theme.value, (), shown, step.layer - 0.5)


def _bias_update(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    return Motion((), theme.value, column=step.layer)


_VALUE = _still(lambda theme: theme.value)
_GRADIENT = _still(lambda theme: theme.gradient)

MOTIONS: dict[str, Callable[[Step, Numbers, Theme], Motion]] = {
    "weighted_sum": _weighted_sum,
    "activation": _VALUE,
    "loss": _loss,
    "joint_loss": _loss,
    "loss_gradient": _from_loss,
    "summed_gradient": _summed_gradient,
    "delta": _GRADIENT,
    "joint_delta": _from_loss,
    "weight_gradient": _weight_gradient,
    "bias_gradient": _GRADIENT,
    "weight_update": _weight_update,
    "bias_update": _bias_update,
}
