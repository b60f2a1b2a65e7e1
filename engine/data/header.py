"""The columns of a table: whether its first line names them, how many there are, and which one only numbers the rows.

Separators at the ends of lines, more in the header than in the rows or the other way round, must not shift a column.
"""

import re
from collections import Counter
from collections.abc import Sequence

from engine.data.cells import form, is_missing, plain_number
from engine.data.columns import Column
from engine.data.dialect import Record
from engine.errors import InvalidExperiment

# rows that are looked at to know a header
_SAMPLE = 200
# letters in the name of a column
MAX_NAME = 100
# what people call a column that only numbers the rows
_INDEX_NAMES = re.compile(
    r"(unnamed[:_ ]*\d*|id|index|idx|row|rows?_?(names?|ids?|nr|no|number)|nr|no|s\.?no|#|obs|)\.?", re.I
)


def has_header(rows: Sequence[Record]) -> bool:
    """Return whether the first row names the columns: it has words where the rows below have numbers."""
    first, below = rows[0].cells, rows[1 : 1 + _SAMPLE]
    columns = [_column("", below, place) for place in range(len(first))]
    numeric = [place for place, column in enumerate(columns) if column.holds_numbers and any(column.cells)]
    if not numeric:
        return True
    if _counts_columns(first, columns, numeric) or (not first[0] and _names_rows(columns[0])):
        return True
    return any(not is_missing(first[place]) and not form(first[place]) for place in numeric)


def _counts_columns(first: Sequence[str], columns: Sequence[Column], numeric: Sequence[int]) -> bool:
    """Return whether the first row counts the columns or the years: 0, 1, 2, … over numbers that are not whole.

    pandas names so what has no names. A word beside them names a column if it is not among the words below it.
    """
    numbers = [plain_number(first[place]) for place in numeric]
    start = numbers[0]
    if len(numbers) < 2 or start is None or numbers != [start + step for step in range(len(numbers))]:
        return False
    words = [place for place in range(len(first)) if place not in numeric]
    if any(first[place] in columns[place].cells for place in words):
        return False
    counts = start == 0 or (start == 1 and bool(words))
    decimals = any(columns[place].says for place in numeric)
    return (counts and decimals and len(first) > 2) or (1900 <= start < 2100 and bool(words))


def _names_rows(column: Column) -> bool:
    return counts_rows(column) or (not column.holds_numbers and _is_unique(column))


def same_width(rows: Sequence[Record], header: bool, separator: str) -> tuple[list[Record], bool]:
    """Return the rows with as many cells each as there are columns, and whether the header lacks the first name.

    Raises InvalidExperiment for a row of another length, with its line.
    """
    first, below = rows[0], rows[1:]
    filled = max((row.filled for row in below), default=0)
    if header and filled == len(first.cells) + 1 > 2 and _are_row_names(below, filled, separator):
        # R names the rows in a column without a name
        return [Record(first.line, ("", *first.cells)), *below], True
    width = max(first.filled, min(filled, len(first.cells)))
    return [_of_width(row, width, first) for row in rows], False


def _are_row_names(rows: Sequence[Record], width: int, separator: str) -> bool:
    if any(len(row.cells) != width for row in rows):
        return False
    column = _column("", rows, 0)
    if not _is_unique(column):
        return False
    if column.holds_numbers:
        # a header of commas that is too short may as well lack its last name
        return separator in " \t" and counts_rows(column)
    # a comma or a blank without quotes may stand in a name, a date or a number: “A,1,50”, “Jan 1, 2020”, “Ann Lee 3”
    return separator not in ", " or all(row.quoted for row in rows)


def _of_width(row: Record, width: int, first: Record) -> Record:
    if len(row.cells) < width or row.filled > width:
        count = len(row.cells) if len(row.cells) < width else row.filled
        raise InvalidExperiment(
            f"Line {row.line} has {count} value{'' if count == 1 else 's'}, but line {first.line} has {width}: the "
            "same number of columns is needed in every line."
        )
    return Record(row.line, row.cells[:width])


def named(cells: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return different names for all columns, and a sentence for each that was made up.

    Raises InvalidExperiment for a name that is too long.
    """
    titles = [" ".join(cell.split()) for cell in cells]
    copies: Counter[str] = Counter()
    names: list[str] = []
    remarks = []
    taken = set(titles)
    for number, title in enumerate(titles, start=1):
        if len(title) > MAX_NAME:
            raise InvalidExperiment(f"The name of column {number} has {len(title):,} letters; at most {MAX_NAME} fit.")
        name = title or f"column {number}"
        if copies[name] or (not title and name in taken):
            name = _another(name, copies, taken)
        if not title:
            remarks.append(f"Column {number} has no name: it is called {name!r}.")
        elif name != title:
            remarks.append(f"There is a second column {title!r}: it is called {name!r}.")
        copies[title or name] += 1
        taken.add(name)
        names.append(name)
    return tuple(names), tuple(remarks)


def _another(name: str, copies: Counter[str], taken: set[str]) -> str:
    """Return a name with a number behind it that no column has."""
    copies[name] = max(copies[name], 1)
    while f"{name} ({copies[name] + 1})" in taken:
        copies[name] += 1
    return f"{name} ({copies[name] + 1})"


def index_of(columns: Sequence[Column], names: Sequence[str], header: bool) -> str:
    """Return the column that only numbers the rows; "" if none does.

    names: as they stand in the header. Without a header, or under a name of its own, a column of 1, 2, 3 may be data.
    """
    for column, name in zip(columns, names, strict=True):
        if header and len(columns) > 2 and _INDEX_NAMES.fullmatch(name) and _is_index(column, name):
            return column.name
    return ""


def counts_rows(column: Column) -> bool:
    """Return whether the cells of a column are 0, 1, 2, … or 1, 2, 3, …"""
    numbers = [plain_number(cell) for cell in column.cells]
    return any(numbers == list(range(start, start + len(numbers))) for start in (0, 1))


def _is_index(column: Column, name: str) -> bool:
    if not _is_unique(column):
        return False
    whole = all(
        own in ("whole", "long", "code") and "e" not in cell.lower()
        for own, cell in zip(column.forms, column.cells, strict=True)
    )
    return whole or (not name and not column.holds_numbers)


def _is_unique(column: Column) -> bool:
    return all(column.cells) and len(set(column.cells)) == len(column.cells)


def _column(name: str, rows: Sequence[Record], place: int) -> Column:
    return Column(name, tuple(row.cells[place] if place < len(row.cells) else "" for row in rows), ())
