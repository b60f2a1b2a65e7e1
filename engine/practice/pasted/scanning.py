"""What a program printed, or somebody wrote down: names with numbers or tables after them, wherever they stand.

Reads `z1 = [0.1, 0.2]`, NumPy's and PyTorch's printing, JSON and tab-separated tables. Every sign is looked at a
bounded number of times, and nothing is evaluated.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files import strict_json
from engine.formulas import parse_number
from engine.formulas.plain import superscript

MAX_CHARACTERS, MAX_NUMBERS, MAX_ENTRIES, MAX_DEPTH = 200_000, 20_000, 400, 8
# between a table's heading and what stands at the beginning of a row
OF = " of "
NUMBER = r"[-+−]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d{1,4})?"
# a table, or a number that does not belong to a name
_START = re.compile(rf"\[|\((?=\s*{NUMBER}\s*,\s*[-+−.\d])|(?<![\w.^⁽₀-₉)\]])(?:{NUMBER}|[-+−]?\d+,\d+)(?![\w.,^]\S)")
# z[1] as in a program, z^{(1)} and z_2^{(1)} as in LaTeX, and the index of w_{21}
_INDEX = re.compile(r"(?<=[^\W_])\[(\d{1,2})\]")
_RAISED = re.compile(r"(?:(?<=[^\W\d_])|(?<=_\d)|(?<=_\d\d)|(?<=\}))\^\{?[\[(]?(\d{1,2})[\])]?\}?")
_LOWERED = re.compile(r"_\{([\w, ]{1,8})\}")
_WRAPPER = re.compile(
    r"(?:Parameter containing:\s*)?(?:(?:np|numpy|torch|jnp)\.)?"
    r"(?:array|tensor|matrix|asarray|float32|float64|DoubleTensor|FloatTensor)\s*\(\s*$"
)
_TAIL = re.compile(
    r"\b(?:dtype|grad_fn|requires_grad|device|shape|size)\s*=\s*(?:<[^>\n]{0,80}>|'[^'\n]{0,20}'|[\w.]{1,30})"
)
# NumPy's own type around each number of a list
_TYPED = re.compile(rf"(?:np\.|numpy\.)?float(?:16|32|64)\(({NUMBER})\)")
_CELL = re.compile(rf"[\[\]()]|{NUMBER}|\.\.\.|…|nan|inf", re.IGNORECASE)
_CSV = re.compile(
    rf"^\s*[^\s\d,;=:\[\](){{}}.+\-−'\"#][^,;=:\[\]\t]{{0,59}}"
    rf"(?:(?:,\s*{NUMBER}){{1,200}}|(?:;\s*[-+−]?\d+(?:[.,]\d*)?(?:[eE][-+]?\d+)?){{1,200}})\s*$"
)
_NUMBER = re.compile(NUMBER)
_LIST = re.compile(rf"{NUMBER}(?:,?[ \t]+{NUMBER}){{1,200}}(?=[ \t]*(?:\n|$))")
_BEFORE = re.compile(r"[=:→]\s*$")
_AFTER = re.compile(r"\s*(?:$|[,;)\n\t|]|[^\W\d_])")


@dataclass(frozen=True, eq=False, kw_only=True)
class Entry:
    """A name as it was written, and what stood behind it; `cut` where numbers were left out of the printing (…).

    units: of each number, one in the last of the digits that were written; 0 where that is not known.
    """

    name: str
    values: Array
    units: Array
    cut: bool = False


def entries(text: str) -> tuple[Entry, ...]:
    """Return what is understood of a text, in its order. Raises InvalidExperiment for one that is too long."""
    if not isinstance(text, str):
        raise InvalidExperiment("Numbers must be pasted as text.")
    if len(text) > MAX_CHARACTERS:
        raise InvalidExperiment(f"Up to {MAX_CHARACTERS:,} characters can be pasted; these are {len(text):,}.")
    found = list[Entry]()
    total = 0
    plain = _TYPED.sub(r"\1", text.replace("\r\n", "\n").replace("\xa0", " "))
    for entry in _all(plain):
        total += entry.values.size
        if total > MAX_NUMBERS or len(found) == MAX_ENTRIES:
            raise InvalidExperiment(f"Up to {MAX_NUMBERS:,} numbers under {MAX_ENTRIES} names can be checked at once.")
        found.append(entry)
    return tuple(found)


def _all(text: str) -> Iterator[Entry]:
    if text.lstrip().startswith("{"):
        try:
            yield from _of_json(strict_json.parse(text), ())
            return
        except InvalidExperiment:
            # Python prints a dictionary in much the same way
            text = re.sub(r"['\"]", " ", text)
    for block, tabbed in _blocks(text):
        yield from _of_table(block) if tabbed else _scanned(block)


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts that are tables with tabs, and parts that are none."""
    part = list[str]()
    before = False
    for line in map(_with_tabs, text.split("\n")):
        tabbed = "\t" in line and "[" not in line
        if tabbed != before and part:
            yield "\n".join(part), before
            part = []
        before = tabbed
        part.append(line)
    yield "\n".join(part), before


