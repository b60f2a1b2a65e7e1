"""The verdict on one pasted number or table: as far as its digits go, by what follows from others, by its slip."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Problem, Worked, followed
from engine.gradcheck.mistakes import SLIPS
from engine.practice.own import taking
from engine.practice.pasted import meanings
from engine.practice.pasted.cells import Entry
from engine.practice.quantity import Quantity
from engine.practice.question import TOGETHER, told
from engine.practice.tolerance import DIGITS, same

RIGHT, ROUNDED, CONSISTENT, SLIP, WRONG, MISFIT, GIVEN = (
    "right", "rounded", "consistent", "slip", "wrong", "misfit", "given",
)  # fmt: skip
# fewer digits in common say nothing
LEAST_DIGITS = 2
# a number of so many digits was rounded by itself
ENOUGH = 3
TRANSPOSED = "transposed"


# its kind, its slip, and one sentence
Said = tuple[str, str | None, str]


@dataclass(frozen=True, eq=False, kw_only=True)
class Judge:
    """Who judges one of them: `units` are what one in the last digit is that each number was written to.

    explains: whether the slip is looked for that gives what is wrong.
    """

    asked: Quantity
    right: Worked
    ours: Array
    own: Mapping[Quantity, Array]
    units: Array
    explains: bool = True

    def misfit(self, entry: Entry, ours: Array) -> Said:
        """Return what is said of one that cannot be compared with ours."""
        if entry.cut:
            return MISFIT, None, "Numbers were left out of the printing (…), so it cannot be compared."
        if ours.ndim == 2 and entry.values.shape == ours.T.shape:
            turned = replace(self, units=written_to(entry).T)
            if turned._like(entry.values.T, ours):
                return SLIP, TRANSPOSED, _sentence(TRANSPOSED)
        return MISFIT, None, f"It has the shape {_shape(entry.values)}; in this network it is {_shape(ours)}."

    def verdict(self, theirs: Array, ours: Array) -> Said:
        """Return what is said of one that is of the shape of ours."""
        if not np.isfinite(theirs).all():
            return WRONG, None, "It holds a number that is not finite (nan or inf)."
        if self.asked.kind in (meanings.GIVEN_W, meanings.GIVEN_B):
            return self._given(theirs, ours)
        return (
            self._right(theirs, ours)
            or self._by_own(theirs)
            or self._by_slip(theirs, ours)
            or self._by_digits(theirs, ours)
        )

    def _right(self, theirs: Array, ours: Array) -> Said | None:
        if same(theirs, ours, ours):
            return RIGHT, None, "Right."
        if self.asked.kind in ("da", "delta") and self._like(theirs, ours * self.right.problem.share):
            return RIGHT, None, "Right, with the 1 / number of examples of the mean in it."
        if self._as_written(theirs, ours) and self._written_digits(ours):
            return ROUNDED, None, f"Right as far as it is written, to {_counted(self._written_digits(ours))}."
        return None

    def _like(self, theirs: Array, value: Array) -> bool:
        """Whether they are the value, as far as their digits go, which must say something."""
        return same(theirs, value, self.asked.of(self.right)) or (
            self._as_written(theirs, value) and self._written_digits(value) >= LEAST_DIGITS
        )

    def _as_written(self, theirs: Array, value: Array) -> bool:
        return theirs.shape == value.shape and bool((np.abs(theirs - value) <= 0.51 * self.units).all())

    def _written_digits(self, value: Array) -> int:
        largest, coarse = float(np.abs(value).max()), float(self.units.max())
        if not coarse or not largest:
            return 0
        return max(0, int(_places(largest, coarse)))

    def _given(self, theirs: Array, ours: Array) -> Said:
        if same(theirs, ours, ours):
            return GIVEN, None, "As in the network."
        new = replace(self.asked, kind="new_w" if self.asked.kind == meanings.GIVEN_W else "new_b")
        if same(theirs, new.of(self.right)):
            return RIGHT, None, "Right: after the learning step."
        if ours.ndim == 2 and same(theirs.T, ours):
            return SLIP, TRANSPOSED, _sentence(TRANSPOSED)
        return WRONG, None, "These are not the numbers of this network, neither before nor after the learning step."

    def _by_own(self, theirs: Array) -> Said | None:
        if not self.own:
            return None
        worked = followed(self.right.problem, taking(self.own))
        follows = self.asked.of(worked)
        if np.isfinite(follows).all() and (self._like(theirs, follows) or _digits(theirs, follows) >= DIGITS - 1):
            first = next(iter(self.own)).name(self.right.problem)
            return CONSISTENT, None, f"Consistent with your {first}, which is off: right from there on."
        return None

    def _by_slip(self, theirs: Array, ours: Array) -> Said | None:
        slips = told(self.asked, self.right) if self.explains else {}
        for name, value in slips.items():
            if self._like(theirs, value):
                return SLIP, name, _sentence(*name.split(TOGETHER))
        if ours.ndim == 2 and ours.shape[0] == ours.shape[1] and self._like(theirs, ours.T):
            return SLIP, TRANSPOSED, _sentence(TRANSPOSED)
        return self._by_factor(theirs, ours)

    def _by_factor(self, theirs: Array, ours: Array) -> Said | None:
        if not ours.any():
            return None
        for factor, name, message in _factors(self.right.problem):
            if factor != 1 and self._like(theirs, ours * factor):
                return SLIP, name, message
        return None

    def _by_digits(self, theirs: Array, ours: Array) -> Said:
        digits = _digits(theirs, ours)
        if digits >= LEAST_DIGITS:
            return ROUNDED, None, f"Right to {_counted(digits)}."
        return WRONG, None, "Not right, and no slip that is known gives it."


def written_to(entry: Entry) -> Array:
    """Return one in the last digit to which each number was written, of the shape of the numbers.

    A program leaves out zeros at the end, so that 0.4 beside 0.4612 is written to as many places; who rounds by hand
    to three digits or more writes 12.3 beside 0.0123.
    """
    size, own = np.abs(entry.values), entry.units
    known = (size > 0) & (own > 0)
    digits = _places(np.where(known, size, 1.0), np.where(known, own, 1.0))
    return np.where(known & (digits >= ENOUGH), own, own.min())


def _places(size: Array | float, unit: Array | float) -> Array:
    """How many digits numbers of a size have, down to a unit."""
    return np.asarray(np.floor(np.log10(size)) - np.floor(np.log10(unit) + 1e-9) + 1)


def _factors(problem: Problem) -> tuple[tuple[float, str, str], ...]:
    """What numbers are off by as a whole: the factor, its slip, and what is said."""
    examples, outputs = problem.examples, problem.y.shape[1]
    return (
        (-1.0, "sign", "The sign is turned around."),
        (2.0, "factor_two", "It is twice ours: a factor 2 too many, or a ½ that is missing."),
        (0.5, "factor_half", "It is half of ours: a factor ½ too many, or a 2 that is missing."),
        (float(outputs), "sum_for_mean", f"It is {outputs} times ours: a sum over the outputs instead of a mean."),
        (1 / outputs, "mean_for_sum", f"It is ours / {outputs}: a mean over the outputs instead of a sum."),
        (float(examples), "sum_for_mean", f"It is {examples} times ours: a sum over the examples, not their mean."),
        (1 / examples, "mean_for_sum", f"It is ours / {examples}: a mean over the examples, not their sum."),
    )


def _sentence(*slips: str) -> str:
    return f"That is what comes out when {', or '.join(SLIPS[slip].said for slip in slips)}."


def _digits(theirs: Array, ours: Array) -> int:
    """How many significant digits all numbers have in common, the last one as it rounds."""
    scale = np.maximum(np.abs(ours), np.abs(ours).max() * 1e-3)
    off = float((np.abs(theirs - ours) / np.where(scale > 0, scale, 1.0)).max())
    return 16 if off == 0 else max(0, int(np.floor(-np.log10(2 * min(off, 1e10)))))


def _counted(digits: int) -> str:
    return f"{digits} digit{'s' if digits != 1 else ''}"


def _shape(values: Array) -> str:
    return " × ".join(map(str, values.shape)) or "one number"
