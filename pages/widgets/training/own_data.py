"""Data of the user's own: a CSV file whose columns are chosen, and points typed into a table."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TypeAlias

import streamlit as st

from engine import InvalidExperiment
from engine.data import Dataset, Kind, Table, from_table, read_csv, with_points
from engine.formulas import numbers, parse_number
from pages.widgets import fields
from pages.widgets.grid import MOST_ROWS, Editing, Grid, grids
from pages.widgets.session.slots import Slot
from pages.widgets.shared.frame import look
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.upload import upload

Cell: TypeAlias = float | str | None
Rows: TypeAlias = tuple[tuple[Cell, ...], ...]

_table: Slot[Table | None] = Slot("training_csv", None)
_name: Slot[str] = Slot("training_csv_name", "")
# rows of points typed in, by the name of the data set; and how often rows have gone, which moves those below
_points: Slot[Mapping[str, Rows]] = Slot("training_points", {})
_edition: Slot[int] = Slot("training_points_edition", 0)

_KINDS: dict[Kind, str] = {"classification": "a class", "regression": "a number"}


def csv_data() -> Dataset | None:
    """Draw the upload and the choice of columns; return the data, or None as long as there is no file."""
    uploaded = upload("CSV file", "training_upload", types=("csv", "tsv", "txt"))
    if uploaded is not None:
        _take(uploaded.name, uploaded.getvalue())
    table = _table.get()
    if table is None:
        st.caption("A table with a row for each example, up to 1 MB; the first row may hold the columns' names.")
        return None
    st.caption(f"{plain(_name.get())}: {len(table.rows)} rows, {len(table.columns)} columns")
    return _chosen_columns(table)


def _take(name: str, content: bytes) -> None:
    try:
        text = content.decode("utf-8-sig")
        _table.set(read_csv(text))
        _name.set(name)
    except UnicodeDecodeError:
        _refuse(name, "The file is not text in UTF-8.")
    except InvalidExperiment as error:
        _refuse(name, str(error))


def _refuse(name: str, words: str) -> None:
    kept = f" The data of {_name.get()} are kept." if _table.get() else ""
    st.error(plain(f"{name} could not be used. {words}{kept}"), icon=":material/error:")


def _chosen_columns(table: Table) -> Dataset:
    columns = list(table.columns)
    # a key of its own for each set of columns: the choices of another file do not fit
    key = f"training_columns_{abs(hash(table.columns))}"
    target = fields.choice(
        st.selectbox, "Target", columns, first=columns[-1], key=f"{key}_target", persist_state="session"
    )
    others = [name for name in columns if name != target]
    inputs = fields.choices(
        st.multiselect, "Inputs", others, first=others[:2], key=f"{key}_{columns.index(target)}_inputs",
        persist_state="session",
    )  # fmt: skip
    kinds = list(_KINDS)
    kind = fields.choice(
        st.radio, "The target is", kinds, format_func=_KINDS.__getitem__, horizontal=True, key=f"{key}_kind",
        first=kinds[_looks_like_numbers(table, target)], persist_state="session",
    )  # fmt: skip
    data = from_table(_name.get(), table, inputs, target, kind)
    scaled = fields.flag(
        "Standardise the inputs", first=True, key=f"{key}_scale", persist_state="session",
        help="Each input to mean 0 and standard deviation 1: most networks learn badly from large numbers.",
    )  # fmt: skip
    return data.standardised() if scaled else data


def _looks_like_numbers(table: Table, column: str) -> bool:
    # more different values than a class could have
    return len({row[table.columns.index(column)] for row in table.rows}) > 6


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
        return with_points(data, Table(columns, _rows(name)))
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
