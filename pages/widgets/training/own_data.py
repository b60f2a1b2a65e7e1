"""Data of the user's own: a file with a table, what was understood of it, and the choice of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
import streamlit as st

from engine import InvalidExperiment
from engine.data import Dataset, Table, read_table, selection
from engine.data.dialect import DECIMALS, ENCODINGS, SEPARATORS, Dialect
from engine.data.recorded import Recorded
from engine.formulas.numbers import text
from engine.validation import counted
from pages.figures.size import LARGEST
from pages.widgets import fields
from pages.widgets.session.slots import Slot
from pages.widgets.shared.markdown import plain
from pages.widgets.shared.upload import upload

# what is not chosen is found out
FOUND = ""
LEAVE_OUT, TELL = "Leave them out", "Say where they are"
# beyond this most neurons give the same for all examples
LARGE = 10.0
_KINDS = {"classification": "a class", "regression": "a number"}


@dataclass(frozen=True)
class File:
    """A file as it was sent; `key` tells it from others."""

    name: str
    content: bytes

    @property
    def key(self) -> str:
        """A key for widgets: what is chosen for another file does not fit."""
        return f"training_file_{crc32(self.content)}"


@dataclass(frozen=True)
class Reading:
    """What came of reading a file in a dialect: its table, or why there is none."""

    file: File
    given: Dialect
    table: Table | None
    problem: str = ""


_file: Slot[File | None] = Slot("training_csv", None)
_reading: Slot[Reading | None] = Slot("training_csv_reading", None)


def csv_data() -> Dataset | None:
    """Draw the upload and the choices; return the data, or None as long as there is no file.

    Raises InvalidExperiment for a file or columns that cannot be used.
    """
    uploaded = upload("CSV file", "training_upload", types=("csv", "tsv", "txt", "data", "dat"))
    if uploaded is not None:
        _take(File(uploaded.name, uploaded.getvalue()))
    file = _file.get()
    if file is None:
        st.caption("A table with a row for each example, up to 4 MB; the first row may hold the columns' names.")
        return None
    # what was understood stands above what may be decided otherwise, and follows from it
    understood = st.container(gap="small")
    reading = _read(file, _decided(file))
    if reading.table is None:
        raise InvalidExperiment(f"{file.name} could not be used. {reading.problem}")
    with understood:
        _say(file, reading.table)
    return _chosen_columns(file, reading.table, reading.table.columns[-1], reading.table.numeric)


def recorded_data(record: Recorded) -> Dataset:
    """Draw the choice of columns of a table that was measured, and return the data."""
    st.caption(record.remark)
    file = File(record.file, record.content())
    table = _read(file, Dialect()).table
    assert table, record.name
    return _chosen_columns(file, table, record.target, record.inputs)


def _take(file: File) -> None:
    # the widget hands the file over in every run
    if file != _file.get():
        _file.set(file)


def _read(file: File, given: Dialect) -> Reading:
    held = _reading.get()
    if held is not None and held.file == file and held.given == given:
        return held
    try:
        reading = Reading(file, given, read_table(file.content, file.name, given))
    except InvalidExperiment as error:
        reading = Reading(file, given, None, str(error))
    _reading.set(reading)
    return reading


def _say(file: File, table: Table) -> None:
    st.caption(f"{plain(file.name)}: {counted(len(table.rows), 'row')}, {counted(len(table.columns), 'column')}")
    for remark in table.remarks:
        st.caption(plain(remark))


def _decided(file: File) -> Dialect:
    with st.expander("Read it otherwise", icon=":material/table_edit:"):
        left, right = st.columns(2)
        with left:
            encoding = _choice(file, "Encoding", ENCODINGS)
            decimal = _choice(file, "Decimal mark", DECIMALS)
        with right:
            separator = _choice(file, "Columns are separated by", SEPARATORS)
            header = _choice(file, "First line", {"names": "names the columns", "data": "is data"})
        index = fields.flag(
            "Leave out a column that only numbers the rows",
            first=True,
            key=f"{file.key}_index",
            persist_state="session",
        )
    return Dialect(
        encoding=encoding or None,
        separator=separator or None,
        decimal=decimal or None,
        header=header == "names" if header else None,
        index=None if index else "",
    )


def _choice(file: File, label: str, options: dict[str, str]) -> str:
    names = {FOUND: "as found", **options}
    return fields.choice(
        st.selectbox, label, list(names), first=FOUND, key=f"{file.key}_{label.split(maxsplit=1)[0].lower()}",
        format_func=names.__getitem__, persist_state="session",
    )  # fmt: skip


def _chosen_columns(file: File, table: Table, first_target: str, first_inputs: Sequence[str]) -> Dataset:
    columns = list(table.columns)
    # a key of its own for each set of columns: the choices of another reading do not fit
    key = f"{file.key}_{crc32(repr(table.columns).encode())}"
    target = fields.choice(
        st.selectbox, "Target", columns, first=first_target, key=f"{key}_target", persist_state="session"
    )
    key = f"{key}_{columns.index(target)}"
    others = [name for name in columns if name != target]
    inputs = fields.choices(
        st.multiselect, "Inputs", others, key=f"{key}_inputs", persist_state="session",
        first=_first(first_inputs, target) or _first(table.numeric, target),
    )  # fmt: skip
    kinds = list(_KINDS)
    kind = fields.choice(
        st.radio, "The target is", kinds, format_func=_KINDS.__getitem__, horizontal=True, key=f"{key}_kind",
        first=selection.likely_kind(table, target), persist_state="session",
    )  # fmt: skip
    gaps = selection.incomplete(table, inputs, target, kind)
    leave_out = _leaves_out(key, gaps)
    try:
        data = selection.from_table(file.name, table, inputs, target, kind, leave_out)
    except InvalidExperiment as error:
        way_out = f" “{LEAVE_OUT}”, beside, goes on without such rows." if gaps and not leave_out else ""
        raise InvalidExperiment(f"{error}{way_out}") from error
    return _in_units(key, data)


def _first(inputs: Sequence[str], target: str) -> list[str]:
    return [name for name in inputs if name != target][: selection.MAX_INPUTS]


def _leaves_out(key: str, count: int) -> bool:
    if not count:
        return False
    words = "1 row with a missing or infinite cell" if count == 1 else f"{count:,} rows with missing or infinite cells"
    how = fields.choice(st.radio, words, [TELL, LEAVE_OUT], horizontal=True, key=f"{key}_gaps", persist_state="session")
    if how == LEAVE_OUT:
        st.caption(f"{count:,} row{' is' if count == 1 else 's are'} left out.")
    return how == LEAVE_OUT


def _in_units(key: str, data: Dataset) -> Dataset:
    """Draw the choice of units, and return the data in those of the network."""
    largest = max(float(np.abs(data.x).max()), float(np.abs(data.y).max()))
    if largest > LARGEST:
        raise InvalidExperiment(
            f"A number has the size {text(largest, 1)}; numbers up to {text(LARGEST, 1)} can be drawn."
        )
    what = "inputs and the target" if data.kind == "regression" else "inputs"
    scaled = fields.flag(
        f"Standardise the {what}", first=True, key=f"{key}_scale", persist_state="session",
        help="To mean 0 and standard deviation 1 each: most networks learn badly from large numbers. The loss is then "
        "that of the standardised numbers; pictures show their own units.",
    )  # fmt: skip
    if scaled:
        return data.standardised()
    largest = float(np.abs(data.x).max())
    if largest > LARGE:
        st.warning(
            f"The inputs go up to {text(largest)}. With weights of the usual size, sigmoid and tanh neurons saturate "
            "there: their gradients are close to 0. Standardising helps.",
            icon=":material/warning:",
        )
    return data
