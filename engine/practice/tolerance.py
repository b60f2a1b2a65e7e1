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


def unit(value: Array) -> Array:
    """Return one in the last of the digits that are asked for."""
    size = np.abs(value)
    floor = np.where(size > 1e-12, size, 1.0)
    return np.where(size > 1e-12, 10.0 ** (np.floor(np.log10(floor)) - DIGITS + 1), NOUGHT)


@np.errstate(over="ignore", invalid="ignore")
def hits(typed: Array, value: Array) -> Flags:
    """Return where typed numbers are the values to the digits asked for; both are of the same shape."""
    return np.asarray(np.abs(typed - value) <= FORGIVEN * unit(value))


def same(typed: Array, value: Array) -> bool:
    """Return whether all typed numbers are the values, and as many."""
    return typed.shape == value.shape and bool(hits(typed, value).all())


def far(one: Array, other: Array, units: float = APART) -> bool:
    """Return whether two values are so many units apart, so that they cannot be taken for each other."""
    if one.shape != other.shape:
        return True
    size = np.maximum(np.abs(one), np.abs(other))
    return bool((np.abs(one - other) > units * unit(size)).any())
