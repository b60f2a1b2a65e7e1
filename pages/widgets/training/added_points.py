"""Points of the user's own, typed into a table beside a data set."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import streamlit as st

from engine import InvalidExperiment
from engine.data import Dataset, Table, selection
from engine.formulas import numbers, parse_number
from pages.widgets.grid import MOST_ROWS, Editing, Grid, grids
from pages.widgets.session.slots import Slot
from pages.widgets.shared.frame import look
from pages.widgets.shared.markdown import plain

Cell: TypeAlias = float | str | None
Rows: TypeAlias = tuple[tuple[Cell, ...], ...]

# rows of points typed in, by the name of the data set; and how often rows have gone, which moves those below
_points: Slot[Mapping[str, Rows]] = Slot("training_points", {})
_edition: Slot[int] = Slot("training_points_edition", 0)


def added_points(name: str, data: Dataset) -> Dataset:
    """Draw the table of points to add to the data set called `name` and return the data with them."""
    columns = _columns(data)
    st.markdown("Points of your own, added to these")
    grids(_editing("points", name, data, 1), look())
    st.caption("Click in the picture to add one, or type it. A row whose fields are all cleared is gone.")
    try:
        return selection.with_points(data, Table(columns=columns, rows=_rows(name)))
    except InvalidExperiment as error:
        st.error(f"Points of your own: {plain(str(error))} They are left out until then.", icon=":material/error:")
        return data


@dataclass(frozen=True)
class Places:
    """Points of the user's own as a picture shows them.

    whole: row, x and y of each that has both; rows: how many there are in all, and `most` there may be.
    """

    whole: tuple[tuple[int, float, float], ...]
    rows: int
    most: int = MOST_ROWS


def places(name: str) -> Places:
    """Return where the points are that were added to the data set called `name`."""
    rows = _rows(name)
    known = [(number, row[0], row[1]) for number, row in enumerate(rows, 1)]
    return Places(tuple((n, x, y) for n, x, y in known if isinstance(x, float) and isinstance(y, float)), len(rows))


def drawn(name: str, data: Dataset) -> Editing:
    """Return what takes the points that are drawn in the picture of the data set called `name`."""
    # several may be on their way at once, each a row below the one before
    return _editing("drawn", name, data, MOST_ROWS)


def _columns(data: Dataset) -> tuple[str, ...]:
    return (*data.inputs, "class" if data.kind == "classification" else data.outputs[0])


def _editing(kind: str, name: str, data: Dataset, more: int) -> Editing:
    columns, classes = _columns(data), data.outputs if data.kind == "classification" else ()
    return Editing(
        key=f"{kind}_{name}",
        make=lambda: [_grid(columns, _rows(name), classes, more)],
        edition=_edition.get(),
        read=partial(_read, len(columns) if classes else 0),
        take=lambda given, gesture: _take_points(name, len(columns), given),
    )


def _rows(name: str) -> Rows:
    return _points.get().get(name, ())


def _grid(columns: Sequence[str], rows: Rows, classes: Sequence[str], more: int) -> Grid:
    """Return the table with some rows more, for the next points."""
    numbers_ = range(1, min(len(rows) + more, MOST_ROWS) + 1)
    filled = [*rows, *[(None,) * len(columns)] * more][: len(numbers_)]
    return Grid(
        title="",
        name="Points of your own, one a row",
        columns=tuple(columns),
        rows=tuple(map(str, numbers_)),
        places=tuple(tuple(f"p.{row}.{column}" for column in range(1, len(columns) + 1)) for row in numbers_),
        words=tuple(tuple(f"{name} of point {row}" for name in columns) for row in numbers_),
        values=tuple(tuple(map(_text, row)) for row in filled),
        choices={len(columns) - 1: tuple(classes)} if classes else {},
        growing="p",
    )


def _text(cell: Cell) -> str:
    return numbers.exact(cell) if isinstance(cell, float) else cell or ""


def _read(class_column: int, place: str, text: str) -> Cell:
    if not text.strip():
        return None
    return text.strip() if place.endswith(f".{class_column}") else parse_number(text)


def _take_points(name: str, width: int, given: Mapping[str, Cell]) -> None:
    if not given:
        return
    cells = {tuple(map(int, place.split(".")[1:])): cell for place, cell in given.items()}
    before = _rows(name)
    last = max(len(before), *(row for row, _ in cells))
    table = [[cells.get((r, c), _cell(before, r, c)) for c in range(1, width + 1)] for r in range(1, last + 1)]
    rows = tuple(tuple(row) for row in table if any(cell is not None for cell in row))
    if len(rows) < len(before):
        _edition.set(_edition.get() + 1)
    _points.set({**_points.get(), name: rows})


def _cell(rows: Rows, row: int, column: int) -> Cell:
    return rows[row - 1][column - 1] if row <= len(rows) else None
