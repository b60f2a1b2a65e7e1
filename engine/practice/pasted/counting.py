"""Layers in names as a notation counts them, put as we count them."""

import re
from collections.abc import Callable, Iterable

from engine.formulas.notations import Notation
from engine.formulas.plain import superscript

_RAISED_DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_RAISED = str.maketrans(_RAISED_DIGITS, "0123456789")
# z² and z⁽²⁾; z[0], of which the scanner makes z_0
_RAISED = rf"⁽?(?P<raised>[{_RAISED_DIGITS}]{{1,2}})⁾?"
_BARE = re.compile(_RAISED)
_IN_BRACKETS = re.compile(rf"{_RAISED}|(?<=[^\W\d_])(?:_(?P<index>\d{{1,2}})(?!\d)|\[(?P<bracket>\d{{1,2}})\])")

Rename = Callable[[str], str]
AS_IT_IS: Rename = str


def as_ours(names: Iterable[str], notation: Notation, layers: int) -> Rename:
    """Return what puts the layers in names as we count them; names that do not count as the notation stay.

    layers: how many layers with weights the network has.
    """
    pattern = _IN_BRACKETS if notation.first == 0 else _BARE
    counted = [_number(match) for name in names for match in pattern.finditer(name)]
    if notation.first == 1 or not all(notation.first <= number < notation.first + layers for number in counted):
        return AS_IT_IS
    return lambda name: pattern.sub(lambda match: f"⁽{superscript(_number(match) - notation.first + 1)}⁾", name)


def _number(match: re.Match[str]) -> int:
    return int(next(filter(None, match.groups())).translate(_FROM_RAISED))
