"""The one way in which numbers are written, as what must not be found in a text or a formula."""

import re
from collections.abc import Iterator

_NUMBER = r"(?:\\[VG](?:\[[^\]]*\])?\{)?"
# in formulas, where a minus is a hyphen, and in texts
ANYWHERE = {
    "a power of ten as programs write it": re.compile(r"\d[eE][+-]?\d"),
    "a product with a negative number without brackets": re.compile(
        rf"(?:·|×|\\cdot|\\odot|\\times) ?{_NUMBER}[-−](?!\}})"
    ),
    "a negative number added without brackets": re.compile(rf"(?<=[\w}})]) ?[+−-] {_NUMBER}[-−]\d"),
    "a percent sign apart from its number": re.compile(r"\d\s%"),
    "what is no number": re.compile(r"\b(?:nan|inf)\b", re.IGNORECASE),
    "the minus of a zero": re.compile(r"(?<!\^\{)[-−]0(?![.\d])"),
}
IN_TEXT = {"a hyphen for a minus": re.compile(r"(?<![\w\d])-\d")}
_FORMULA = re.compile(r"\$[^$]+\$|`[^`]*`|\[[^\]]*\]\([^)]*\)")


# in a picture there is little room: see `compact` in engine/formulas/numbers.py
_TIGHT = re.compile(r"(?<=\d)e−?[1-9]\d*")


def amiss(text: str, formula: bool = False, tight: bool = False) -> Iterator[str]:
    """What is written in another way, with the words around it; in `tight` places 2e−5 may stand for 2×10⁻⁵."""
    text = _TIGHT.sub("", text) if tight else text
    yield from _found(ANYWHERE, text)
    if not formula:
        yield from _found(IN_TEXT, _FORMULA.sub("", text))


def _found(rules: dict[str, re.Pattern[str]], text: str) -> Iterator[str]:
    for what, rule in rules.items():
        for match in rule.finditer(text):
            yield f"{what}: {text[max(0, match.start() - 30) : match.end() + 20]}"
