"""How equal expressions are set below each other, and with how many digits a small change is still seen."""

import math
import re

import numpy as np

from engine.arrays import Array
from engine.formulas import numbers as notation
from engine.formulas.symbols import Writer

# a line of about so many characters still fits a phone
NARROW = 40


def chain(left: str, *parts: str) -> str:
    r"""Return left = part = part ..., each part on a line of its own in one aligned block."""
    return rf"\begin{{aligned}}{left} &= " + r"\\[4pt] &= ".join(part for part in parts if part) + r"\end{aligned}"


def packed(left: str, *parts: str) -> str:
    """Return the same with as many parts on a line as fit a phone."""
    lines: list[str] = []
    for part in (part for part in parts if part):
        together = f"{lines[-1]} = {part}" if lines else part
        if lines and width(left if len(lines) == 1 else "") + width(together) <= NARROW:
            lines[-1] = together
        else:
            lines.append(part)
    return chain(left, *lines)


def width(latex: str) -> int:
    """Return about how many characters wide a formula is when typeset."""
    above_each_other = re.sub(r"\\t?frac\{([^{}]*)\}\{[^{}]*\}", r"\1", latex)
    bare = re.sub(r"\\(?:[VG]|operatorname|text|left|right|begin|end|[,;!])(?![a-zA-Z])", "", above_each_other)
    return len(re.sub(r"\\[a-zA-Z]+ ?", "_", bare).translate({ord(sign): None for sign in "{}^&"}))


def digits_for(old: Array, step: Array) -> int:
    """Return how many significant digits of `old` - `step` have to be written for the change to be seen."""
    changed = np.abs(step) > 0
    if not changed.any():
        return 4
    ratio = np.log10(np.abs(old[changed]).max(initial=1e-300)) - np.log10(np.abs(step[changed]).max())
    return int(np.clip(math.ceil(ratio) + 2, 4, 12))


def with_digits(write: Writer, digits: int) -> Writer:
    """Return `write` (value or gradient) with so many significant digits."""
    mark = write(0.0).partition("{")[0]
    return lambda number: f"{mark}{{{notation.latex(number, digits)}}}"
