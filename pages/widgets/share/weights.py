"""Weights from elsewhere: what was understood, as a table, the questions left open, and the choices to make."""

from typing import Any

import streamlit as st

from engine import ACTIVATIONS, LOSSES, InvalidExperiment
from engine.files.weights import CONVENTIONS, Weights, experiment_with, losses_for, network_from, usual_activations
from pages.widgets import fields
from pages.widgets.session import at_hand
from pages.widgets.share.taking import offer
from pages.widgets.shared.markdown import plain

_FIXED = ("Layer", "Neurons", "Weights", "Stored as", "Biases")


def weights_found(weights: Weights, file: str, key: str) -> None:
    """Draw what a file's weights were understood as, and the way to make them the network at hand.

    `key` tells files apart: an answer given for one is none for another.
    """
    st.markdown(
        f"**A network**, from {file}. This is how its arrays were understood. Activations are not in the file: choose "
        "them."
    )
    convention = _convention(weights, key)
    activations = _mapping(weights, convention, key)
    for remark in weights.remarks:
        st.caption(plain(remark))
    places = [_place(weights, number, key) for number in range(len(weights.norms))]
    loss = fields.choice(
        st.selectbox,
        "Loss",
        losses_for(activations[-1], weights.sizes(convention)[-1]),
        format_func=lambda name: LOSSES[name].title,
        key=f"import_loss_{activations[-1]}_{key}",
    )
    try:
        network = network_from(weights, convention, activations, loss, places)
    except InvalidExperiment as error:
        st.error(plain(str(error)), icon=":material/error:")
        return
    if _agreed(weights, key):
        offer(experiment_with(network, at_hand.experiment()))


def _agreed(weights: Weights, key: str) -> bool:
    """Return whether the user agrees to what is left out of the file, where that is to be asked."""
    if not any(left.asks for left in weights.left_out):
        return True
    return fields.flag("The network is right without what is left out", key=f"leave_out_{key}")


def _place(weights: Weights, number: int, key: str) -> str:
    """Ask where a BatchNorm stands, where the file does not show it; return "before" or "after" the activation."""
    norm = weights.norms[number]
    if len(norm.choices) == 1:
        return norm.place
    return fields.choice(
        st.radio,
        f"The file does not show where the BatchNorm “{plain(norm.name[:60])}” stands: before the activation of layer "
        f"{norm.layer}, or after it?",
        norm.choices,
        format_func=lambda place: f"{place} the activation",
        key=f"norm_{number}_{key}",
        horizontal=True,
    )


def _convention(weights: Weights, key: str) -> str:
    if len(weights.conventions) == 1:
        return weights.conventions[0]
    return fields.choice(
        st.radio,
        "The shapes fit both ways round. How does the file store a matrix?",
        weights.conventions,
        format_func=lambda name: CONVENTIONS[name].title,
        key=f"convention_{key}",
    )


def _mapping(weights: Weights, convention: str, key: str) -> tuple[str, ...]:
    """Draw the table, and return the activations chosen in it."""
    by_title = {record.title: name for name, record in ACTIVATIONS.items()}
    edited = fields.tables.table(
        _rows(weights, convention),
        editable=fields.tables.Editable(len(weights.layers), ["Activation"], {"Activation": by_title}),
        column_config={"Activation": st.column_config.SelectboxColumn(options=list(by_title), required=True)},
        disabled=_FIXED,
        hide_index=True,
        key=f"mapping_{convention}_{key}",
    )
    return tuple(by_title[row["Activation"]] for row in edited)


def _rows(weights: Weights, convention: str) -> list[dict[str, Any]]:
    sizes, last = weights.sizes(convention), len(weights.layers)
    return [
        {
            "Layer": "Output" if number == last else f"Hidden {number}",
            "Activation": ACTIVATIONS[usual].title,
            "Neurons": f"{sizes[number - 1]} → {sizes[number]}",
            "Weights": layer.matrix_name,
            "Stored as": layer.stored_as,
            "Biases": layer.bias_name or "none",
        }
        for number, (layer, usual) in enumerate(zip(weights.layers, usual_activations(sizes), strict=True), 1)
    ]
