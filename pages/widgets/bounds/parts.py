"""Counts the parts of a message as it arrives, before anything is made of them.

A megabyte of protobuf may be half a million parts of two bytes each. Parsing and handing them on held the server for
seconds; walking their lengths ends as soon as there are too many.
"""

from functools import cache
from typing import Any

from google.protobuf.descriptor import Descriptor, FieldDescriptor

LONGEST_VARINT, LARGEST_TAG = 10, 2**32 - 1
# a field written as a length and as many bytes
BYTES = 2
NUMBERS = "numbers"


def parts(data: bytes, kind: Descriptor, most: int) -> int:
    """Return how many fields a message has, those of all messages in it included; counting ends beyond `most`.

    Of numbers that are packed each byte counts. Raises ValueError for what is no message, and for a group, which no
    browser sends. See https://protobuf.dev/programming-guides/encoding/.
    """
    found, spans = 0, [(0, len(data), kind)]
    while spans and found <= most:
        at, end, kind = spans.pop()
        within = _inside(kind)
        while at < end and found <= most:
            found += 1
            tag, at = _varint(data, at)
            start, at = _value(data, at, tag)
            if at > end or tag > LARGEST_TAG:
                raise ValueError("A field ends beyond its message.")
            inside = within.get(tag >> 3) if tag & 7 == BYTES else None
            if inside is NUMBERS:
                found += at - start
            elif inside:
                spans.append((start, at, inside))
    return found


@cache
def _inside(kind: Descriptor) -> dict[int, Any]:
    """What the fields of a message hold, by their numbers: the kind of a message, or NUMBERS that may be packed."""
    texts = (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES)
    packed = {field.number: NUMBERS for field in kind.fields if field.is_repeated and field.type not in texts}
    return packed | {field.number: field.message_type for field in kind.fields if field.message_type}


def _value(data: bytes, at: int, tag: int) -> tuple[int, int]:
    """Where the value after a tag begins and ends."""
    match tag & 7:
        case 0:
            return at, _varint(data, at)[1]
        case 1:
            return at, at + 8
        case 2:
            length, start = _varint(data, at)
            return start, start + length
        case 5:
            return at, at + 4
    raise ValueError("A field is written in no way that is used.")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    number = 0
    for place, byte in enumerate(data[at : at + LONGEST_VARINT]):
        number |= (byte & 127) << 7 * place
        if byte < 128:
            return number, at + place + 1
    raise ValueError("A number does not end.")
