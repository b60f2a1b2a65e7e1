"""How a table is written: its separator, whether it has a header, its decimal mark; and its lines as cells.

A quoted cell may hold separators and ends of lines; blank lines and lines of separators alone hold nothing.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import islice

from engine.data.cells import form, is_missing
from engine.errors import InvalidExperiment

# what a reader may choose from: encodings by Python's names
ENCODINGS: Mapping[str, str] = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16, big-endian",
    "cp1252": "Windows-1252 (western Europe)",
    "cp1250": "Windows-1250 (central Europe)",
    "cp1251": "Windows-1251 (Cyrillic)",
    "mac_roman": "Mac Roman",
    "shift_jis": "Shift JIS",
    "gb18030": "GB 18030",
}
# a blank stands for any run of blanks and tabs
SEPARATORS: Mapping[str, str] = {";": "semicolons", "\t": "tabs", "|": "bars", ",": "commas", " ": "blanks"}
DECIMALS: Mapping[str, str] = {".": "point", ",": "comma"}

# lines that are looked at to find the separator
_SAMPLE = 60
_LINE_END = re.compile("\r\n|\r|\n")
_WORD = re.compile(r'"((?:[^"]|"")*)"(?!\S)|\S+')


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How a table is written; what is None is to be found out.

    encoding: separator, decimal: keys of ENCODINGS, SEPARATORS and DECIMALS; header:
    whether the first line names the columns; index: the column that only numbers the rows and is left out, or "".
    """

    encoding: str | None = None
    separator: str | None = None
    decimal: str | None = None
    header: bool | None = None
    index: str | None = None


@dataclass(frozen=True)
class Record:
    """The cells of one row, the line of the file that it begins in, and whether the first cell is in quotes."""

    line: int
    cells: tuple[str, ...]
    quoted: bool = False

    @property
    def filled(self) -> int:
        """The number of cells up to the last one that is not empty."""
        return next((at for at in range(len(self.cells), 0, -1) if self.cells[at - 1]), 0)


def records(text: str, separator: str | None = None) -> tuple[list[Record], str]:
    """Return the rows of a text that are not empty, and their separator: the one given, or the one that is found.

    Raises InvalidExperiment for quotes that do not close, with the line.
    """
    said, first = _said(text)
    separator = separator or said or _found(text, first)
    return list(_records(text, separator, first)), separator


def _said(text: str) -> tuple[str | None, int]:
    """Return the separator that Excel's first line `sep=;` says, and the line that the table begins in."""
    found = re.match(r'"?sep=([,;|\t ])"?[ \t,;]*(\r\n|\r|\n|$)', text, re.IGNORECASE)
    return (found[1], 2) if found else (None, 1)


def _records(text: str, separator: str, first: int, strict: bool = True) -> Iterator[Record]:
    split = _blank_split if separator == " " else _csv_split
    lines = _LINE_END.split(text)
    for line, cells in split(text, separator, strict):
        stripped = tuple(cell.strip() for cell in cells)
        if line >= first and any(stripped):
            yield Record(line, stripped, lines[line - 1].lstrip().startswith('"'))


def _csv_split(text: str, separator: str, strict: bool) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator, skipinitialspace=True, strict=strict)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise InvalidExperiment(
            f"Line {line}: a quotation mark does not close where the cell ends ({error})."
        ) from error


def _blank_split(text: str, _: str, __: bool) -> Iterator[tuple[int, list[str]]]:
    for line, words in enumerate(_LINE_END.split(text), start=1):
        yield line, [found[0] if found[1] is None else found[1].replace('""', '"') for found in _WORD.finditer(words)]


def _found(text: str, first: int) -> str:
    """Return the separator under which the lines are equally long and their cells make sense.

    Raises InvalidExperiment where two make the same sense of different cells.
    """
    samples = {separator: _sample(text, separator, first, strict=True) for separator in SEPARATORS}
    senses = {separator: _sense(sample, separator) for separator, sample in samples.items()}
    if not any(senses.values()):
        # quotes that do not close hide the columns, and are told when all is read
        samples = {separator: _sample(text, separator, first, strict=False) for separator in SEPARATORS}
        senses = {separator: _sense(sample, separator) for separator, sample in samples.items()}
    best = max(SEPARATORS, key=lambda separator: senses[separator])
    others = [sign for sign in senses if senses[sign] == senses[best] > 0 and samples[sign] != samples[best]]
    if others:
        ways = " or by ".join(SEPARATORS[sign] for sign in (best, *others))
        raise InvalidExperiment(f"Line {samples[best][0].line} can be parted by {ways}: choose the separator.")
    return best


def _sample(text: str, separator: str, first: int, strict: bool) -> list[Record]:
    try:
        return list(islice(_records(text, separator, first, strict), _SAMPLE))
    except InvalidExperiment:
        return []


def _sense(sample: Sequence[Record], separator: str) -> float:
    """Return how equally long the lines are, and how many cells below the first line make sense."""
    # by the cells of a line, with the empty ones at its end or without
    width, count, measure = max(
        ((*pair, own) for own in (_filled, _cells) for pair in Counter(map(own, sample)).items()),
        key=lambda found: found[1::-1],
        default=(0, 0, _filled),
    )
    if width < 2:
        return 0.0
    below = sample[1:] or sample
    cells = [cell for record in below if measure(record) == width for cell in record.cells[:width]]
    if not cells:
        return 0.0
    clean = sum(_is_clean(cell, separator) for cell in cells) / len(cells)
    numbers = sum(bool(form(cell)) or is_missing(cell) for cell in cells) / len(cells)
    return count / len(sample) + clean + 0.1 * numbers


def _filled(record: Record) -> int:
    return record.filled


def _cells(record: Record) -> int:
    return len(record.cells)


def _is_clean(cell: str, separator: str) -> bool:
    """Return whether a cell is a number, or a word that no other separator would have parted."""
    return bool(form(cell)) or is_missing(cell) or not any(sign in cell for sign in ";\t|," if sign != separator)
