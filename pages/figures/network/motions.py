"""What happens in the picture at each kind of step: which neurons are looked at, what travels where, what appears.

One function an op; all numbers come from the step itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine import Step
from engine.arrays import Array, checked_afterwards
from engine.backprop.ops import PICTURED
from engine.network.places import Neuron, Weight
from engine.registry import for_every
from pages.figures.network.edges import HEAD
from pages.figures.network.geometry import Point
from pages.figures.network.picture import LOSS_SIZE, Numbers
from pages.figures.theme import Palette, Theme

# how far apart the examples' gradients begin on their way into one, in parts of an edge, and how many are drawn
APART, MOST_MEETING = 0.5, 600


@dataclass(frozen=True)
class Pulse:
    """A contribution on its way from one place to another."""

    start: Point
    end: Point
    amount: float


@dataclass(frozen=True, kw_only=True)
class Motion:
    """One step's part in the picture.

    The weights lit have the colour, in `palette`, and the width of the number that stands on them. `before` are the
    numbers that an update has changed; `late` is whether the numbers are what the step computes, and come with it.
    """

    focus: tuple[Neuron, ...]
    palette: Palette
    pulses: tuple[Pulse, ...] = ()
    lit: tuple[tuple[Weight, float], ...] = ()
    before: tuple[float, ...] = ()
    late: bool = False
    column: float = 0.0


@checked_afterwards
def motion(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    """Return what happens in the picture at a step."""
    return MOTIONS[step.op](step, numbers, theme)


def neurons(step: Step, numbers: Numbers) -> tuple[Neuron, ...]:
    """Return the neurons that a step is about."""
    return numbers.geometry.layer(step.layer) if step.neuron is None else (Neuron(step.layer, step.neuron),)


def incoming(step: Step, numbers: Numbers) -> list[Weight]:
    """Return the weights into the neurons of a step, in the order of the rows of W."""
    before = numbers.geometry.layer(step.layer - 1)
    return [Weight(step.layer, to.number, source.number) for to in neurons(step, numbers) for source in before]


def outgoing(step: Step, numbers: Numbers) -> list[Weight]:
    """Return the weights out of the neurons of a step, in the order of the columns of the next layer's W."""
    after = numbers.geometry.layer(step.layer + 1)
    return [Weight(step.layer + 1, to.number, source.number) for source in neurons(step, numbers) for to in after]


