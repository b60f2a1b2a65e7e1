"""How large activations and gradients are in each layer of the network at hand."""

import streamlit as st

from engine import ACTIVATIONS
from engine.analysis.flow import layer_flows
from engine.formulas.numbers import text
from engine.formulas.symbols import layer_name
from pages.figures.gradients.layer_norms import Sizes, layer_norms
from pages.figures.theme import Theme
from pages.widgets.gradients.vanishing import verdict
from pages.widgets.session import shown
from pages.widgets.shared.chart import chart
from pages.widgets.shared.example_picker import said_of_one


def flow(theme: Theme) -> None:
    """Draw the norms of every layer, what they mean, and the numbers."""
    said_of_one("The sizes are those of")
    experiment = shown.alone()
    flows, say = layer_flows(experiment), shown.translation().words
    st.markdown(
        "On the way back, every layer multiplies the gradient by its weights and its slopes. If this makes it smaller "
        "layer by layer, it **vanishes**, and the first layers hardly learn. If this enlarges it layer by layer, it "
        "**explodes**."
    )
    lines = [
        Sizes(name=say("‖a‖ activations"), values=tuple(f.a for f in flows), dash="dot", symbol="square"),
        Sizes(
            name=say("‖∂L/∂z‖ deltas"),
            values=tuple(f.delta for f in flows),
            gradient=True,
            dash="dash",
            symbol="diamond",
        ),
        Sizes(name=say("‖∂L/∂W‖ weight gradients"), values=tuple(f.dW for f in flows), gradient=True),
    ]
    chart(
        layer_norms(theme, lines, "norm"),
        key="flow_norms",
        alt="Norms of activations, deltas and weight gradients of every layer, on a logarithmic axis",
    )
    st.markdown(verdict(experiment.x, flows))
    network = experiment.network
    st.dataframe(
        {
            "layer": [layer_name(network, f.layer) for f in flows],
            "activation": [ACTIVATIONS[layer.activation].title for layer in network.layers],
            say("‖a‖"): [text(f.a) for f in flows],
            say("‖∂L/∂z‖"): [text(f.delta) for f in flows],
            say("‖∂L/∂W‖"): [text(f.dW) for f in flows],
            say("‖∂L/∂b‖"): [text(f.db) for f in flows],
            "inactive": [f.inactive for f in flows],
            "saturated": [f.saturated for f in flows],
        },
        hide_index=True,
        key="flow_table",
    )
    st.caption(
        "‖…‖ is the Euclidean norm, for the example shown. Inactive: neurons whose slope is 0 for this example. "
        "Saturated: whose slope is less than a twentieth of the activation's steepest."
    )
