"""Points of the user's own, typed into a table beside a data set."""

from collections.abc import Mapping, Sequence
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
    target = "class" if data.kind == "classification" else data.outputs[0]
    columns = (*data.inputs, target)
    classes = data.outputs if target == "class" else ()
    st.markdown("Points of your own, added to these")
    editing = Editing(
        key=f"points_{name}",
        make=lambda: [_grid(columns, _rows(name), classes)],
        edition=_edition.get(),
        read=partial(_read, len(columns) if target == "class" else 0),
        take=lambda given, gesture: _take_points(name, len(columns), given),
    )
    grids(editing, look())
    st.caption("A row whose fields are all cleared is gone.")
    try:
        return selection.with_points(data, Table(columns=columns, rows=_rows(name)))
    except InvalidExperiment as error:
        st.error(f"Points of your own: {plain(str(error))} They are left out until then.", icon=":material/error:")
        return data


def _rows(name: str) -> Rows:
    return _points.get().get(name, ())


def _grid(columns: Sequence[str], rows: Rows, classes: Sequence[str]) -> Grid:
    # one more, for the next point
    numbers_ = range(1, min(len(rows) + 1, MOST_ROWS) + 1)
    filled = [*rows, (None,) * len(columns)][: len(numbers_)]
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