def _with_tabs(line: str) -> str:
    """A line of CSV, a name and its numbers, with tabs; any other line as it is."""
    # most lines are told from one by their end, which is cheaper
    if not line.rstrip()[-1:].isdigit() or not _CSV.match(line):
        return line
    return "\t".join(cell.strip() for cell in line.split(";" if ";" in line else ","))


def _scanned(text: str) -> Iterator[Entry]:
    text = _LOWERED.sub(r"_\1", _RAISED.sub(lambda match: f"⁽{superscript(int(match[1]))}⁾", text))
    text = _INDEX.sub(r"_\1", text)
    at = 0
    name_from = 0
    while match := _START.search(text, at):
        start = match.start()
        bracket = match[0] in "[("
        if bracket:
            end, read, cut = _table(text, start)
        else:
            end, read, cut = *_row(text, match), False
        if read is not None and (name := _name(text[name_from:start])):
            yield Entry(name=name, values=read[0], units=read[1], cut=cut)
        if read is not None or bracket:
            name_from = end
        at = end


Read = tuple[Array, Array]


def _row(text: str, match: re.Match[str]) -> tuple[int, Read | None]:
    """Where a number ends, or numbers beside each other up to the end of the line, and what they are."""
    row = _LIST.match(text, match.start()) if _BEFORE.search(text[max(0, match.start() - 3) : match.start()]) else None
    if row is None:
        return match.end(), _scalar(text, match)
    return row.end(), _array([_cell(cell) for cell in _NUMBER.findall(row[0])])


def _scalar(text: str, match: re.Match[str]) -> Read | None:
    before, after = text[max(0, match.start() - 40) : match.start()], text[match.end() : match.end() + 40]
    if not _AFTER.match(after) or (re.match(r"\s*[^\W\d_]", after) and not _BEFORE.search(_WRAPPER.sub("", before))):
        return None
    return np.array(parse_number(match[0])), np.array(_unit(match[0]))


def _unit(written: str) -> float:
    """One in the last digit of a number as it is written."""
    mantissa, _, exponent = written.lower().replace(",", ".").partition("e")
    decimals = len(mantissa.partition(".")[2])
    return float(10.0 ** (int(exponent or 0) - decimals)) if abs(int(exponent or 0)) < 300 else 0.0


def _table(text: str, start: int) -> tuple[int, Read | None, bool]:
    """Where a table in brackets ends, its numbers if all rows are equally long, and whether some were left out."""
    stack: list[list[Any]] = []
    cut, count = False, 0
    for match in _CELL.finditer(text, start):
        sign = match[0]
        if sign in "[(":
            stack.append([])
            if len(stack) > MAX_DEPTH:
                return match.end(), None, cut
        elif sign in "])":
            done = stack.pop()
            if not stack:
                return match.end(), _array(done), cut
            stack[-1].append(done)
        elif sign in ("...", "…"):
            cut = True
        else:
            count += 1
            if count > MAX_NUMBERS:
                raise InvalidExperiment(f"Up to {MAX_NUMBERS:,} numbers can be checked at once.")
            stack[-1].append(_cell(sign))
    return len(text), None, cut


