"""Reads `.npz`, a zip of arrays as `numpy.savez` writes it, without NumPy's reader.

NumPy's allocates what a header asks for; here a header must agree with the bytes that are there. Objects (pickles)
are refused.
"""

import io
import math
import re
import struct
import zipfile
import zlib

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files.recipes import RECIPES
from engine.files.weights.bfloat16 import widened
from engine.files.weights.named_arrays import NamedArrays, gathered, require_few, require_shape_allowed, short

# unpacked, all arrays together: a megabyte of numbers compresses by less than this, a zip bomb by far more
MAX_UNPACKED = 8_000_000
_MAGIC = b"\x93NUMPY"
_DIRECTORY_ENTRY = b"PK\x01\x02"
_HEADER = re.compile(
    r"\{'descr': '([<>|=])([a-zA-Z])(\d{0,4})', 'fortran_order': (True|False), 'shape': \(([\d, ]{0,40})\), \}\s*"
)
_TYPES = {"f2", "f4", "f8", "V2", *(f"{kind}{size}" for kind in "iu" for size in (1, 2, 4, 8))}
# what zipfile raises for a damaged zip besides its own errors: a ValueError, for instance, for a name that is no text
_UNREADABLE = (EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
# how the store that Keras saves weights in calls its entries
_KERAS_STORE = re.compile(r"^(?:layers|_layer_checkpoint_dependencies|optimizer|__root__)(?:/|$)|(?:^|/)vars$")
_OF_KERAS = f"This is Keras’ own store. Save the weights with {RECIPES['Keras']}."
_OF_OTHERS = (
    "Save each matrix and each vector under a name of its own: "
    "numpy.savez(path, W1=model.coefs_[0], b1=model.intercepts_[0], …)."
)
_DAMAGED = "The .npz file is damaged: part of it is missing or was changed."


def read_npz(content: bytes) -> NamedArrays:
    """Return the arrays of an .npz file in their order; raise InvalidExperiment for anything else."""
    require_few(content.count(_DIRECTORY_ENTRY))
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _require_plain(members)
            return gathered((_name(member), _array(_name(member), _unpacked(archive, member))) for member in members)
    except InvalidExperiment:
        raise
    except (*_UNREADABLE, zipfile.BadZipFile, zlib.error, struct.error) as error:
        raise InvalidExperiment(_DAMAGED) from error


def _require_plain(members: list[zipfile.ZipInfo]) -> None:
    if any(member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for member in members):
        raise InvalidExperiment("The .npz file is compressed in a way that numpy.savez does not use.")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise InvalidExperiment(f"Unpacked, the .npz file is larger than {MAX_UNPACKED // 1_000_000} MB.")
    for member in members:
        if not member.filename.endswith(".npy"):
            raise InvalidExperiment(f"The .npz file holds {short(member.filename)}, which is no NumPy array.")
    if len({member.filename for member in members}) < len(members):
        raise InvalidExperiment("The .npz file holds two arrays of the same name.")


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    # read() without a length would unpack all there is, whatever size the directory gives
    with archive.open(member) as file:
        return file.read(member.file_size)


def _name(member: zipfile.ZipInfo) -> str:
    return member.filename.removesuffix(".npy")


def _array(name: str, data: bytes) -> Array:
    header, start = _header(name, data)
    order, kind, size, fortran, dimensions = header
    if kind == "O":
        recipe = _OF_KERAS if _KERAS_STORE.search(name) else _OF_OTHERS
        raise InvalidExperiment(
            f"{short(name)} holds Python objects, which are stored as a pickle and never loaded. {recipe}"
        )
    shape = tuple(int(number) for number in re.findall(r"\d+", dimensions))
    require_shape_allowed(name, shape)
    if f"{kind}{size}" not in _TYPES:
        raise InvalidExperiment(f"{short(name)} holds no real numbers of at most 64 bits.")
    if len(data) - start != math.prod(shape) * int(size):
        raise InvalidExperiment(_DAMAGED)
    # NumPy writes the bfloat16 of other libraries as two bytes of no type
    plain = kind != "V"
    values = np.frombuffer(data, f"{order}{kind}{size}", offset=start) if plain else widened(memoryview(data)[start:])
    return values.reshape(shape, order="F" if fortran == "True" else "C").astype(np.float64)


def _header(name: str, data: bytes) -> tuple[tuple[str, ...], int]:
    # https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html: magic, version, length, a Python literal
    if data[:6] != _MAGIC or len(data) < 12 or data[6] not in (1, 2, 3):
        raise InvalidExperiment(f"{short(name)} in the .npz file is no NumPy array.")
    first = 10 if data[6] == 1 else 12
    start = first + int.from_bytes(data[8:first], "little")
    match = _HEADER.fullmatch(data[first:start].decode("latin-1")) if start <= min(len(data), 10_000) else None
    if match is None:
        raise InvalidExperiment(f"{short(name)} in the .npz file is no plain array of numbers, or it is damaged.")
    return match.groups(), start
