"""What a learner types: a number or a little arithmetic, a table of them, or a shape.

Tables are typed row by row, with line breaks or semicolons between the rows, or as [[…], […]].
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.formulas import parse_number
from engine.network.activations import sigmoid, softmax

MAX_CHARACTERS, MAX_CELLS = 20_000, 2_000

_FUNCTIONS: Mapping[str, Callable[[float], float]] = {
    "sigmoid": lambda z: float(sigmoid(np.array(z))),
    "relu": lambda z: max(z, 0.0),
}
_SEVERAL: Mapping[str, Callable[[Sequence[float]], float]] = {"softmax": lambda z: float(softmax(np.array(z))[0])}
# a name, or what was worked out, and what says that a number follows; a colon does after a word alone
_EQUALS = r"(?:=(?!=)|[≈≃≅~]|\\(?:approx|simeq|sim)(?![a-zA-Z]))"
_NAMED = re.compile(rf"^(?:[^=≈≃≅~\n]{{0,40}}?{_EQUALS}|[^\W\d][^=:,;\n\[({{]{{0,40}}:)")
_WORKED_OUT = re.compile(rf"^[^\n]{{0,200}}{_EQUALS}")
# a formula's delimiters in LaTeX and Markdown
_FORMULA = re.compile(r"^(?:\$\$?|\\\(|\\\[)(.*?)(?:\$\$?|\\\)|\\\])$", re.DOTALL)
_WRAPPED = re.compile(r"^(?:np\.|torch\.)?(?:array|tensor|Matrix)\s*\((.*)\)$", re.DOTALL)
# what PyTorch and NumPy print behind the numbers, and NumPy's own type around each of a list
_TAIL = re.compile(
    r",\s{0,20}(?:dtype|grad_fn|requires_grad|device)\s{0,4}=\s{0,4}(?:<[^<>\n]{0,80}>|'[^'\n]{0,20}'|[\w.]{1,30})"
)
_OWN_TYPE = re.compile(r"(?:(?:np|numpy)\.)?float(?:16|32|64)\(([^()\n]{1,40})\)")
# signs that are not seen, and come along when text is copied
_UNSEEN = re.compile("[\u200b\u2060\ufeff]")
# a sign that stands before a number, and not between two: it may as well begin the next number of the row
_SIGN_BEFORE = re.compile(r"[\w.)]\s+[-+−][\w.(]")
_SHAPE = re.compile(r"^[\s(\[{]*(\d{1,6})(?:\.0*)?\s*(?:[x×X*,;]|by|\\times|\s)\s*(\d{1,6})(?:\.0*)?[\s)\]}]*$")
_WHOLE_SOFTMAX = re.compile(r"^\s*softmax\s*\((?P<inner>.*)\)\s*$", re.DOTALL)


def read_number(text: str) -> float:
    """Return the number that a text says; besides arithmetic it may use sigmoid, tanh, exp, ln, relu and softmax.

    softmax(z₁; z₂; …) is the share of the first. Raises InvalidExperiment for anything else.
    """
    if not _is_text(text):
        raise InvalidExperiment("A number must be given as text.")
    text = _bare(_WORKED_OUT.sub("", _unnamed(text))).strip("[] \t\n")
    # in a list of numbers a comma with a space behind it separates
    if "softmax" in text:
        text = re.sub(r",\s+", "; ", text)
    return parse_number(text, more=_FUNCTIONS, several=_SEVERAL)


def read_shape(text: str) -> Array:
    """Return a shape that is typed as 3 × 2, (3, 2) or 3 by 2."""
    match = _SHAPE.match(_unnamed(text)) if _is_text(text) and len(text) < 100 else None
    if not match:
        raise InvalidExperiment("A shape is two whole numbers: rows × columns. Write for example 3 × 2.")
    return np.array([float(match[1]), float(match[2])])


def read_table(text: str, shape: tuple[int, ...]) -> Array:
    """Return a table of numbers; where it can be read in several ways, as it has the shape that is asked for.

    A vector may be typed as a row or a column. Raises InvalidExperiment for what is no table of numbers.
    """
    if not _is_text(text):
        raise InvalidExperiment("A table must be given as text.")
    if len(text) > MAX_CHARACTERS:
        raise InvalidExperiment(f"A table may have up to {MAX_CHARACTERS:,} characters; this one has {len(text):,}.")
    if len(shape) == 1 and (match := _WHOLE_SOFTMAX.match(_unnamed(text))):
        return np.asarray(softmax(read_table(match["inner"].replace("; ", "\n"), shape)))
    rows = _rows(_unnamed(text))
    readings = [_vector_or_table(reading, shape) for reading in _readings(rows)]
    if not readings:
        raise InvalidExperiment(
            "This is not a table of numbers. Type one row a line, numbers separated by spaces: 0.1 0.2 "
            "or [[0.1, 0.2], [0.3, 0.4]]."
        )
    return next((reading for reading in readings if reading.shape == shape), readings[0])


def _is_text(text: object) -> bool:
    return isinstance(text, str)


def _unnamed(text: str) -> str:
    text = _TAIL.sub("", _UNSEEN.sub("", text[: MAX_CHARACTERS + 1]))
    text = _bare(_NAMED.sub("", _bare(_OWN_TYPE.sub(r"\1", text))))
    return match[1].strip() if (match := _WRAPPED.match(text)) else text


def _bare(text: str) -> str:
    """A text without the delimiters of a formula around it."""
    text = text.strip()
    return match[1].strip() if (match := _FORMULA.match(text)) else text


def _rows(text: str) -> list[str]:
    if "[" not in text:
        inside = text[1:-1] if _is_tuple(text) else text
        return [row for row in re.split(r"[\n;]", inside) if row.strip()]
    inner = re.findall(r"\[([^\[\]]*)\]", text)
    # what is outside of all brackets must be no number
    outside = re.sub(r"\[[^\[\]]*\]", "", text)
    return inner if not re.search(r"\w", outside) else []


def _is_tuple(text: str) -> bool:
    """Whether one pair of round brackets is around all of a text."""
    depths = list(accumulate((sign == "(") - (sign == ")") for sign in text))
    return text.startswith("(") and depths[-1] == 0 and min(depths[:-1]) > 0


def _readings(rows: Sequence[str]) -> Iterator[Array]:
    split = [[separate(row) for row in rows] for separate in _SEPARATORS]
    # 1 -0,5 is 1 and −0.5 before it is 1 − 0 and 5
    split.sort(key=lambda cells: any(_SIGN_BEFORE.search(cell) for row in cells for cell in row))
    for cells in split:
        if not cells or len({len(row) for row in cells}) != 1 or sum(map(len, cells)) > MAX_CELLS:
            continue
        try:
            yield np.array([[read_number(cell) for cell in row] for row in cells])
        except InvalidExperiment:
            continue


def _by(pattern: str) -> Callable[[str], list[str]]:
    return lambda row: [cell for cell in re.split(pattern, row.strip().strip(",")) if cell.strip()]


# a comma separates where it can; one that cannot is a decimal comma
_SEPARATORS = (_by(r"\t"), _by(r",\s*"), _by(r",\s+"), _by(r"\s+"), _by(r"\s*\|\s*"))


def _vector_or_table(read: Array, shape: tuple[int, ...]) -> Array:
    return read.ravel() if len(shape) == 1 and 1 in read.shape else read