def _cell(written: str) -> tuple[float, float]:
    try:
        return parse_number(written), _unit(written)
    except InvalidExperiment:
        # nan and inf are numbers that a program prints
        return float("nan"), 0.0


def _array(nested: list[Any]) -> Read | None:
    """Nested lists of numbers with their units as two arrays; None where rows are not equally long."""
    try:
        made = np.array(nested, dtype=np.float64)
    except ValueError:
        return None
    if not made.size or made.shape[-1] != 2 or not _of_pairs(nested):
        return None
    return made[..., 0], made[..., 1]


def _of_pairs(nested: Any) -> bool:
    while isinstance(nested, list):
        nested = nested[0]
    return isinstance(nested, tuple)


def _name(before: str) -> str:
    """What stands before a value, without what belongs to the value before it and to its own printing."""
    before = _WRAPPER.sub("", before[-400:])
    lines = [line.strip() for line in _TAIL.sub("", before).split("\n")]
    line = next((line for line in reversed(lines) if line.strip(" =:,;()[]{}|>-*#\"'")), "")
    line = line.split("=")[0] if "=" in line.rstrip(" =") else line
    return (
        line.strip(" =:,;()[]{}|>*#\"'\t→")[-80:] if not line.endswith(")") else line.strip(" =:,;[]{}|>*#\"'\t→")[-80:]
    )


def _of_json(document: Any, names: tuple[str, ...]) -> Iterator[Entry]:
    if len(names) > MAX_DEPTH:
        return
    if isinstance(document, dict):
        for name, value in document.items():
            yield from _of_json(value, (*names, str(name)[:80]))
    elif isinstance(document, list) and any(isinstance(item, dict) for item in document):
        for index, item in enumerate(document):
            yield from _of_json(item, (*names, str(index)))
    elif names and not isinstance(document, str | bool) and document is not None:
        values = _plain(document)
        if values is not None:
            yield Entry(name=" ".join(names), values=values, units=np.zeros_like(values))


def _plain(document: Any) -> Array | None:
    try:
        values = np.array(document, dtype=np.float64)
    except (OverflowError, TypeError, ValueError):
        return None
    return values if values.size else None


def _of_table(block: str) -> Iterator[Entry]:
    """Rows of cells: with headings, a name for each cell of a row; without, a row's name and its numbers."""
    heading: list[str] = []
    name, rows = "", list[list[tuple[float, float]]]()
    for line in block.split("\n"):
        cells = [cell.strip() for cell in line.split("\t")]
        numbers = [_cell(cell) if _is_number(cell) else None for cell in cells[1:]]
        given = [number for number in numbers if number is not None]
        if not given:
            heading = cells
        elif len(heading) == len(cells):
            yield from _headed(heading, cells[0], numbers)
        else:
            if cells[0] and rows:
                yield from _rows(name, rows)
                rows = []
            name = cells[0] or name
            rows.append(given)
    yield from _rows(name, rows)


def _headed(heading: list[str], label: str, numbers: list[tuple[float, float] | None]) -> Iterator[Entry]:
    for head, number in zip(heading[1:], numbers, strict=True):
        if number is not None:
            yield Entry(name=f"{head}{OF}{label}", values=np.array(number[0]), units=np.array(number[1]))


def _rows(name: str, rows: list[list[tuple[float, float]]]) -> Iterator[Entry]:
    read = _array(list(rows[0]) if len(rows) == 1 else list(rows)) if rows else None
    if name and read is not None:
        values, units = (part[0] if part.shape == (1,) else part for part in read)
        yield Entry(name=name, values=values, units=units)


def _is_number(text: str) -> bool:
    try:
        parse_number(text)
    except InvalidExperiment:
        return False
    return True
