"""Tables in which numbers of the experiment are edited: the input, the target, and a layer's weights and biases.

An edit that is refused stays in the table with a message beside it, and the last valid network stays at hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from engine import Experiment, InvalidExperiment
from engine.arrays import Array
from engine.formulas.plain import short_activation, subscript
from engine.formulas.symbols import layer_name, layer_names
from engine.network.editing import with_layer
from engine.network.places import Neuron
from pages.widgets import fields
from pages.widgets.session import at_hand, changes, location
from pages.widgets.session.reruns import after
from pages.widgets.session.slots import Slot

Table = Mapping[str, list[Any]]
_NAMES = {"x": "Input", "y": "Target"}
# what each table on the page was drawn with first; its edits lie on top of that
_bases: Slot[Mapping[str, Table]] = Slot("table_bases", {})
_refused: Slot[Mapping[str, str]] = Slot("refused", {})


def vector_table(which: str) -> None:
    """Draw the table of the input ("x") or the target ("y"), one row."""
    values: Array = getattr(at_hand.experiment(), which)
    names = [f"{which}{subscript(number)}" for number in range(1, len(values) + 1)]
    key = f"table_{which}_{at_hand.edition()}"
    first = _begin(key, {name: [value] for name, value in zip(names, values.tolist(), strict=True)})
    editable = fields.tables.Editable(1, names)
    fields.tables.table(
        dict(_bases.get()[key]),
        key=key,
        editable=editable,
        hide_index=True,
        column_config={name: _number(name, f"{_NAMES[which]} {index + 1}") for index, name in enumerate(names)},
        take=after(lambda edits: _take_vector(which, key, names, edits), quiet),
        alt=f"{_NAMES[which]} of the network, one number a column",
    )
    _catch_up(first, fields.tables.edits(key, editable), lambda edits: _take_vector(which, key, names, edits))
    explain(key)


def layer_table() -> None:
    """Draw the weights and biases of the layer chosen above the table."""
    network = at_hand.experiment().network
    layers = list(range(len(network.layers)))
    index = fields.choice(
        st.segmented_control,
        "Layer",
        layers,
        key=f"table_layer_{len(layers)}",
        format_func=layer_names(network)[1:].__getitem__,
    )
    layer = network.layers[index]
    columns = [short_activation(Neuron(index, number), len(layers)) for number in range(1, layer.n_in + 1)]
    rows = [short_activation(Neuron(index + 1, number), len(layers)) for number in range(1, layer.n_out + 1)]
    key = f"table_{index}_{at_hand.edition()}"
    table: dict[str, list[Any]] = {"to": rows}
    table |= {name: layer.W[:, column].tolist() for column, name in enumerate(columns)}
    table["bias"] = layer.b.tolist()
    first = _begin(key, table)
    editable = fields.tables.Editable(len(rows), [*columns, "bias"])
    fields.tables.table(
        dict(_bases.get()[key]),
        key=key,
        editable=editable,
        hide_index=True,
        disabled=["to"],
        column_config={
            "to": st.column_config.TextColumn("to", help="The neuron that the weights lead to.", pinned=True)
        }
        | {name: _number(name, f"Weights from {name}") for name in columns}
        | {"bias": _number("bias", "Added to the weighted sum")},
        take=after(lambda edits: _take_layer(index, key, columns, edits), quiet),
        alt=f"Weights and biases of {layer_name(network, index + 1)}: a row per neuron, a column per incoming weight",
    )
    _catch_up(first, fields.tables.edits(key, editable), lambda edits: _take_layer(index, key, columns, edits))
    explain(key)


def _number(name: str, words: str) -> Any:
    return st.column_config.NumberColumn(name, help=words, required=True, step=None)


def _begin(key: str, table: Table) -> bool:
    """Remember what a table is drawn with while it stays on the page; return whether it is new there.

    New data under the same key would make the editor start afresh, and with it the whole page run a second time.
    """
    known = {name: base for name, base in _bases.get().items() if name.endswith(f"_{at_hand.edition()}")}
    # the editor of a table that left the page has forgotten its edits; edits of one never drawn come from a dead server
    drawn = key in known
    if not drawn or not fields.tables.known(key):
        _bases.set(known | {key: table})
    return not drawn


def _catch_up(first: bool, edits: fields.tables.Edits, take: Callable[[fields.tables.Edits], None]) -> None:
    """Take edits that are there at the first drawing: the server at which they were made has died."""
    before = at_hand.experiment()
    if first and edits:
        take(edits)
        if at_hand.experiment() != before:
            st.rerun()


def _take_vector(which: str, key: str, names: list[str], edits: fields.tables.Edits) -> None:
    def edited() -> Experiment:
        values = getattr(at_hand.experiment(), which).copy()
        for cells in edits.values():
            for name, value in cells.items():
                values[names.index(name)] = cell(value, name)
        changed: dict[str, Any] = {which: values}
        return replace(at_hand.experiment(), **changed)

    take(key, edited)


def _take_layer(index: int, key: str, columns: list[str], edits: fields.tables.Edits) -> None:
    def edited() -> Experiment:
        layer = at_hand.experiment().network.layers[index]
        table = np.column_stack([layer.W, layer.b])
        for row, cells in edits.items():
            for name, value in cells.items():
                column = len(columns) if name == "bias" else columns.index(name)
                table[row, column] = cell(value, f"{name}, row {row + 1}")
        return with_layer(at_hand.experiment(), index, table[:, :-1], table[:, -1])

    take(key, edited)


def cell(value: Any, where: str) -> float:
    """Return the number in a cell; raise InvalidExperiment if it holds none."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not np.isfinite(value):
        raise InvalidExperiment(f"{where}: this cell needs a number. The network keeps the last valid one.")
    return float(value)


def take(key: str, make: Any) -> None:
    """Make what `make` returns the experiment at hand; if it is not valid, keep why, to be shown at the table."""
    others = {table: why for table, why in _refused.get().items() if table != key}
    try:
        changes.edit(make())
    except InvalidExperiment as error:
        _refused.set(others | {key: str(error)})
    else:
        _refused.set(others)


def quiet() -> bool:
    """Return whether the page says nothing of a refused edit, a bad link or a network without one."""
    return not _refused.get() and not location.problem.get() and at_hand.fits_address()


def explain(key: str) -> None:
    """Say why the last edit of the table was refused, if it was."""
    if key in _refused.get():
        st.error(_refused.get()[key], icon=":material/error:")
