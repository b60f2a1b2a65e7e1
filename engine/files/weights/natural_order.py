"""Names in the order in which people count: dense, dense_1, dense_2, …, dense_10, and arr_2 before arr_10.

Many programs sort the names of arrays letter by letter when they save them, which puts dense_10 before dense_2.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

_NUMBER = re.compile(r"([0-9]+)")
# what numpy.savez and lists in JSON call arrays that nobody named
UNNAMED = re.compile(r"(?:arr_)?[0-9]+")
_PLACE = re.compile(r"[./]")

# a text, and the number after it by the count of its digits and the digits; no number comes before any
Piece: TypeAlias = tuple[str, int, str]

# what a name says about the place of a layer, where no number does
_FIRST = re.compile(r"input|encoder|first|(?<![a-z])in(?![a-z])", re.IGNORECASE)
_LAST = re.compile(r"output|decoder|classifier|head|last|final|logits|(?<![a-z])out(?![a-z])", re.IGNORECASE)


def natural(name: str) -> tuple[tuple[Piece, ...], ...]:
    """Return what to sort a name by."""
    return tuple(_pieces(part) for part in _PLACE.split(name))


def _pieces(part: str) -> tuple[Piece, ...]:
    found = [*_NUMBER.split(part), ""]
    pairs = zip(found[::2], found[1::2], strict=True)
    # by the count of digits, as a number may have any length
    return tuple((text.strip("_-: "), *_sortable(digits)) for text, digits in pairs)


def _sortable(digits: str) -> tuple[int, str]:
    plain = digits.lstrip("0")
    return (len(plain), plain) if digits else (-1, "")


def numbers_in(name: str) -> tuple[str, ...]:
    """Return the numbers in a name, as text without zeros before them."""
    return tuple(digits.lstrip("0") for digits in _NUMBER.findall(name))


def family(name: str) -> str:
    """Return a name without its numbers: what dense, dense_1 and dense_10 share."""
    return re.sub(r"[_-]?[0-9]+", "", name)


def bare(name: str) -> str:
    """Return what is left of a name whose role was taken out, without separators and TensorFlow's ":0" at its ends."""
    return re.sub(r"[./_:]*(?::0)?$", "", name).lstrip("./_:")


def in_order(names: Sequence[str]) -> list[str]:
    """Return names in natural order where they are of one family or a file has sorted them, otherwise as they are."""
    if of_one_family(names):
        return sorted(names, key=natural)
    if list(names) == sorted(names):
        return sorted(names, key=lambda name: (_rank(name), natural(name)))
    return list(names)


def of_one_family(names: Iterable[str]) -> bool:
    """Return whether the names differ in their numbers only, so that these give their order."""
    return len({family(name) for name in names}) == 1


def _rank(name: str) -> int:
    return 0 if _FIRST.search(name) else 2 if _LAST.search(name) else 1
