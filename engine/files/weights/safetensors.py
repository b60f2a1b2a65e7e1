"""Reads `.safetensors`: the length of a JSON header, the header, and the numbers of all tensors one after another.

The format is small enough to be read with NumPy alone: https://huggingface.co/docs/safetensors
"""

import math
from collections.abc import Callable
from typing import Any, TypeGuard

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files import strict_json as json_text
from engine.files.weights.bfloat16 import widened
from engine.files.weights.named_arrays import NamedArrays, gathered, require_few, require_shape_allowed, short

MAX_HEADER = 100_000
_DAMAGED = "The .safetensors file is damaged: part of it is missing or was changed."


def _whole_numbers(kind: str) -> Callable[[bytes], Array]:
    return lambda data: np.frombuffer(data, kind)


# bytes per number, and how they are read
_TYPES: dict[str, tuple[int, Callable[[bytes], Array]]] = {
    "F64": (8, lambda data: np.frombuffer(data, "<f8")),
    "F32": (4, lambda data: np.frombuffer(data, "<f4")),
    "F16": (2, lambda data: np.frombuffer(data, "<f2")),
    "BF16": (2, widened),
    **{f"I{8 * size}": (size, _whole_numbers(f"<i{size}")) for size in (1, 2, 4, 8)},
    **{f"U{8 * size}": (size, _whole_numbers(f"<u{size}")) for size in (1, 2, 4, 8)},
}


def read_safetensors(content: bytes) -> NamedArrays:
    """Return the tensors by name, in the order of their names' numbers; raise InvalidExperiment for anything else."""
    start = 8 + int.from_bytes(content[:8], "little")
    if start > len(content):
        raise InvalidExperiment(_DAMAGED)
    if start > MAX_HEADER:
        raise InvalidExperiment("The .safetensors file has a header far longer than a small network needs.")
    header = _header(content[8:start])
    header.pop("__metadata__", None)
    require_few(len(header))
    numbers = memoryview(content)[start:]
    arrays = gathered((name, _tensor(name, entry, numbers)) for name, entry in header.items())
    # one after another: no number is two tensors', and none is no tensor's
    places = sorted(tuple(entry["data_offsets"]) for entry in header.values())
    if [0, *(end for _, end in places)] != [*(begin for begin, _ in places), len(numbers)]:
        raise InvalidExperiment(_DAMAGED)
    return arrays


def _header(data: bytes) -> dict[str, Any]:
    try:
        header = json_text.parse(data.decode())
    except ValueError as error:
        raise InvalidExperiment("The .safetensors file has a header that cannot be read.") from error
    if not isinstance(header, dict):
        raise InvalidExperiment("The .safetensors file has a header that cannot be read.")
    return header


def _tensor(name: str, entry: Any, numbers: memoryview) -> Array:
    kind, shape, (begin, end) = _fields(name, entry)
    require_shape_allowed(name, shape)
    if kind not in _TYPES:
        raise InvalidExperiment(f"{short(name)} is of the type {kind[:20]}; {', '.join(_TYPES)} are read.")
    size, read = _TYPES[kind]
    if not 0 <= begin <= end <= len(numbers) or end - begin != math.prod(shape) * size:
        raise InvalidExperiment(_DAMAGED)
    return read(bytes(numbers[begin:end])).reshape(shape).astype(np.float64)


def _fields(name: str, entry: Any) -> tuple[str, tuple[int, ...], tuple[int, int]]:
    fields = entry if isinstance(entry, dict) else {}
    kind, shape, place = (fields.get(field) for field in ("dtype", "shape", "data_offsets"))
    if not (isinstance(kind, str) and _are_whole(shape) and _are_whole(place) and len(place) == 2):
        raise InvalidExperiment(f"The .safetensors file describes {short(name)} in a way that cannot be read.")
    return kind, tuple(shape), (place[0], place[1])


def _are_whole(value: Any) -> TypeGuard[list[int]]:
    return isinstance(value, list) and all(type(number) is int and number >= 0 for number in value)
