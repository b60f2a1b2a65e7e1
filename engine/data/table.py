"""Data of the user's own: a CSV text or rows typed into a table, as a Dataset.

Every message names the row and the column that are wrong; rows count from 1, without the header.
"""

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.data.dataset import Dataset, Kind
from engine.data.labels import targets_of
from engine.errors import InvalidExperiment

MAX_ROWS, MAX_COLUMNS, MAX_CLASSES = 5_000, 50, 6
# letters in the name of a column or a class
MAX_NAME = 100
# Beyond this a number is a slip, and its square leaves the range where training means anything
LARGEST = 1e6


@dataclass(frozen=True)
class Table:
    """Named columns and rows of cells, as text or numbers; every row as long as `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def read_csv(text: str) -> Table:
    """Return the table in a CSV text, separated by commas, semicolons or tabs, with or without a header."""
    lines = [line for line in text.replace("\ufeff", "").splitlines() if line.strip()]
    if not lines:
        raise InvalidExperiment("The file is empty.")
    if len(lines) > MAX_ROWS + 1:
        raise InvalidExperiment(f"The file has {len(lines):,} rows; at most {MAX_ROWS:,} can be used.")
    cells = _cells(lines)
    named = not all(_is_number(cell) for cell in cells[0])
    columns = cells[0] if named else tuple(f"column {number}" for number in range(1, len(cells[0]) + 1))
    _check_columns(columns)
    rows = cells[1:] if named else cells
    if len(rows) < 2:
        raise InvalidExperiment(f"The file needs at least 2 rows of data; it has {len(rows)}.")
    for number, row in enumerate(rows, start=1):
        if len(row) != len(columns):
            raise InvalidExperiment(f"Row {number} has {len(row)} values, but there are {len(columns)} columns.")
    return Table(columns, tuple(rows))


def from_table(title: str, table: Table, inputs: Sequence[str], target: str, kind: Kind) -> Dataset:
    """Return the data of the chosen columns; raise InvalidExperiment for a cell that cannot be used."""
    if not inputs:
        raise InvalidExperiment("Choose at least one column as an input.")
    if target in inputs:
        raise InvalidExperiment(f"The column {target!r} cannot be input and target at once.")
    x = np.column_stack([numbers(table, name) for name in inputs])
    if kind == "regression":
        return Dataset(
            title=title,
            kind=kind,
            x=x,
            y=numbers(table, target)[:, np.newaxis],
            inputs=tuple(inputs),
            outputs=(target,),
        )
    names = classes(table, target)
    found = np.array([names.index(_word(row[table.columns.index(target)])) for row in table.rows], dtype=np.intp)
    return Dataset(title=title, kind=kind, x=x, y=targets_of(found, len(names)), inputs=tuple(inputs), outputs=names)


def with_points(data: Dataset, table: Table) -> Dataset:
    """Return `data` with the rows of a table added, whose columns are its inputs and then its target."""
    if not table.rows:
        return data
    x = np.column_stack([numbers(table, name) for name in table.columns[:-1]])
    target = table.columns[-1]
    if data.kind == "regression":
        y = numbers(table, target)[:, np.newaxis]
    else:
        found = [_class(row[-1], number, target, data.outputs) for number, row in enumerate(table.rows, start=1)]
        y = targets_of(np.array(found, dtype=np.intp), len(data.outputs))
    return replace(data, x=np.vstack((data.x, x)), y=np.vstack((data.y, y)))


def numbers(table: Table, column: str) -> Array:
    """Return a column as numbers."""
    place = _place(table, column)
    return np.array([_number(row[place], number, column) for number, row in enumerate(table.rows, start=1)])


def classes(table: Table, column: str) -> tuple[str, ...]:
    """Return the different values of a column, sorted; raise InvalidExperiment for fewer than 2 or more than 6."""
    place = _place(table, column)
    for number, row in enumerate(table.rows, start=1):
        if not _word(row[place]):
            raise InvalidExperiment(f"Row {number}, column {column!r}: the class is missing.")
        if len(_word(row[place])) > MAX_NAME:
            raise InvalidExperiment(f"Row {number}, column {column!r}: the class has more than {MAX_NAME} letters.")
    names = sorted({_word(row[place]) for row in table.rows}, key=lambda w: (not _is_number(w), _sortable(w), w))
    if not 2 <= len(names) <= MAX_CLASSES:
        raise InvalidExperiment(
            f"The column {column!r} holds {len(names)} different value{'s' if len(names) != 1 else ''}; as classes "
            f"there can be 2 to {MAX_CLASSES}. Choose another column, or a regression."
        )
    return tuple(names)


def _class(cell: Any, row: int, column: str, names: Sequence[str]) -> int:
    if _word(cell) not in names:
        given = f"{cell!r:.40} is no class" if _word(cell) else "the class is missing"
        raise InvalidExperiment(f"Row {row}, column {column!r}: {given}; the classes are {', '.join(names)}.")
    return names.index(_word(cell))


def _cells(lines: list[str]) -> list[tuple[str, ...]]:
    # the separator that splits the first line into most parts; a comma if none does
    separator = max(",;\t", key=lines[0].count)
    try:
        return [tuple(cell.strip() for cell in row) for row in csv.reader(lines, delimiter=separator)]
    except csv.Error as error:
        raise InvalidExperiment(f"The file is not a CSV table: {error}.") from error


def _check_columns(columns: Sequence[str]) -> None:
    if not 2 <= len(columns) <= MAX_COLUMNS:
        raise InvalidExperiment(
            f"The file needs from 2 to {MAX_COLUMNS} columns, separated by commas, semicolons or tabs; "
            f"it has {len(columns)}."
        )
    for number, name in enumerate(columns, start=1):
        if not name:
            raise InvalidExperiment(f"Column {number} has no name in the header.")
        if len(name) > MAX_NAME:
            raise InvalidExperiment(f"The name of column {number} has {len(name):,} letters; at most {MAX_NAME} fit.")
        if name in columns[: number - 1]:
            raise InvalidExperiment(f"Two columns are called {name!r}.")


def _place(table: Table, column: str) -> int:
    if column not in table.columns:
        raise InvalidExperiment(f"There is no column {column!r}; there are {', '.join(table.columns)}.")
    return table.columns.index(column)


def _number(cell: Any, row: int, column: str) -> float:
    if not _is_number(cell):
        given = f"{cell!r:.40} is not a number" if _word(cell) else "the number is missing"
        raise InvalidExperiment(f"Row {row}, column {column!r}: {given}.")
    if abs(float(cell)) > LARGEST:
        raise InvalidExperiment(f"Row {row}, column {column!r}: {float(cell):g} is beyond ±{LARGEST:,.0f}.")
    return float(cell)


def _is_number(cell: Any) -> bool:
    try:
        return math.isfinite(float(cell))
    except (TypeError, ValueError):
        return False


def _word(cell: Any) -> str:
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if not _is_number(cell):
        return str(cell).strip()
    number = float(cell)
    # a column of whole numbers may come as floats
    return str(int(number)) if number.is_integer() else repr(number)


def _sortable(word: str) -> float:
    return float(word) if _is_number(word) else 0.0