def _weighted_sum(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    W, a, _ = step.operands
    products = np.atleast_2d(W) * a
    forward = [Pulse(*ends, amount) for ends, amount in _routes(step, numbers, incoming, products)]
    lit = _lit(incoming(step, numbers), W)
    return Motion(
        focus=neurons(step, numbers),
        palette=theme.value,
        pulses=tuple(forward),
        lit=lit,
        column=step.layer - 0.5,
    )


def _summed_gradient(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    columns, delta = step.operands
    products = np.atleast_2d(columns) * delta
    back = [Pulse(end, start, amount) for (start, end), amount in _routes(step, numbers, outgoing, products)]
    lit = _lit(outgoing(step, numbers), products)
    return Motion(
        focus=neurons(step, numbers),
        palette=theme.gradient,
        pulses=tuple(back),
        lit=lit,
        column=step.layer,
    )


def _weight_gradient(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    gradients = step.value
    back = [Pulse(end, start, amount) for (start, end), amount in _routes(step, numbers, incoming, gradients)]
    lit = _lit(incoming(step, numbers), gradients)
    return Motion(
        focus=neurons(step, numbers),
        palette=theme.gradient,
        pulses=tuple(back),
        lit=lit,
        late=True,
        column=step.layer,
    )


def _routes(
    step: Step, numbers: Numbers, edges: Callable[[Step, Numbers], list[Weight]], amounts: Array
) -> list[tuple[tuple[Point, Point], float]]:
    """Both ends of each weight of a step, and the amount that travels along it."""
    ends = [numbers.geometry.ends(edge) for edge in edges(step, numbers)]
    return list(zip(ends, _values(amounts), strict=True))


def _lit(edges: list[Weight], amounts: Array) -> tuple[tuple[Weight, float], ...]:
    return tuple(zip(edges, _values(amounts), strict=True))


def _values(amounts: Array) -> tuple[float, ...]:
    return tuple(np.ravel(amounts).tolist())


def _still(palette_of: Callable[[Theme], Palette]) -> Callable[[Step, Numbers, Theme], Motion]:
    return lambda step, numbers, theme: Motion(
        focus=neurons(step, numbers), palette=palette_of(theme), column=step.layer
    )


def _loss(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    return _to_loss(numbers.forward.output, numbers, theme)


def _new_loss(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    return _to_loss(numbers.again.output, numbers, theme)


def _to_loss(outputs: Array, numbers: Numbers, theme: Theme) -> Motion:
    geometry = numbers.geometry
    pulses = tuple(
        Pulse(geometry.neuron(neuron), geometry.loss, float(out))
        for neuron, out in zip(geometry.layer(geometry.last), outputs, strict=True)
    )
    return Motion(focus=(), palette=theme.value, pulses=pulses, column=geometry.loss[0])


def _from_loss(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    geometry = numbers.geometry
    pulses = tuple(
        Pulse(geometry.loss, geometry.neuron(neuron), float(amount))
        for neuron, amount in zip(neurons(step, numbers), np.atleast_1d(step.value), strict=True)
    )
    return Motion(focus=neurons(step, numbers), palette=theme.gradient, pulses=pulses, column=geometry.last)


def _weight_update(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    return Motion(
        focus=(),
        palette=theme.value,
        lit=_lit(incoming(step, numbers), step.value),
        before=_values(step.operands[0]),
        late=True,
        column=step.layer - 0.5,
    )


def _bias_update(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    return Motion(focus=(), palette=theme.value, column=step.layer)


def _losses_meet(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    """The examples' losses come together in the one loss."""
    x, y = numbers.geometry.loss
    _, losses = step.operands
    around = _spread(len(losses), LOSS_SIZE)
    pulses = tuple(Pulse((x, y + off), (x, y), loss) for off, loss in zip(around, losses.tolist(), strict=True))
    return Motion(focus=(), palette=theme.value, pulses=pulses, column=x)


def _weight_gradients_meet(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    """On every edge the examples' gradients, side by side, become one."""
    edges, (_, each) = incoming(step, numbers), step.operands
    tables = each.reshape(len(each), -1)
    if tables.size > MOST_MEETING:
        tables = step.value.reshape(1, -1)
    shares = [HEAD + share for share in _spread(len(tables), APART)]
    meet = [
        Pulse(numbers.geometry.on(edge, share), numbers.geometry.on(edge, HEAD), amount)
        for index, edge in enumerate(edges)
        for share, amount in zip(shares, tables[:, index].tolist(), strict=True)
    ]
    return Motion(
        focus=neurons(step, numbers),
        palette=theme.gradient,
        pulses=tuple(meet),
        lit=_lit(edges, step.value),
        late=True,
        column=step.layer,
    )


def _bias_gradients_meet(step: Step, numbers: Numbers, theme: Theme) -> Motion:
    """Over every neuron the examples' gradients become one."""
    geometry, (_, each) = numbers.geometry, step.operands
    above = geometry.dimensions.neuron // 2 + (geometry.dimensions.bias or 1)
    meet = []
    for neuron, parts in zip(neurons(step, numbers), each.T.tolist(), strict=True):
        x, y = geometry.neuron(neuron)
        meet += [
            Pulse((x + off, y + above), (x, y + above), part)
            for off, part in zip(_spread(len(parts), 2 * APART), parts, strict=True)
        ]
    return Motion(focus=neurons(step, numbers), palette=theme.gradient, pulses=tuple(meet), column=step.layer)


def _spread(count: int, width: float) -> list[float]:
    """Return so many numbers around 0, evenly over a width."""
    return [width * ((index + 0.5) / count - 0.5) for index in range(count)]


_VALUE = _still(lambda theme: theme.value)
_GRADIENT = _still(lambda theme: theme.gradient)

MOTIONS: Mapping[str, Callable[[Step, Numbers, Theme], Motion]] = for_every(
    PICTURED,
    {
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
        "new_loss": _new_loss,
        "batch_loss": _losses_meet,
        "batch_weight_gradient": _weight_gradients_meet,
        "batch_bias_gradient": _bias_gradients_meet,
        "new_batch_loss": _new_loss,
    },
    __name__,
)
