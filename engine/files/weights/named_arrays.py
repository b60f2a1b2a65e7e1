"""What every reader of weight files hands on: arrays by name, in the order of the file, within limits.

The limits are checked on what a file declares, before memory is spent on it.
"""

from collections.abc import Iterable, Mapping
from typing import TypeAlias

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.limits import MAX_LAYERS, MAX_WIDTH, require_parameters

NamedArrays: TypeAlias = Mapping[str, Array]

# matrix and bias, and four vectors and a counter of a BatchNorm
MAX_ARRAYS = 7 * MAX_LAYERS


def require_few(count: int) -> None:
    """Raise InvalidExperiment for more arrays than a network of the sizes allowed can have."""
    if count > MAX_ARRAYS:
        raise InvalidExperiment(f"The file holds more than {MAX_ARRAYS} arrays, which is more than is read here.")


def gathered(arrays: Iterable[tuple[str, Array]]) -> NamedArrays:
    """Return named arrays; raise InvalidExperiment, and read no further, once they are more than a network may have."""
    found: dict[str, Array] = {}
    for name, array in arrays:
        found[name] = array
        require_few(len(found))
        require_parameters(sum(one.size for one in found.values()))
    return found


def require_shape_allowed(name: str, shape: tuple[int, ...]) -> None:
    """Raise InvalidExperiment unless `shape` is that of a matrix, a vector or a number, of an allowed width."""
    if len(shape) > 2:
        raise InvalidExperiment(
            f"{short(name)} has {len(shape)} dimensions. Only dense layers are read: matrices of weights and vectors "
            "of biases."
        )
    if not all(1 <= size <= MAX_WIDTH for size in shape):
        raise InvalidExperiment(
            f"{short(name)} has the shape {written(shape)}; layers may have from 1 to {MAX_WIDTH} neurons."
        )


def finite(name: str, values: Array) -> Array:
    """Return `values`; raise InvalidExperiment saying where the first is that is NaN or infinite."""
    bad = np.argwhere(~np.isfinite(values))
    if len(bad) == 0:
        return values
    first, more = bad[0], len(bad) - 1
    value = float(values[tuple(first)])
    shown = "NaN" if np.isnan(value) else "infinity" if value > 0 else "−infinity"
    beside = f", and so are {more} more of its numbers" if more else ""
    bare = short(name)[1:-1]
    raise InvalidExperiment(f"{bare}{_where(first)}: {bare}{_index(first)} = {shown} is not finite{beside}.")


def _where(place: Array) -> str:
    words = {0: (), 1: ("entry",), 2: ("row", "column")}[len(place)]
    # counted from 1, as in W₁₁
    return "".join(f", {word} {index + 1}" for word, index in zip(words, place, strict=True))


def _index(place: Array) -> str:
    return f"[{','.join(str(index + 1) for index in place)}]" if len(place) else ""


def written(shape: tuple[int, ...]) -> str:
    """Return a shape as 3 × 4."""
    return " × ".join(str(size) for size in shape)


def short(name: str) -> str:
    """Return a name from a file, in quotation marks and of a length that a message can bear."""
    return f"“{name if len(name) <= 60 else name[:59] + '…'}”"
