"""A number as it is written, with the size of its last digit, and numbers under a name."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.formulas import parse_number

# between a table's heading and what stands at the beginning of a row
OF = " of "
NUMBER = r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,4})?"

# values, and what one in the last digit of each is
Read = tuple[Array, Array]


@dataclass(frozen=True, eq=False, kw_only=True)
class Entry:
    """A name as it was written, and what stood behind it; `cut` where numbers were left out of the printing (…).

    units: of each number, one in the last of the digits that were written; 0 where that is not known.
    """

    name: str
    values: Array
    units: Array
    cut: bool = False


def unit(written: str) -> float:
    """Return one in the last digit of a number as it is written."""
    mantissa, _, exponent = written.lower().replace(",", ".").partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** (int(exponent or 0) - decimals)) if abs(int(exponent or 0)) < 300 else 0.0


def read_cell(written: str) -> tuple[float, float]:
    """Return a number and one in its last digit; of what is none, as a program prints it, nan."""
    try:
        return parse_number(written), unit(written)
    except InvalidExperiment:
        # nan and inf are numbers that a program prints
        return float("nan"), 0.0


def as_arrays(nested: list[Any]) -> Read | None:
    """Return nested lists of numbers with their units as two arrays; None where rows are not equally long."""
    try:
        made = np.array(nested, dtype=np.float64)
    except ValueError:
        return None
    if not made.size or made.shape[-1] != 2 or not _of_pairs(nested):
        return None
    return made[..., 0], made[..., 1]


def _of_pairs(nested: Any) -> bool:
    while isinstance(nested, list):
        nested = nested[0]
    return isinstance(nested, tuple)


def is_number(text: str) -> bool:
    """Return whether a text is a number."""
    try:
        parse_number(text)
    except InvalidExperiment:
        return False
    return True
