"""Numeric gradients: every parameter's difference quotient of the loss, with an estimate of its own error.

`measure` takes one scheme and step for all; `resolve` looks for the step that suits each parameter.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, Flags, Indices, checked_afterwards
from engine.backprop.passes import BackwardPass, ForwardPass, example_losses
from engine.gradcheck.perturbation import Perturbation, Shifts
from engine.gradcheck.schemes import SCHEMES, Scheme
from engine.network.model import Network
from engine.network.parameters import parts
from engine.network.reductions import REDUCTIONS

EPSILON = float(np.finfo(np.float64).eps)
# Steps of the weighted sum that a parameter moves, relative to its size: the first suits most; larger ones help
# against rounding, smaller ones against curvature and kinks.
FIRST, LARGER, SMALLER = 1e-3, (1e-2, 1e-1), (1e-4, 1e-5, 1e-6, 1e-7)
# relative accuracy at which no other step is tried
GOOD = 1e-9
# the fourth-order quotient with steps h, 2h and 4h, from one set of losses
_OFFSETS = np.array([-8.0, -4.0, -2.0, -1.0, 1.0, 2.0, 4.0, 8.0])
_STEPS = ((1, [2, 3, 4, 5]), (2, [1, 2, 5, 6]), (4, [0, 1, 6, 7]))
_FOURTH_ORDER = SCHEMES["fourth_order"]


@dataclass(frozen=True)
class Numeric:
    """Numeric derivatives, all of shape (parameters,) in the order of engine.network.parameters.

    uncertainty: a bound on how far rounding, and with `resolve` truncation, may have moved the value.
    crosses_kink: whether a neuron's z passed a kink of its activation, so that there is no derivative to compare with.
    """

    value: Array
    uncertainty: Array
    h: Array
    crosses_kink: Flags

    def take(self, which: Flags | Indices) -> "Numeric":
        """Return those of some parameters."""
        return Numeric(*(values[which] for values in vars(self).values()))

    def times(self, factor: float) -> "Numeric":
        """Return the derivatives of so many times the loss."""
        return Numeric(self.value * factor, self.uncertainty * factor, self.h, self.crosses_kink)

    def put(self, where: Indices, others: "Numeric") -> "Numeric":
        """Return these with others at the places `where`."""
        changed = {name: values.copy() for name, values in vars(self).items()}
        for name, values in changed.items():
            values[where] = getattr(others, name)
        return Numeric(**changed)

    @property
    def poor(self) -> Flags:
        """Where another step should be tried."""
        return self.crosses_kink | (self.uncertainty > GOOD * np.abs(self.value))


def measure(
    network: Network, forward_pass: ForwardPass, y: Array, noise: float, scheme: Scheme, h: Array, chosen: Indices
) -> Numeric:
    """Return the quotients of `scheme` for the chosen parameters (ascending), each with all of the steps h (k,).

    All arrays are of shape (parameters · k,), the steps of one parameter after another. `noise` is the rounding error
    of a loss.
    """

    def layer(perturbation: Perturbation, rows: Indices, columns: Indices) -> Numeric:
        steps = np.tile(h, len(rows))
        shifts = Shifts(np.repeat(rows, len(h)), np.repeat(columns, len(h)), np.multiply.outer(steps, scheme.offsets))
        losses, crossed = perturbation.losses(shifts)
        return Numeric(scheme.derivative(losses, steps), noise * scheme.amplification / steps, steps, crossed)

    return _for_all_layers(network, forward_pass, y, layer, chosen)


def resolve(network: Network, forward_pass: ForwardPass, y: Array, noise: float, chosen: Indices) -> Numeric:
    """Return fourth-order quotients of the chosen parameters, each with the step whose estimated error is smallest."""

    def layer(perturbation: Perturbation, rows: Indices, columns: Indices) -> Numeric:
        return _Resolver(perturbation, rows, columns, noise).best()

    return _for_all_layers(network, forward_pass, y, layer, chosen)


def over_mean(y: Array, reduction: str) -> float:
    """Return how many times the mean loss, which quotients are of, the loss over a batch is."""
    examples = len(np.atleast_2d(y))
    return examples / REDUCTIONS[reduction].divisor(examples)


@checked_afterwards
def loss_noise(network: Network, forward_pass: ForwardPass, backward_pass: BackwardPass, y: Array) -> float:
    """Return a bound on the rounding error of the mean loss: what each z may be off by, times what that does to it."""
    layers = zip(network.layers, forward_pass.a, backward_pass.delta, strict=False)
    sums = sum(
        float((np.abs(delta) * (np.abs(a) @ np.abs(layer.W).T + np.abs(layer.b))).sum()) for layer, a, delta in layers
    )
    size = float(np.abs(example_losses(network, forward_pass, y)).mean())
    if network.joint_form:
        # a logarithm of a sum of exponentials is off by an epsilon even where it is close to 0
        return 4 * EPSILON * (max(size, 1.0) + sums)
    return 4 * EPSILON * (size + float((np.abs(backward_pass.da[-1] * forward_pass.output)).sum()) + sums)


LayerGradient = Callable[[Perturbation, Indices, Indices], Numeric]


@checked_afterwards
def _for_all_layers(
    network: Network, forward_pass: ForwardPass, y: Array, gradient: LayerGradient, chosen: Indices
) -> Numeric:
    found = []
    for index, (layer, part) in enumerate(zip(network.layers, parts(network), strict=True)):
        rows, columns = np.divmod(chosen[(chosen >= part.start) & (chosen < part.stop)] - part.start, layer.n_in + 1)
        if len(rows):
            found.append(gradient(Perturbation(network, forward_pass, y, index), rows, columns))
    return Numeric(*(np.concatenate(values) for values in zip(*(vars(part).values() for part in found), strict=True)))


class _Resolver:
    """Finds a good step for each parameter of one layer."""

    def __init__(self, perturbation: Perturbation, rows: Indices, columns: Indices, noise: float) -> None:
        self.perturbation, self.rows, self.columns, self.noise = perturbation, rows, columns, noise
        # A step of 1 moves z by at most `reach`, and z is linear in it: so z, not w, sets the scale. Of a large z only
        # the root is taken: half-way between what rounding asks for and a curve that bends within a unit.
        reach = np.abs(perturbation.factors).max(axis=0)[columns]
        size = np.sqrt(np.maximum(1.0, np.abs(perturbation.base[0]).max(axis=0)[rows]))
        self.unit = np.where(reach > 0, size / np.maximum(reach, 1e-200), 1.0)

    def best(self) -> Numeric:
        """Return the best quotient found for each parameter."""
        everywhere = np.arange(len(self.rows))
        found, rounding = self._quotient(everywhere, FIRST)
        # where rounding is what spoils the first quotient a larger step is better, elsewhere a smaller one
        larger = (2 * rounding > found.uncertainty) & ~found.crosses_kink
        for where, steps in ((larger, LARGER), (~larger, SMALLER)):
            found = self._improved(found, everywhere[where & found.poor], steps)
        return found

    def _improved(self, found: Numeric, where: Indices, steps: tuple[float, ...]) -> Numeric:
        for step in steps:
            if not len(where):
                break
            new, _ = self._quotient(where, step)
            old = found.take(where)
            better = old.crosses_kink | (~new.crosses_kink & (new.uncertainty < old.uncertainty))
            found = found.put(where[better], new.take(better))
            where = where[found.take(where).poor]
        return found

    def _quotient(self, where: Indices, step: float) -> tuple[Numeric, Array]:
        """Return the fourth-order quotients of some parameters, and the part of the uncertainty that is rounding."""
        h = step * self.unit[where]
        shifts = Shifts(self.rows[where], self.columns[where], np.multiply.outer(h, _OFFSETS))
        losses, crossed = self.perturbation.losses(shifts)
        value, twice, four_times = (_FOURTH_ORDER.derivative(losses[:, part], times * h) for times, part in _STEPS)
        # at the bottom of a valley the loss itself is exact, and a step away it is not
        noise = np.maximum(self.noise, 4 * EPSILON * np.abs(losses).max(axis=-1))
        rounding = noise * _FOURTH_ORDER.amplification / h
        # Twice the step makes the truncation error 16 times as large, so either difference is a careful bound; both,
        # because one may be small by chance where the step is far too large.
        uncertainty = np.maximum(np.abs(twice - value), np.abs(four_times - value)) + rounding
        return Numeric(value, np.where(np.isfinite(uncertainty), uncertainty, np.inf), h, crossed), rounding
