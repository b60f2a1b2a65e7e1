"""Files of weights as other programs write them, and broken or hostile ones, made in memory."""

import io
import json
import zipfile
from collections.abc import Mapping

import numpy as np

from engine import Network
from engine.arrays import Array


def npz(*unnamed: Array, **named: Array) -> bytes:
    file = io.BytesIO()
    np.savez(file, *unnamed, **named)
    return file.getvalue()


def npz_of(arrays: Mapping[str, Array], compressed: bool = False) -> bytes:
    """An .npz whose names may be anything, which keywords may not."""
    file = io.BytesIO()
    (np.savez_compressed if compressed else np.savez)(file, **arrays)
    return file.getvalue()


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def npy(descr: str, shape: str, data: bytes = b"", fortran: bool = False) -> bytes:
    """The bytes of an array with whatever header is wanted."""
    header = f"{{'descr': {descr!r}, 'fortran_order': {fortran}, 'shape': {shape}, }}".encode()
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header + data


def safetensors(header: object, data: bytes = b"") -> bytes:
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + data


def state_dict(network: Network, names: str = "{}.{}") -> dict[str, Array]:
    """The network's arrays under the names of a PyTorch Sequential: every other number is an activation."""
    arrays = {}
    for index, layer in enumerate(network.layers):
        arrays[names.format(2 * index, "weight")] = layer.W
        arrays[names.format(2 * index, "bias")] = layer.b
    return arrays


def bomb_with_honest_size() -> bytes:
    """A zip of some 60 kB that unpacks to 60 MB."""
    return zipped({"W.npy": npy("<f8", "(2, 3)", bytes(60_000_000))})


def bomb_with_lying_size() -> bytes:
    """A zip whose directory gives 176 bytes for a member that unpacks to 60 MB."""
    content = bytearray(zipped({"W.npy": npy("<f8", "(2, 3)", bytes(60_000_000))}))
    for magic, place in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(magic) + place
        content[at : at + 4] = (176).to_bytes(4, "little")
    return bytes(content)


def crowded_zip() -> bytes:
    """A zip of eight thousand empty members, which cost time to list."""
    return zipped({f"{number}.npy": b"" for number in range(8_000)})
