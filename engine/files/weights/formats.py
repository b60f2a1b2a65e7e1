"""The kinds of file that are read, one record each, and what to do about those that are not.

A file is taken for what its first bytes say; where its name says something else, it is refused.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from engine.errors import InvalidExperiment
from engine.files.recipes import RECIPES
from engine.files.weights.json_weights import begins_as_json, read_json
from engine.files.weights.named_arrays import NamedArrays, short
from engine.files.weights.npz import read_npz
from engine.files.weights.safetensors import read_safetensors
from engine.registry import Registry

MAX_BYTES = 4_000_000


@dataclass(frozen=True, kw_only=True)
class Format:
    """A kind of file: its name, which is also how its files' names end, how it begins, and its reader."""

    name: str
    begins: Callable[[bytes], bool]
    read: Callable[[bytes], NamedArrays]


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A kind of file that is not read, what is found in its bytes, and what to do instead."""

    found: Callable[[bytes], bool]
    message: str


def _begins_as_safetensors(content: bytes) -> bool:
    return content[8:9] == b"{" and content[6:8] == bytes(2)


FORMATS: Registry[Format] = Registry(
    "file format",
    [
        Format(name="npz", begins=lambda content: content[:2] == b"PK", read=read_npz),
        Format(name="safetensors", begins=_begins_as_safetensors, read=read_safetensors),
        Format(
            name="json",
            begins=begins_as_json,
            read=read_json,
        ),
    ],
)

_REFUSED = (
    Refused(
        found=lambda content: content.startswith(b"version https://git-lfs.github.com/spec/"),
        message=(
            "This is not the file but a Git LFS pointer to it. Run git lfs pull where it was cloned, or download the "
            "file itself from the page of the repository."
        ),
    ),
    Refused(
        found=lambda content: bool(re.match(rb"\s*<(?:!doctype|html)", content[:200], re.IGNORECASE)),
        message="This is a web page, not the file. On the page it comes from, choose “Download” or “Raw”.",
    ),
    Refused(
        # the length that a .safetensors file begins with may happen to look like a pickle
        found=lambda content: (
            (content[:1] == b"\x80" and not _begins_as_safetensors(content))
            or (content[:2] == b"PK" and b"data.pkl" in content)
        ),
        message=(
            "This is a pickle, as torch.save and joblib write it. Opening one can run any program, so it is never "
            f"loaded. Save a PyTorch model with {RECIPES['PyTorch']} and a scikit-learn model with "
            f"{RECIPES['scikit-learn']}."
        ),
    ),
    Refused(
        found=lambda content: (
            content[:8] == b"\x89HDF\r\n\x1a\n" or (content[:2] == b"PK" and b"model.weights." in content)
        ),
        message=f"This is a Keras file. Save its weights with {RECIPES['Keras']}.",
    ),
    Refused(
        found=lambda content: content[:6] == b"\x93NUMPY",
        message=(
            "This is a single array. Save all of a network's arrays in one file with "
            'numpy.savez("model.npz", W1, b1, …).'
        ),
    ),
)


def read_arrays(filename: str, content: bytes) -> NamedArrays:
    """Return the arrays in a file; raise InvalidExperiment saying what is wrong with a file that cannot be used."""
    if not content:
        raise InvalidExperiment("The file is empty.")
    if len(content) > MAX_BYTES:
        raise InvalidExperiment(f"The file has {len(content):,} bytes; up to {MAX_BYTES:,} are read.")
    for refused in _REFUSED:
        if refused.found(content):
            raise InvalidExperiment(refused.message)
    arrays = _format(filename, content).read(content)
    if not arrays:
        raise InvalidExperiment("The file holds no arrays of numbers.")
    return arrays


def _format(filename: str, content: bytes) -> Format:
    known = ", ".join(f".{name}" for name in FORMATS)
    ending = filename.rpartition(".")[2].lower()
    if ending not in FORMATS:
        raise InvalidExperiment(f"{short(filename)} is not of a kind that is read: {known}.")
    looks_like = next((form for form in FORMATS.values() if form.begins(content)), None)
    if looks_like is None or looks_like.name != ending:
        looks = f"it looks like .{looks_like.name}" if looks_like else "it is cut off or of another kind"
        raise InvalidExperiment(f"{short(filename)} does not hold what its name says: {looks}.")
    return looks_like
