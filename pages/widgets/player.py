"""The player: the animated figure with its controls, a component that tells Python the step it rests on.

A Plotly chart of Streamlit's is mounted anew at every change; a keyed component is not, and so keeps its step.
"""

from pathlib import Path
from typing import Any

import streamlit as st

from engine.symbols import layer_name
from pages.figures.theme import Theme
from pages.figures.wire import packed
from pages.widgets import state

HERE = Path(__file__).parent
KEY = "player"

_component = st.components.v2.component(
    "network_player",
    html=(HERE / "player.html").read_text(),
    js=(HERE / "transport.js").read_text() + (HERE / "player.js").read_text(),
    css=(HERE / "player.css").read_text(),
    isolate_styles=False,
)


def player(theme: Theme) -> None:
    """Draw the player for the experiment at hand; its step and its selection go into the session."""
    _component(
        key=KEY,
        data={
            "figure": packed(state.experiment(), theme, state.detail()),
            "step": state.step() or len(state.steps()),
            "alt": _alt(),
        },
        on_step_change=_take_step,
        on_selected_change=_take_selection,
    )


def _take_step() -> None:
    step = _reported("step")
    if isinstance(step, int | float):
        state.set_step(int(step))


def _take_selection() -> None:
    selected = _reported("selected")
    if isinstance(selected, str):
        state.select(selected)


def _reported(name: str) -> Any:
    return (state.widget(KEY) or {}).get(name)


def _alt() -> str:
    network = state.experiment().network
    layers = ", ".join(f"{layer_name(network, index)} {size}" for index, size in enumerate(network.sizes))
    return f"Neural network, drawn left to right; neurons per layer: {layers}."
