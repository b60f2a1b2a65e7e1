"""Right, but rounded too early: found by rounding the numbers on the way as a learner does, and following them."""

from collections.abc import Callable, Iterator

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Change, followed
from engine.practice.question import Question
from engine.practice.tolerance import DIGITS, same

Rounder = Callable[[Array], Array]
# what is rounded on the way stays about so near, as a part of the largest number; what does not is something else
NEAR = 0.5


@np.errstate(divide="ignore", invalid="ignore", over="ignore")
def significant(values: Array, digits: int) -> Array:
    """Return values rounded to so many significant digits."""
    size = np.abs(values)
    exponent = np.floor(np.log10(np.where(size > 0, size, 1.0)))
    scale = 10.0 ** (digits - 1 - exponent)
    return np.where(size > 0, np.round(values * scale) / scale, 0.0)


def _to_digits(digits: int) -> Rounder:
    return lambda values: significant(values, digits)


def _to_decimals(decimals: int) -> Rounder:
    return lambda values: np.round(values, decimals)


# nobody rounds the numbers of a larger network by hand, and each way is a whole pass
MOST_PARAMETERS = 20_000
# from the finest to the coarsest
ROUNDERS: tuple[tuple[str, Rounder], ...] = (
    ("4 significant digits", _to_digits(4)),
    ("4 decimals", _to_decimals(4)),
    ("3 significant digits", _to_digits(3)),
    ("3 decimals", _to_decimals(3)),
    ("2 significant digits", _to_digits(2)),
    ("2 decimals", _to_decimals(2)),
    ("1 decimal", _to_decimals(1)),
)


def rounded(question: Question, typed: Array) -> str | None:
    """Return what is said of an answer that is right but for numbers that were rounded on the way; else None."""
    value = question.value
    if question.asked is None or typed.shape != value.shape:
        return None
    for name, rounder in ROUNDERS:
        if _equal(typed, rounder(value)) and _near(typed, value):
            return f"Right to {name}, but rounded too early: {DIGITS} significant digits are asked for."
    if question.problem.network.parameter_count > MOST_PARAMETERS:
        return None
    for name, rounder in ROUNDERS:
        if any(
            _near(typed, way) and _near(way, value) and _reached(typed, way, rounder)
            for way in _ways(question, rounder)
        ):
            return f"Right, but rounded too early: this comes out with {name} on the way, so keep more digits."
    return None


# all numbers on the way, the layers' outputs alone, or those of one kind
_ROUNDED = (None, ("a", "delta"), ("z", "a"), ("a",), ("delta",), ("z",), ("da",), ("dw", "db"))


def _ways(question: Question, rounder: Rounder) -> Iterator[Array]:
    """The answer with all numbers on the way rounded, and with the layers' outputs alone."""
    assert question.asked is not None
    for kinds in _ROUNDED:
        yield question.asked.of(followed(question.problem, _rounding(question, rounder, kinds)))


def _rounding(question: Question, rounder: Rounder, kinds: tuple[str, ...] | None) -> Change:
    asked = question.asked
    assert asked is not None

    def change(kind: str, layer: int, numbers: Array) -> Array:
        if (kind, layer) == (asked.kind, asked.layer) or (kinds is not None and kind not in kinds):
            return numbers
        return rounder(numbers)

    return change


def _reached(typed: Array, way: Array, rounder: Rounder) -> bool:
    return same(typed, way, way) or _equal(typed, rounder(way))


def _equal(typed: Array, value: Array) -> bool:
    return bool(np.allclose(typed, value, rtol=1e-9, atol=1e-12))


def _near(typed: Array, value: Array) -> bool:
    return bool((np.abs(typed - value) <= NEAR * np.abs(value).max()).all())
