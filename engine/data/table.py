"""A table: named columns of cells, read from a file or typed in, and its columns as numbers or as classes.

Every message names the row, or the line of the file, and the column that are wrong; rows count from 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.data.cells import MISSING_WORD, form, is_infinite, is_missing, plain_number
from engine.data.dataset import Kind
from engine.data.dialect import Dialect
from engine.errors import InvalidExperiment

MAX_ROWS, MAX_COLUMNS, MAX_CLASSES = 5_000, 1_000, 10
# letters in the name of a class
MAX_NAME = 100
# wrong cells that one message names
_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Table:
    """Named columns and rows of cells, as text or numbers; every row as long as `columns`.

    Of a file: `lines` are those that the rows begin in, `numeric` the columns that hold numbers, `dialect` and
    `remarks` (sentences) what was understood of it.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    lines: tuple[int, ...] = ()
    numeric: tuple[str, ...] = ()
    dialect: Dialect = field(default_factory=Dialect)
    remarks: tuple[str, ...] = ()

    def cells(self, column: str) -> list[Any]:
        """Return the cells of a column; raise InvalidExperiment for one that there is not."""
        if column not in self.columns:
            raise InvalidExperiment(f"There is no column {column!r}; there are {', '.join(self.columns[:20])}.")
        place = self.columns.index(column)
        return [row[place] for row in self.rows]

    def at(self, row: int, column: str) -> str:
        """Return where a cell is, in words; `row` counts from 0."""
        number = f"Line {self.lines[row]} (row {row + 1})" if self.lines else f"Row {row + 1}"
        return f"{number}, column {column!r}"

    def take(self, rows: Iterable[int]) -> "Table":
        """Return the table of some of the rows, counted from 0."""
        taken = list(rows)
        return replace(
            self,
            rows=tuple(self.rows[row] for row in taken),
            lines=tuple(self.lines[row] for row in taken) if self.lines else (),
        )


@dataclass(frozen=True)
class Fault:
    """A cell that cannot be used: its row, counted from 0, why, and whether it only is missing or infinite."""

    row: int
    column: str
    why: str
    gap: bool


def faults(table: Table, column: str, kind: Kind) -> list[Fault]:
    """Return the cells of a column that cannot be used as numbers (regression) or as classes."""
    find = _no_number if kind == "regression" else _no_class
    found = ((row, find(cell)) for row, cell in enumerate(table.cells(column)))
    return [Fault(row, column, *why) for row, why in found if why]


def refuse(table: Table, found: Sequence[Fault]) -> None:
    """Raise InvalidExperiment that names the faults, if there are any: the first ones, and how many more."""
    if not found:
        return
    named = [f"{table.at(fault.row, fault.column)}: {fault.why}." for fault in found[:_SHOWN]]
    more = len(found) - len(named)
    raise InvalidExperiment(
        " ".join(named) + (f" So it is with {more:,} more cell{'s' if more > 1 else ''}." if more else "")
    )


def numbers(table: Table, column: str) -> Array:
    """Return a column as numbers (n,); raise InvalidExperiment that names the cells which are none."""
    read = [plain_number(cell) for cell in table.cells(column)]
    if None in read:
        refuse(table, faults(table, column, "regression"))
    return np.array(read, dtype=np.float64)


def classes(table: Table, column: str) -> tuple[str, ...]:
    """Return the different words of a column, sorted, numbers first; raise InvalidExperiment unless 2 to 10."""
    refuse(table, faults(table, column, "classification"))
    names = sorted({word(cell) for cell in table.cells(column)}, key=_order)
    if not 2 <= len(names) <= MAX_CLASSES:
        raise InvalidExperiment(
            f"The column {column!r} holds {len(names)} different value{'s' if len(names) != 1 else ''}; as classes "
            f"there can be 2 to {MAX_CLASSES}. Choose another column, or a regression."
        )
    return tuple(names)


def word(cell: Any) -> str:
    """Return the name of a class: 2.0 and “2” are one class, and so are two texts that differ in blanks only."""
    if isinstance(cell, str):
        cell = " ".join(cell.split())
        # a code such as 007 is a name and no number
        if form(cell) not in ("whole", "long", "point"):
            return cell
    number = plain_number(cell)
    if number is None:
        return "" if is_missing(cell) else str(cell)
    return str(int(number)) if number.is_integer() else repr(number)


def _no_number(cell: Any) -> tuple[str, bool] | None:
    if plain_number(cell) is not None:
        return None
    if is_missing(cell):
        empty = cell is None or not str(cell).strip() or isinstance(cell, float)
        return ("the number is missing" if empty else f"{cell!r} stands for a number that is missing"), True
    if is_infinite(cell):
        return f"{cell!r:.40} is not a finite number", True
    return f"{cell!r:.40} is not a number", False


def _no_class(cell: Any) -> tuple[str, bool] | None:
    if is_missing(cell, MISSING_WORD):
        return "the class is missing", True
    if len(word(cell)) > MAX_NAME:
        return f"the class has more than {MAX_NAME} letters", False
    return None


def _order(name: str) -> tuple[bool, float, str]:
    number = plain_number(name)
    return number is None, number or 0.0, name
