"""What a program printed, or somebody wrote down: names with numbers or tables after them, wherever they stand.

Reads `z1 = [0.1, 0.2]`, NumPy's and PyTorch's printing, JSON and tab-separated tables. Every sign is looked at a
bounded number of times, and nothing is evaluated.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files import strict_json
from engine.formulas.plain import superscript
from engine.practice.pasted.cells import NUMBER, Entry, Read, as_arrays, is_number, read_cell
from engine.practice.pasted.tables import of_table, with_tabs

MAX_CHARACTERS, MAX_NUMBERS, MAX_ENTRIES, MAX_DEPTH = 200_000, 20_000, 400, 8
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
_NUMBER = re.compile(NUMBER)
_LIST = re.compile(rf"{NUMBER}(?:,?[ \t]+{NUMBER}){{1,200}}(?=[ \t]*(?:\n|$))")
_BEFORE = re.compile(r"[=:→]\s*$")
_AFTER = re.compile(r"\s*(?:$|[,;)\n\t|]|[^\W\d_])")


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
        yield from of_table(block) if tabbed else _scanned(block)


def _blocks(text: str) -> Iterator[tuple[str, bool]]:
    """The text in parts that are tables with tabs, and parts that are none."""
    part = list[str]()
    before = False
    for line in map(with_tabs, text.split("\n")):
        tabbed = "\t" in line and "[" not in _INDEX.sub("", line)
        if tabbed != before and part:
            yield "\n".join(part), before
            part = []
        before = tabbed
        part.append(line)
    yield "\n".join(part), before


def _scanned(text: str) -> Iterator[Entry]:
    text = _LOWERED.sub(r"_\1", _RAISED.sub(lambda match: f"⁽{superscript(int(match[1]))}⁾", text))
    text = _INDEX.sub(r"_\1", text)
    at = name_from = 0
    while match := _START.search(text, at):
        at = match.end()
        bracket = match[0] in "[("
        row = None if bracket else _row(text, match)
        if not (bracket or row or _stands_alone(text, match)):
            continue
        name = _name(text[name_from : match.start()])
        if bracket:
            at, read, cut = _table(text, match.start())
        else:
            # a number without a name, of which there may be thousands, is not read
            read, cut = (_several(row) if row else _one(match)) if name else None, False
            at = row.end() if row else at
        if read is not None and name:
            yield Entry(name=name, values=read[0], units=read[1], cut=cut)
        name_from = at


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether a number is one of its own, and no part of a name."""
    if not _AFTER.match(after := text[match.end() : match.end() + 40]):
        return False
    before = text[max(0, match.start() - 40) : match.start()]
    return not re.match(r"\s*[^\W\d_]", after) or bool(_BEFORE.search(_WRAPPER.sub("", before)))


def _row(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """Numbers beside each other up to the end of the line, behind a sign of equality."""
    before = text[max(0, match.start() - 3) : match.start()]
    return _LIST.match(text, match.start()) if _BEFORE.search(before) else None


def _several(row: re.Match[str]) -> Read | None:
    return as_arrays([read_cell(one) for one in _NUMBER.findall(row[0])])


def _one(match: re.Match[str]) -> Read | None:
    if not is_number(match[0]):
        return None
    value, unit = read_cell(match[0])
    return np.array(value), np.array(unit)


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
                return match.end(), as_arrays(done), cut
            stack[-1].append(done)
        elif sign in ("...", "…"):
            cut = True
        else:
            count += 1
            if count > MAX_NUMBERS:
                raise InvalidExperiment(f"Up to {MAX_NUMBERS:,} numbers can be checked at once.")
            stack[-1].append(read_cell(sign))
    return len(text), None, cut


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
