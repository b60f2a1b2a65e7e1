"""Reads weights from JSON in the shapes that people write: by name, as lists of matrices and vectors, layer by layer.

Any nesting of objects and lists will do, as long as matrices and vectors of numbers are at the ends of it.
"""

import codecs
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files import strict_json as json_text
from engine.files.weights.named_arrays import NamedArrays, gathered, require_shape_allowed, short
from engine.limits import MAX_WIDTH

MAX_DEPTH = 8
_SCALAR_BIAS = re.compile(r"b_?\d*|bias(?:es)?_?\d*|intercepts?_?\d*", re.IGNORECASE)
# of a file; each takes one byte at least
MAX_CHARACTERS = 4_000_000
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# enough for every row of all the matrices allowed; many more would cost time before anything is known about them
MAX_LISTS = 40_000
# one of these holds vectors only, so that a list of lists under it is no matrix
_BIASES = re.compile(r"bias|intercept|^b$", re.IGNORECASE)


def read_json(content: bytes) -> NamedArrays:
    """Return the matrices and vectors by their path, in the order of the text; raise InvalidExperiment for bad JSON."""
    text = text_of(content)
    if text.count("[") + text.count("{") > MAX_LISTS:
        raise InvalidExperiment("The JSON holds more lists and objects than a network of the sizes read here has.")
    # NaN is let through for its place to be told
    document = json_text.parse(text, most=MAX_CHARACTERS, finite=False)
    return gathered((name, _array(name, value)) for name, value in _leaves(document, ()))


def begins_as_json(content: bytes) -> bool:
    """Return whether the first character is one that JSON with arrays begins with, in UTF-8 or marked UTF-16."""
    if content[:2] in _UTF_16:
        return content[2:8].replace(b"\0", b"").lstrip()[:1] in (b"{", b"[")
    return content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def text_of(content: bytes) -> str:
    """Return the text of a JSON file; raise InvalidExperiment for another encoding."""
    try:
        return content.decode("utf-16" if content[:2] in _UTF_16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidExperiment("The file is not text in UTF-8, as JSON must be.") from error


def _leaves(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, list[Any]]]:
    if len(path) > MAX_DEPTH:
        raise InvalidExperiment("The JSON is nested too deeply to be a network's weights.")
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and _is_array(value, path):
        yield ".".join(path) or "the list", value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, str(index)))
    elif type(value) in (int, float) and any(_SCALAR_BIAS.fullmatch(key) for key in path):
        # the bias of a layer with one neuron, written without a list
        yield ".".join(path), [value]


def _is_array(value: list[Any], path: tuple[str, ...]) -> bool:
    depth = _depth(value)
    biases = any(_BIASES.search(key) for key in path)
    # a list of all vectors under one name, or of kernels and biases in turn, is taken apart
    return depth == 1 or (depth == 2 and not biases and _same_length(value))


def _depth(value: Any) -> int:
    depth = 0
    while isinstance(value, list) and value and depth <= MAX_DEPTH:
        depth, value = depth + 1, value[0]
    return depth if isinstance(value, int | float) else 0


def _same_length(rows: list[Any]) -> bool:
    return all(isinstance(row, list) and len(row) == len(rows[0]) for row in rows)


def _array(name: str, value: list[Any]) -> Array:
    matrix = isinstance(value[0], list)
    rows = value if matrix else [value]
    require_shape_allowed(name, (len(value), len(value[0])) if matrix else (len(value),))
    if not all(type(number) in (int, float) for row in rows for number in row[: MAX_WIDTH + 1]):
        raise InvalidExperiment(f"{short(name)} must hold numbers only.")
    try:
        array = np.asarray(value, dtype=np.float64)
    except OverflowError as error:
        raise InvalidExperiment(f"{short(name)} holds numbers that do not fit in 64 bits.") from error
    return array
