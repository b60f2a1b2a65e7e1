"""When a typed number is the one that is meant: to four significant digits, the last one forgiven."""

import numpy as np

from engine.arrays import Array, Flags

DIGITS = 4
# half a unit for rounding, and one that is forgiven; a little more, as 1.5 has no exact half of its own
FORGIVEN = 1.5 * (1 + 1e-6)
# so many units apart, nothing is taken for something else
APART = 12.0
# and so many units apart, a value that is typed with four digits can be told from another
TOLD = 2.6
# a number that comes out as 0 has no digits of its own
NOUGHT = 5e-7
# what cancels comes out as so much, though by hand it is 0
NOISE = 1e-15


def unit(value: Array, beside: Array | None = None) -> Array:
    """Return one in the last of the digits that are asked for.

    A 0 has none: where the right answer `beside` it is a tiny number, a far smaller one is told from 0.
    """
    largest = 0.0 if beside is None else float(np.abs(beside).max())
    nought = max(NOUGHT * (min(largest, 1.0) or 1.0), NOISE)
    size = np.abs(value)
    has_digits = size > nought
    return np.where(has_digits, 10.0 ** (np.floor(np.log10(np.where(has_digits, size, 1.0))) - DIGITS + 1), nought)


@np.errstate(over="ignore", invalid="ignore")
def hits(typed: Array, value: Array, beside: Array | None = None) -> Flags:
    """Return where typed numbers are the values to the digits asked for; both are of the same shape."""
    return np.asarray(np.abs(typed - value) <= FORGIVEN * unit(value, beside))


def same(typed: Array, value: Array, beside: Array | None = None) -> bool:
    """Return whether all typed numbers are the values, and as many; `beside` as in `unit`."""
    return typed.shape == value.shape and bool(hits(typed, value, beside).all())


def far(one: Array, other: Array, units: float = APART, beside: Array | None = None) -> bool:
    """Return whether two values are so many units apart, so that they cannot be taken for each other."""
    if one.shape != other.shape:
        return True
    size = np.maximum(np.abs(one), np.abs(other))
    return bool((np.abs(one - other) > units * unit(size, size if beside is None else beside)).any())
