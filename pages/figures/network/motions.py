"""What happens in the picture at each kind of step: which neurons are looked at, what travels where, what appears.

One function an op; all numbers come from the step itself.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine import Step
from engine.arrays import Array
from pages.figures.network.geometry import Edge, Point
from pages.figures.network.picture import Numbers
from pages.figures.theme import Palette, Theme


@dataclass(frozen=True)
class Pulse:
    """A contribution on its way from one place to another."""

    start: Point
    end: Point
    amount: float


@dataclass(frozen=True)
class Motion:
    """One step's part in the picture. Neurons are (layer, index), layer 0 the input, index from 0.

    The edges lit have the colour, in `palette`, of the number beside them; `written` are the numbers to stand on them,
    which on the way of a gradient are weights still: `ink` is their palette.
    """

    focus: tuple[tuple[int, int], ...]
    palette: Palette
    pulses: tuple[Pulse, ...] = ()
    lit: tuple[tuple[Edge, float], ...] = ()
    written: tuple[float, ...] = ()
    ink: Palette | None = None
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


def _focus(step: Step, numbers: Numbers) -> tuple[tuple[int, int], ...]:
    return tuple((step.layer, index) for index in indices(step, numbers))


def _weighted_sum(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    W, a, _ = step.operands
    products = np.atleast_2d(W) * a
    forward = [Pulse(*ends, amount) for ends, amount in _routes(step, numbers, incoming, products)]
    lit = _lit(incoming(step, numbers), W)
    return Motion(_focus(step, numbers), theme.value, tuple(forward), lit, _values(W), theme.value, step.layer - 0.5)


def _summed_gradient(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    columns, delta = step.operands
    products = np.atleast_2d(columns) * delta
    back = [Pulse(end, start, amount) for (start, end), amount in _routes(step, numbers, outgoing, products)]
    lit = _lit(outgoing(step, numbers), products)
    return Motion(_focus(step, numbers), theme.gradient, tuple(back), lit, _values(columns), theme.value, step.layer)


def _weight_gradient(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    gradients = step.value
    back = [Pulse(end, start, amount) for (start, end), amount in _routes(step, numbers, incoming, gradients)]
    lit, written = _lit(incoming(step, numbers), gradients), _values(gradients)
    return Motion(_focus(step, numbers), theme.gradient, tuple(back), lit, written, theme.gradient, step.layer)


def _routes(
    step: Step, numbers: Numbers, edges: Callable[[Step, Numbers], list[Edge]], amounts: Array
) -> list[tuple[tuple[Point, Point], float]]:
    """Both ends of each edge of a step, and the amount that travels along it."""
    place = numbers.geometry.neuron
    ends = [(place(edge.layer - 1, edge.source), place(edge.layer, edge.to)) for edge in edges(step, numbers)]
    return list(zip(ends, _values(amounts), strict=True))


def _lit(edges: list[Edge], amounts: Array) -> tuple[tuple[Edge, float], ...]:
    return tuple(zip(edges, _values(amounts), strict=True))


def _values(amounts: Array) -> tuple[float, ...]:
    return tuple(np.ravel(amounts).tolist())


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
    return Motion((), theme.value, lit=_lit(incoming(step, numbers), step.value), column=step.layer - 0.5)


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
