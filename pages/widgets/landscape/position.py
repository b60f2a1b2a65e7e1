"""Where one stands on a cut: a slider for each coordinate, and "go there"."""

from dataclasses import replace

import numpy as np
import streamlit as st

from engine import Network
from engine.arrays import Array
from engine.formulas.numbers import text
from pages.widgets import fields
from pages.widgets.landscape.cuts import Cut
from pages.widgets.network.editor import attempt
from pages.widgets.session import at_hand
from pages.widgets.session.shown import translation


def reach(default: float) -> float:
    """Draw the choice of how far around the network the cut extends."""
    return fields.number(
        st.number_input,
        "Range ±",
        0.1,
        100.0,
        first=default,
        step=0.5,
        format="%g",
        key=f"landscape_reach_{default:g}",
        width=120,
        persist_state="session",
    )


def stand(cut: Cut, network: Network, extent: float) -> Array:
    """Draw a slider for each coordinate; return the offset (D,) from the network."""
    origin, say = cut.origin(network), translation(network).words
    # back to the network whenever it or the cut is another one
    key = f"{extent:g}_{hash((cut, network))}"
    chosen = [
        _coordinate(title, float(centre), extent, key=f"landscape_at_{number}_{key}")
        for number, (title, centre) in enumerate(zip(map(say, cut.titles(network)), origin, strict=True))
    ]
    return np.array(chosen) - origin


def _coordinate(title: str, centre: float, extent: float, key: str) -> float:
    if np.spacing(abs(centre)) > extent / 100:
        # beside so large a number there is none that the slider could step to
        st.markdown(f"Start at {title}: {text(centre)}, too large a number for this range.")
        return centre
    return fields.number(
        st.slider,
        f"Start at {title}",
        centre - extent,
        centre + extent,
        first=centre,
        step=extent / 100,
        format="%.3f",
        key=key,
        width=220,
    )


def go_there(network: Network, step: int) -> None:
    """Draw the button that makes the network at a step of the walk the one at hand."""
    if st.button(
        f"Change the network to step {step}",
        icon=":material/place:",
        key="landscape_go",
        help="The network takes the parameters of the point that is shown. Undo takes it back.",
        disabled=network == at_hand.experiment().network,
    ):
        attempt(lambda: replace(at_hand.experiment(), network=network))
        # the rest of the page shows the network too
        st.rerun()
