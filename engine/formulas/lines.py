"""How equal expressions are set below each other, and numbers so that a small change is still seen."""

import re
from collections.abc import Sequence

import numpy as np

from engine.arrays import Array
from engine.formulas import numbers as notation
from engine.formulas.symbols import SHORT, Extent, Writer, matrix, value, vector

# a line of about so many characters still fits a phone, and half a page
NARROW = 36

_MATRIX = re.compile(r"\\begin\{pmatrix\}(.*?)(?:\\\\.*?)?\\end\{pmatrix\}", re.DOTALL)
_FRACTION = re.compile(r"\\t?frac\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}")
_MARKUP = re.compile(r"\\(?:(?:[VG]|operatorname|text|left|right|begin|end|hat)(?![a-zA-Z])|[,;!])")
# with the spaces around them
_OPERATOR = re.compile(r"\\cdot|\\odot|[+=]")


def chain(left: str, *parts: str) -> str:
    r"""Return left = part = part ..., each part on a line of its own in one aligned block."""
    return rf"\begin{{aligned}}{left} &= " + r"\\[4pt] &= ".join(part for part in parts if part) + r"\end{aligned}"


def packed(left: str, *parts: str, notes: Sequence[str] = ()) -> str:
    """Return the same with as many parts on a line as fit a phone, and below them notes on one of the numbers."""
    lines: list[str] = []
    for part in (part for part in parts if part):
        together = f"{lines[-1]} = {part}" if lines else part
        if lines and width(left if len(lines) == 1 else "") + width(together) <= NARROW:
            lines[-1] = together
        else:
            lines.append(part)
    below = "".join(rf",\\[4pt] &\text{{with}}\; {note}" for note in notes)
    return chain(left, *lines).replace(r"\end{aligned}", below + r"\end{aligned}")


def width(latex: str) -> int:
    """Return about how many characters wide a formula is when typeset: a matrix by its first row; no spaces."""
    row = _MATRIX.sub(r"(\1)", latex)
    row = _FRACTION.sub(lambda match: max(match.groups(), key=len), row)
    bare = _MARKUP.sub("", _OPERATOR.sub("...", row))
    return len(re.sub(r"[{}&^_\s]", "", re.sub(r"\\[a-zA-Z]+ ?", "§", bare)))


def beside(numbers: Array, others: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a vector or a matrix, each number with the digits that tell it from the other one there."""
    if numbers.ndim == 1:
        return vector(len(numbers), lambda index: apart(numbers[index], others[index], write), extent)
    return matrix(numbers.shape, lambda row, column: apart(numbers[row, column], others[row, column], write), extent)


def row_beside(numbers: Array, others: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a vector as a row, each number with the digits that tell it from the other one there."""
    return beside(numbers[np.newaxis, :], others[np.newaxis, :], extent, write)


def apart(number: float, other: float, write: Writer = value) -> str:
    """Return a number as `write` (value or gradient) marks it, with the digits that tell it from another one."""
    mark = write(0.0).partition("{")[0]
    return f"{mark}{{{notation.latex(number, notation.digits_between(float(number), float(other)))}}}"
