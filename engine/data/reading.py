"""A file as a table: what its bytes say is found out step by step, said in sentences, and may be decided by the reader.

Every cell is read right, or the file is refused in words that name the line and the column.
"""

from collections.abc import Sequence
from dataclasses import replace

from engine.data.cells import form, value
from engine.data.columns import Column, common
from engine.data.dialect import DECIMALS, ENCODINGS, SEPARATORS, Dialect, Record, records
from engine.data.encoding import decoded
from engine.data.header import counts_rows, has_header, index_of, named, same_width
from engine.data.table import MAX_COLUMNS, MAX_ROWS, Table
from engine.errors import InvalidExperiment

MAX_BYTES = 4_000_000


def read_table(content: bytes, name: str, given: Dialect = Dialect()) -> Table:  # noqa: B008 - it is frozen
    """Return the table in a file of text, with what was understood: `.dialect`, and in sentences `.remarks`.

    content: the bytes of the file; name: what messages call it. What is not None in `given` is taken from there and
    not found out. Raises InvalidExperiment for a file that cannot be read beyond doubt, with the line and the column.
    """
    if len(content) > MAX_BYTES:
        raise InvalidExperiment(f"{name} has {len(content):,} bytes; at most {MAX_BYTES:,} can be read.")
    text, encoding = decoded(content, given.encoding)
    rows, separator = records(text, given.separator)
    _check_rows(rows)
    header = has_header(rows) if given.header is None else given.header
    rows, unnamed = same_width(rows, header, separator)
    _check_size(rows, header, separator)
    found = replace(given, encoding=encoding, separator=separator, header=header)
    return _table(rows, found, unnamed)


def _check_rows(rows: Sequence[Record]) -> None:
    if not rows:
        raise InvalidExperiment("The file is empty.")
    if (width := max(row.filled for row in rows)) > MAX_COLUMNS:
        raise InvalidExperiment(f"The file has {width:,} columns; at most {MAX_COLUMNS:,} can be used.")
    if len(rows) > MAX_ROWS + 1:
        raise InvalidExperiment(f"The file has {len(rows):,} rows; at most {MAX_ROWS:,} can be used.")


def _check_size(rows: Sequence[Record], header: bool, separator: str) -> None:
    width, count = len(rows[0].cells), len(rows) - header
    if width < 2:
        raise InvalidExperiment(
            f"The file needs from 2 to {MAX_COLUMNS:,} columns, separated by commas, semicolons, tabs or blanks; "
            f"separated by {SEPARATORS[separator]} it has {width}."
        )
    if count < 2:
        raise InvalidExperiment(f"The file needs at least 2 rows of data; it has {count}.")


def _table(rows: Sequence[Record], found: Dialect, unnamed: bool) -> Table:
    width, below = len(rows[0].cells), rows[1:] if found.header else rows
    counts = bool(found.header) and _counts(rows)
    titles = tuple(f"column {number}" for number in range(1, width + 1))
    if found.header and not counts:
        titles = rows[0].cells
    names, renamed = named(titles)
    lines = tuple(row.line for row in below)
    cells = zip(*(row.cells for row in below), strict=True)
    columns = [Column(name, own, lines) for name, own in zip(names, cells, strict=True)]
    index = _index(columns, titles, found, unnamed)
    kept = [column for column in columns if column.name != index]
    elsewhere = common(kept)
    decimals = {
        column.name: column.decimal(found.decimal, elsewhere, str(found.separator))
        for column in kept
        if column.holds_numbers
    }
    dialect = replace(found, index=index, decimal=found.decimal or _usual(list(decimals.values()), elsewhere))
    values = [column.numbers(decimals[column.name]) if column.name in decimals else column.cells for column in kept]
    remarks = (
        _as_read(dialect, rows[0].line, counts),
        *((f"The column {index!r} only numbers the rows: it is left out.",) if index else ()),
        *(words for words in renamed if not index or repr(index) not in words),
        *_on_numbers(kept, decimals, dialect),
        *_on_rows(kept, decimals),
    )
    return Table(
        columns=tuple(column.name for column in kept),
        rows=tuple(zip(*values, strict=True)),
        lines=lines,
        numeric=tuple(decimals),
        dialect=dialect,
        remarks=remarks,
    )


def _counts(rows: Sequence[Record]) -> bool:
    """Return whether the first line counts rows and inputs and names classes, as scikit-learn's iris.csv begins."""
    first = rows[0].cells
    return first[:2] == (str(len(rows) - 1), str(len(first) - 1)) and not any(map(form, first[2:]))


def _index(columns: Sequence[Column], titles: Sequence[str], found: Dialect, unnamed: bool) -> str:
    if found.index is None:
        return columns[0].name if unnamed else index_of(columns, titles, bool(found.header))
    return found.index if found.index in [column.name for column in columns] else ""


def _usual(decimals: Sequence[str], elsewhere: frozenset[str]) -> str:
    return "," if elsewhere == {","} or decimals.count(",") > decimals.count(".") else "."


def _as_read(dialect: Dialect, line: int, counts: bool) -> str:
    header = f"line {line} names the columns" if dialect.header else "there is no header, the first line is data"
    if counts:
        header = f"line {line} counts rows and inputs and names no columns"
    return (
        f"Read as {ENCODINGS[str(dialect.encoding)]}, columns separated by {SEPARATORS[str(dialect.separator)]}, with "
        f"a decimal {DECIMALS[str(dialect.decimal)]}; {header}."
    )


def _on_numbers(columns: Sequence[Column], decimals: dict[str, str], dialect: Dialect) -> list[str]:
    numbers = [(column, decimals[column.name]) for column in columns if column.name in decimals]
    words = []
    for column, decimal in numbers:
        if cell := column.thousands(decimal):
            number = value(cell, decimal)
            words.append(f"In {column.name!r} thousands are separated: “{cell}” is {number:.15g}.")
    if others := [repr(column.name) for column, decimal in numbers if column.says and decimal != dialect.decimal]:
        words.append(f"The other decimal mark is in {', '.join(others)}.")
    if numbers and counts_rows(numbers[0][0]):
        words.append(f"{numbers[0][0].name!r} counts the rows: leave it out of the inputs if that is all it does.")
    return words


def _on_rows(columns: Sequence[Column], decimals: dict[str, str]) -> list[str]:
    gaps = {line for column in columns for line in column.gaps(column.name in decimals)}
    if not gaps:
        return []
    shown = ", ".join(map(str, sorted(gaps)[:5])) + (", …" if len(gaps) > 5 else "")
    one = len(gaps) == 1
    return [
        f"{len(gaps):,} row{' has' if one else 's have'} missing or infinite cells: line{'' if one else 's'} {shown}."
    ]
