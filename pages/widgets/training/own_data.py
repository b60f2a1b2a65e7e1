"""Data of the user's own: a CSV file whose columns are chosen, and points typed into a table."""

from typing import Any

import numpy as np
import streamlit as st

from engine import InvalidExperiment
from engine.data import Dataset, Kind, Table, from_table, read_csv, with_points
from pages.widgets import fields
from pages.widgets.session.slots import Slot
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.upload import upload

_table: Slot[Table | None] = Slot("training_csv", None)
_name: Slot[str] = Slot("training_csv_name", "")
# points typed in, by the name of the data set: what the editor starts from, and what it holds now
_start: Slot[dict[str, Table]] = Slot("training_points_start", {})
_now: Slot[dict[str, Table]] = Slot("training_points_now", {})

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
    key = f"training_points_{name}"
    if not fields.tables.known(key):
        # the editor is new on the page, without the edits that it had before: it starts from what came of them
        _start.set(_start.get() | {name: _now.get().get(name, Table(columns, ()))})
    st.markdown("Points of your own, added to these")
    start = _start.get()[name]
    edited = fields.tables.table(
        _as_columns(start, data),
        num_rows="dynamic",
        key=key,
        editable=fields.tables.Editable(len(start.rows), columns, growing=True),
        column_config=_config(data, target),
        alt="Points to add to the data, one a row",
    )
    rows = tuple(zip(*(edited[column] for column in columns), strict=True))
    complete = tuple(row for row in rows if any(cell is not None and cell == cell for cell in row))
    points = Table(columns, complete)
    _now.set(_now.get() | {name: points})
    try:
        return with_points(data, points)
    except InvalidExperiment as error:
        st.error(f"Points of your own: {plain(str(error))} They are left out until then.", icon=":material/error:")
        return data


def _as_columns(table: Table, data: Dataset) -> dict[str, Any]:
    columns: dict[str, Any] = {name: [row[place] for row in table.rows] for place, name in enumerate(table.columns)}
    if data.kind == "classification" and not table.rows:
        # an empty list would be a column of numbers
        columns[table.columns[-1]] = np.array([], dtype=str)
    return columns


def _config(data: Dataset, target: str) -> dict[str, Any]:
    config: dict[str, Any] = {name: st.column_config.NumberColumn(name, required=True) for name in data.inputs}
    if data.kind == "classification":
        config[target] = st.column_config.SelectboxColumn("class", options=list(data.outputs), required=True)
    else:
        config[target] = st.column_config.NumberColumn(target, required=True)
    return config
