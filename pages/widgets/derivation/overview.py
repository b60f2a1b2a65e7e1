"""The static picture of the network before anything is computed: input, weights, biases and targets."""

import streamlit as st

from engine import Experiment
from pages.figures.network.animation import animation
from pages.figures.theme import Theme
from pages.widgets.session import shown
from pages.widgets.shared.chart import chart

# pixels a layer; where there is no room for it the picture is scrolled
COLUMN = 110
KEY = "overview"


def overview(experiment: Experiment, theme: Theme) -> None:
    """Draw the network with the numbers that it starts from."""
    figure = animation(experiment, theme, notation=shown.notation())
    start, end = figure.layout["xaxis"]["range"]
    with st.container(key=KEY):
        chart(
            {"data": figure.traces, "layout": figure.layout},
            width=round((end - start) * COLUMN),
            still=True,
            key=f"{KEY}_chart",
            alt="The network, drawn from left to right: input, layers of neurons, targets and loss.",
        )
