r"""Which place in the network a number of a formula stands for: \V[w.1.2.3]{0.5} is a value, and w.1.2.3 is its place.

Only the player's line wants to know; wherever else a formula is drawn or read, it has no such marks.
"""

import re

from engine.network.places import Place

_MARK = re.compile(r"(?<=\\[VG])\[[^\]]*\]")


def at(written: str, place: Place) -> str:
    """Return a number, as `value` and `gradient` write it, with the name of its place."""
    return f"{written[:2]}[{place.text}]{written[2:]}"


def unmarked(latex: str) -> str:
    """Return a formula without the names of places."""
    return _MARK.sub("", latex)
