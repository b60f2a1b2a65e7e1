"""Which tables suit the size of a network: what is too wide for a row is a column, weights stand neuron by neuron."""

from dataclasses import replace
from typing import Any

import numpy as np
import streamlit as st

from engine import Experiment
from engine.arrays import Array
from engine.formulas.plain import short_activation
from engine.formulas.symbols import layer_names
from engine.network.editing import with_layer
from engine.network.places import Neuron
from pages.figures.size import MOST_NEURONS
from pages.widgets import fields
from pages.widgets.network.tables import cell, explain, layer_table, quiet, take, vector_table
from pages.widgets.session import at_hand, shown
from pages.widgets.session.reruns import after

HEIGHT = 240


def example_tables() -> None:
    """Draw the tables of the input and the target, as rows or as columns."""
    for which in ("x", "y"):
        long = len(getattr(at_hand.experiment(), which)) > MOST_NEURONS
        (vector_column if long else vector_table)(which)


def weight_table() -> None:
    """Draw the table of a layer's weights and biases, or in a large network of one neuron's."""
    (neuron_table if shown.summarised() else layer_table)()


def vector_column(which: str) -> None:
    """Draw the table of the input ("x") or the target ("y"), one column."""
    values: Array = getattr(at_hand.experiment(), which)

    def edited(column: Array) -> Experiment:
        changed: dict[str, Any] = {which: column}
        return replace(at_hand.experiment(), **changed)

    _column(f"column_{which}_{at_hand.edition()}", which, [str(n) for n in range(1, len(values) + 1)], values, edited)


def neuron_table() -> None:
    """Draw the weights and the bias of one neuron of the layer chosen above the table."""
    network = at_hand.experiment().network
    layers = list(range(len(network.layers)))
    index = fields.choice(
        st.segmented_control,
        "Layer",
        layers,
        key=f"large_layer_{len(layers)}",
        format_func=layer_names(network)[1:].__getitem__,
    )
    layer = network.layers[index]
    key = f"large_neuron_{index}_{layer.n_out}"
    neuron = fields.number(st.number_input, "Neuron", 1, layer.n_out, key=key) - 1
    names = [f"w from {short_activation(Neuron(index, number), len(layers))}" for number in range(1, layer.n_in + 1)]

    def edited(column: Array) -> Experiment:
        own = at_hand.experiment().network.layers[index]
        W, b = own.W.copy(), own.b.copy()
        W[neuron], b[neuron] = column[:-1], column[-1]
        return with_layer(at_hand.experiment(), index, W, b)

    values = np.append(layer.W[neuron], layer.b[neuron])
    _column(f"column_{index}_{neuron}_{at_hand.edition()}", "value", [*names, "bias"], values, edited)


def _column(key: str, name: str, rows: list[str], values: Array, edited: Any) -> None:
    def take_edits(edits: fields.tables.Edits) -> None:
        column = values.copy()

        def changed() -> Experiment:
            for row, cells in edits.items():
                for value in cells.values():
                    column[row] = cell(value, f"{name}, row {row + 1}")
            return edited(column)

        take(key, changed)

    fields.tables.table(
        {"": rows, name: values.tolist()},
        key=key,
        editable=fields.tables.Editable(len(rows), [name]),
        hide_index=True,
        height=HEIGHT,
        disabled=[""],
        column_config={name: st.column_config.NumberColumn(name, required=True, step=None)},
        take=after(take_edits, quiet),
        alt=f"{name}: {len(rows)} numbers, one a row",
    )
    explain(key)
