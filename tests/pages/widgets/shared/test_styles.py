"""The style sheets: no rule makes a browser look through all of a page whenever something in it changes.

`a:has(b) c` is such a rule: with every change in an `a`, each element that could be a `c` is looked at anew. On a page
of two thousand elements that took half of the time of an edit.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGES = Path(__file__).parents[4] / "pages"
SHEETS = sorted(PAGES.rglob("*.css"))


def on_screen(sheet: str) -> str:
    """A sheet without its comments and its rules for paper."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    while start := re.search(r"@media print\s*\{", sheet):
        depth, end = 1, start.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(sheet[end], 0)
            end += 1
        sheet = sheet[: start.start()] + sheet[end:]
    return sheet


def outside(text: str, separator: str) -> Iterator[str]:
    """The parts of a text between separators that no bracket holds."""
    part, depth = "", 0
    for char in text:
        depth += {"(": 1, "[": 1, ")": -1, "]": -1}.get(char, 0)
        if depth == 0 and re.match(separator, char):
            yield part
            part = ""
        else:
            part += char
    yield part


def dear(sheet: str) -> list[str]:
    """The selectors in which what is styled lies in, or after, what has something; a table may have few cells."""
    found = []
    for rule in re.findall(r"([^{}]+)\{", on_screen(sheet)):
        for selector in outside(rule, ","):
            *before, _ = [part for part in outside(selector.strip(), r"[\s>+~]") if part]
            if any(":has(" in part and not part.startswith("table") for part in before):
                found.append(selector.strip())
    return found


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_what_is_styled_is_what_has_something(sheet: Path) -> None:
    assert dear(sheet.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("sheet", "count"), [
    ("body:has(.busy) .line::before { color: red }", 1),
    (".app:not(:has(.bar)) .main:has(.more), .a > .b { color: red }", 1),
    ("@media (max-width: 40rem) { .a .b:has(> .c) ~ .d { color: red } }", 1),
    (".a .b:has(> .c, .d .e) { color: red }", 0),
    (".reading table:has(th:empty) td { color: red }", 0),
    ("/* body:has(a) b {} */ @media print { @page { margin: 0 } .a:has(.b) .c { color: red } } p { color: red }", 0),
])  # fmt: skip
def test_such_rules_are_found(sheet: str, count: int) -> None:
    assert len(dear(sheet)) == count
