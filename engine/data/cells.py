"""A cell as a number: with a decimal point or comma, with separators of thousands, missing or infinite.

The forms tell apart what can be read in one way only from what cannot: “1,421” is 1421 to one reader and 1.421 to
another, and its column decides (engine/data/columns.py).
"""

import math
import re
from collections.abc import Mapping
from typing import Any

# what stands for a number that is missing; in a column of words a dash or “none” may be a word
MISSING_NUMBER = frozenset({
    "", "?", "na", "n/a", "#n/a", "<na>", "nan", "-nan", "null", "none", "nil", "-", "--", ".", "*", "missing",
    "#div/0!", "#value!", "#ref!", "#num!",
})  # fmt: skip
MISSING_WORD = frozenset({"", "?", "na", "n/a", "#n/a", "<na>", "nan", "null"})

# spaces and apostrophes that only separate thousands: “1 421”, “1'421”
_FREE = "[ \u00a0\u2009\u202f'’]"
_FORM = re.compile(
    r"[+-]?(?:"
    rf"(?P<grouped_point>[1-9]\d{{0,2}}(?:,\d{{3}}){{2,}}(?:\.\d*)?|[1-9]\d{{0,2}},\d{{3}}\.\d*"
    rf"|[1-9]\d{{0,2}}(?:{_FREE}\d{{3}})+\.\d*)"
    rf"|(?P<grouped_comma>[1-9]\d{{0,2}}(?:\.\d{{3}}){{2,}}(?:,\d+)?|[1-9]\d{{0,2}}\.\d{{3}},\d+"
    rf"|[1-9]\d{{0,2}}(?:{_FREE}\d{{3}})+,\d+)"
    rf"|(?P<grouped>[1-9]\d{{0,2}}(?:{_FREE}\d{{3}})+)"
    r"|(?P<either_comma>[1-9]\d{0,2},\d{3})"
    r"|(?P<either_point>[1-9]\d{0,2}\.\d{3})"
    r"|(?P<code>0\d+)"
    r"|(?P<long>\d{4,}(?:[eE][+-]?\d+)?)"
    r"|(?P<whole>\d{1,3}(?:[eE][+-]?\d+)?)"
    r"|(?P<point>(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?)"
    r"|(?P<comma>\d*,\d+(?:[eE][+-]?\d+)?)"
    r"|(?P<infinite>inf(?:inity)?|∞)"
    r")",
    re.IGNORECASE | re.ASCII,
)
_GROUPS = re.compile(f"{_FREE}")
# the forms in which a number says by itself which sign is its decimal mark
SAYS: Mapping[str, str] = {"point": ".", "grouped_point": ".", "comma": ",", "grouped_comma": ","}
EITHER = ("either_comma", "either_point")
GROUPED = ("grouped", "grouped_point", "grouped_comma")


def form(cell: str) -> str:
    """Return in which form a cell is a number, a name in _FORM; nothing if it is none."""
    found = _FORM.fullmatch(cell.replace("−", "-"))
    return found.lastgroup or "" if found else ""


def value(cell: str, decimal: str) -> float | None:
    """Return the number in a cell, by its decimal mark, infinite where it is too large; None if it is no number."""
    return value_of(cell, form(cell), decimal)


def value_of(cell: str, found: str, decimal: str) -> float | None:
    """Return the number in a cell whose form is known."""
    if not found or SAYS.get(found, decimal) != decimal:
        return None
    plain = cell.replace("−", "-")
    if found == "infinite":
        return -math.inf if plain.startswith("-") else math.inf
    if found in GROUPED:
        plain = _GROUPS.sub("", plain)
    other = "," if decimal == "." else "."
    return float(plain.replace(other, "").replace(",", "."))


def plain_number(cell: Any) -> float | None:
    """Return a typed number, or a text that can be read in one way only; None for all others and infinite ones."""
    if isinstance(cell, str):
        found = form(cell.strip())
        if found in EITHER and "," in cell:
            return None
        number = value(cell.strip(), SAYS.get(found, "."))
    else:
        number = float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
    return number if number is not None and math.isfinite(number) else None


def is_infinite(cell: Any) -> bool:
    """Return whether a cell holds an infinite number, or one that is too large for 64 bits."""
    number = value(cell.strip(), SAYS.get(form(cell.strip()), ".")) if isinstance(cell, str) else cell
    return isinstance(number, float) and math.isinf(number)


def is_missing(cell: Any, among: frozenset[str] = MISSING_NUMBER) -> bool:
    """Return whether a cell holds nothing, or a sign for it."""
    if isinstance(cell, str):
        return cell.strip().lower() in among
    return cell is None or (isinstance(cell, float) and math.isnan(cell))
