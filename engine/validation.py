"""Checks at the border of the engine: whatever comes in leaves as a finite, read-only float64 array or a number."""

import math
from itertools import chain
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment


def counted(number: int, thing: str, things: str = "") -> str:
    """Return "1 row" or "1,200 rows"; `things` is the plural where it is not regular."""
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"


def finite_array(value: Any, name: str, ndim: int) -> Array:
    """Return `value` as a finite array of `ndim` dimensions, a read-only copy; else raise InvalidExperiment."""
    array = _numbers(value, name)
    if array.ndim != ndim or 0 in array.shape:
        wanted = {1: "a list of numbers", 2: "a table of numbers, all rows of the same length"}[ndim]
        raise InvalidExperiment(f"{name} must be {wanted}; the shape given is {array.shape}.")
    _require_finite(array, name)
    if _is_frozen(array):
        return array
    # adding 0.0 copies and turns -0.0 into 0.0, so that equal numbers are equal bytes
    frozen = np.ascontiguousarray(array.astype(np.float64) + 0.0)
    frozen.setflags(write=False)
    return frozen


def _is_frozen(array: Array) -> bool:
    """Return whether an array is one that was checked before: whoever changes one layer keeps the others' arrays."""
    flags = array.flags
    if flags.writeable or not flags.owndata or not flags.c_contiguous or array.dtype != np.float64:
        return False
    return not bool((np.signbit(array) & (array == 0)).any())


def finite_number(value: Any, name: str) -> float:
    """Return `value` as a finite float; raise InvalidExperiment naming `name`."""
    if isinstance(value, bool | np.bool_) or not isinstance(value, int | float | np.number):
        raise InvalidExperiment(f"{name} must be a number; {_short(value)} was given.")
    try:
        number = float(value)
    except (OverflowError, TypeError, ValueError) as error:
        raise InvalidExperiment(f"{name} must be a number that fits in 64 bits.") from error
    if not math.isfinite(number):
        raise InvalidExperiment(f"{name} must be a finite number; {number} was given.")
    return number


def not_negative(value: Any, name: str) -> float:
    """Return `value` as a finite float from 0; raise InvalidExperiment naming `name`."""
    number = finite_number(value, name)
    if number < 0:
        raise InvalidExperiment(f"{name} must not be negative; {number:g} was given.")
    return number


def whole_number(value: Any, name: str, low: int) -> int:
    """Return `value` as an int from `low`; raise InvalidExperiment naming `name`."""
    number = finite_number(value, name)
    if number != int(number) or number < low:
        raise InvalidExperiment(f"{name} must be a whole number from {low}; {number:g} was given.")
    return int(number)


def flag(value: Any, name: str) -> bool:
    """Return `value` as a bool; raise InvalidExperiment naming `name` for anything but true or false."""
    if not isinstance(value, bool | np.bool_):
        raise InvalidExperiment(f"{name} must be true or false; {_short(value)} was given.")
    return bool(value)


def require_shape(array: Array, shape: tuple[int, ...], name: str, because: str) -> None:
    """Raise InvalidExperiment unless `array` has `shape`; `because` says where that shape comes from."""
    if array.shape != shape:
        raise InvalidExperiment(f"{name} must have the shape {shape}, because {because}; it has {array.shape}.")


def examples(value: Any, name: str, width: int, because: str) -> Array:
    """Return one example (width,) or a batch (batch, width) as float64 without copying; raise InvalidExperiment."""
    array = _numbers(value, name)
    if array.ndim not in (1, 2) or 0 in array.shape or array.shape[-1] != width:
        raise InvalidExperiment(
            f"{name} must have the shape ({width},) or (batch, {width}), because {because}; it has {array.shape}."
        )
    _require_finite(array, name)
    return array.astype(np.float64, copy=False)


def _numbers(value: Any, name: str) -> Array:
    if _holds_booleans(value):
        raise InvalidExperiment(f"{name} must hold numbers, not true or false.")
    try:
        array = np.asarray(value)
    except (ValueError, TypeError, OverflowError) as error:
        raise InvalidExperiment(f"{name} must hold numbers in rows of the same length.") from error
    if array.dtype.kind not in "iuf":
        raise InvalidExperiment(f"{name} must hold numbers only; {_short(value)} was given.")
    return array


def _holds_booleans(value: Any) -> bool:
    # NumPy would silently turn [True, 0.5] into numbers; an array made of booleans has a dtype of its own.
    # What is nested deeper than a table is refused for its shape: following it could exhaust the stack.
    rows = value if isinstance(value, list | tuple) else [value]
    tables = [row for row in rows if isinstance(row, list | tuple)]
    return not {bool, np.bool_}.isdisjoint({*map(type, rows), *map(type, chain.from_iterable(tables))})


def _require_finite(array: Array, name: str) -> None:
    finite = np.isfinite(array)
    if finite.all():
        return
    place = tuple(int(index) for index in np.argwhere(~finite)[0])
    words = ("position {}", "row {}, column {}")[array.ndim - 1].format(*(index + 1 for index in place))
    raise InvalidExperiment(f"{name} must hold finite numbers; {words} is {array[place]}.")


def _short(value: Any) -> str:
    if value is None:
        return "nothing"
    words = repr(value) if isinstance(value, str | int | float | bool) else type(value).__name__
    return words if len(words) <= 40 else words[:39] + "…"
