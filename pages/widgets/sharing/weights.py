"""Weights from elsewhere: what was understood, as a table, the questions left open, and the choices to make."""

from typing import Any

import streamlit as st

from engine import ACTIVATIONS, LOSSES, InvalidExperiment, Network
from engine.imports import (
    CONVENTIONS,
    Weights,
    experiment_with,
    losses_for,
    network_from,
    usual_activations,
)
from engine.imports.arrays_found import written
from pages.widgets import state


def weights_found(weights: Weights) -> None:
    """Draw what a file's weights were understood as, and the way to make them the network at hand."""
    convention = _convention(weights)
    activations = _mapping(weights, convention)
    for remark in weights.remarks:
        st.caption(remark)
    n_out = weights.sizes(convention)[-1]
    loss = st.selectbox(
        "Loss",
        losses_for(activations[-1], n_out),
        format_func=lambda name: LOSSES[name].title,
        key=f"import_loss_{activations[-1]}",
    )
    try:
        network = network_from(weights, convention, activations, loss)
    except InvalidExperiment as error:
        st.error(str(error), icon=":material/error:")
        return
    st.button("Make it the network at hand", on_click=_take, args=(network,), key="take_weights")


def _convention(weights: Weights) -> str:
    if len(weights.conventions) == 1:
        return weights.conventions[0]
    return st.radio(
        "The shapes fit both ways round. How does the file store a matrix?",
        weights.conventions,
        format_func=lambda name: CONVENTIONS[name].title,
        key="convention",
    )


def _mapping(weights: Weights, convention: str) -> tuple[str, ...]:
    sizes = weights.sizes(convention)
    rows = [
        {
            "Layer": "Output" if number == len(weights.layers) else f"Hidden {number}",
            "Weights": found.matrix_name,
            "Stored as": written(found.matrix.shape),
            "Read as": f"{sizes[number - 1]} → {sizes[number]} neurons",
            "Biases": found.bias_name or "none, so 0",
            "Activation": ACTIVATIONS[usual].title,
        }
        for number, (found, usual) in enumerate(zip(weights.layers, usual_activations(sizes), strict=True), 1)
    ]
    st.markdown("**What was understood.** The file does not say which activations belong to the layers: choose them.")
    edited = st.data_editor(
        rows,
        column_config={"Activation": st.column_config.SelectboxColumn(options=_titles(), required=True)},
        disabled=("Layer", "Weights", "Stored as", "Read as", "Biases"),
        hide_index=True,
        key=f"mapping_{hash((convention, *(found.matrix_name for found in weights.layers), sizes))}",
    )
    return tuple(_titles()[row["Activation"]] for row in _records(edited))


def _titles() -> dict[str, str]:
    return {record.title: name for name, record in ACTIVATIONS.items()}


def _records(edited: Any) -> list[dict[str, str]]:
    return edited if isinstance(edited, list) else edited.to_dict("records")


def _take(network: Network) -> None:
    try:
        state.change(experiment_with(network, state.experiment()))
    except InvalidExperiment as error:
        st.toast(str(error), icon=":material/error:")
        return
    state.set_step(None)
    st.toast("It is now the network at hand. Undo is on the Network page.", icon=":material/check_circle:")
