"""Another activation for a layer: what each would do to the loss and the gradients, and taking one with a click."""

from typing import Any

import streamlit as st

from engine import ACTIVATIONS, LOSSES, Experiment
from engine.analysis.what_if import Alternative, alternative, alternatives
from engine.formulas.numbers import text
from engine.formulas.plain import superscript
from engine.formulas.symbols import layer_name
from pages.figures.activations import what_if as figures
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.activations.parameter import parameter_slider
from pages.widgets.session import changes, shown
from pages.widgets.shared.chart import chart


def candidate(experiment: Experiment, index: int) -> Alternative:
    """Draw the choice of another activation for a layer (from 0), its parameter, and the button that takes it."""
    present, name = experiment.network.layers[index].activation, layer_name(experiment.network, index + 1)
    others = [other for other in alternatives(experiment, index) if other.activation != present]
    names = [other.activation for other in others]
    neighbour = ACTIVATIONS[present].neighbour
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = fields.choice(
            st.selectbox,
            f"Try another in {name}",
            names,
            first=neighbour if neighbour in names else names[0],
            format_func=lambda activation: ACTIVATIONS[activation].title,
            key=f"what_if_{index}_{present}_{len(names)}",
            width=240,
        )
        tried = alternative(experiment, index, chosen, parameter_slider(chosen, "what_if"))
        # not a callback: Streamlit would hold on to the network that it is to take
        if st.button(f"Use {ACTIVATIONS[chosen].title} in {name}", key="what_if_use", icon=":material/check:"):
            changes.adopt(tried.experiment)
            st.rerun()
    return tried


def what_if(theme: Theme, experiment: Experiment, index: int, tried: Alternative) -> None:
    """Draw for a layer (from 0) the loss and gradients of every activation, and of the one tried before and after."""
    st.header("What each activation would do here", anchor=False)
    everything = alternatives(experiment, index)
    present = next(a for a in everything if a.activation == experiment.network.layers[index].activation)
    left, right = st.columns(2)
    with left:
        st.caption("The loss. Marked: the present one and the one tried.")
        _draw(figures.losses(theme, everything, present, tried), "loss")
        _other_losses(everything, present)
    with right:
        st.caption("The gradient of each layer's weights. A cross: it is 0.")
        _draw(figures.gradients(theme, everything, present, shown.translation().words), "gradients")
    _before_and_after(present, tried)


def _draw(figure: dict[str, Any], what: str) -> None:
    chart(
        figure,
        key=f"what_if_{what}",
        alt=f"The {what} that every activation would give in this layer",
    )


def _before_and_after(before: Alternative, tried: Alternative) -> None:
    rows = [("loss", before.loss, tried.loss)]
    rows += [
        (shown.translation().words(f"‖∂L/∂W⁽{superscript(old.layer)}⁾‖"), old.dW, new.dW)
        for old, new in zip(before.flows, tried.flows, strict=True)
    ]
    title = ACTIVATIONS[tried.activation].title
    st.dataframe(
        {
            "": [row[0] for row in rows],
            "now": [text(row[1]) for row in rows],
            f"with {title}": [text(row[2]) for row in rows],
            "factor": [text(row[2] / row[1], 3) if row[1] else "–" for row in rows],
        },
        hide_index=True,
        key="what_if_table",
    )


def _other_losses(everything: tuple[Alternative, ...], present: Alternative) -> None:
    others = {LOSSES[a.loss_name].title for a in everything if a.loss_name != present.loss_name}
    if others:
        st.caption(
            f"\\* With this output the loss becomes {' or '.join(sorted(others))}, because "
            f"{LOSSES[present.loss_name].title} does not allow it; the two cannot be compared."
        )
