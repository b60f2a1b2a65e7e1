"""Whether the network at hand fits the data, what would change if it were made to, and the two ways to do so."""

from dataclasses import replace

import numpy as np
import streamlit as st

from engine import ACTIVATIONS, Network
from engine.data import Dataset
from engine.network.editing import MOST_EXAMPLES
from engine.training.adaptation import adapt, suited, unreachable
from pages.widgets import fields
from pages.widgets.network.editor import attempt
from pages.widgets.session import at_hand
from pages.widgets.shared.limits import too_large
from pages.widgets.shared.markdown import plain
from pages.widgets.training.data import Chosen, columns

# of the data, where rows are chosen
MOST_LISTED = 200


def described(network: Network) -> str:
    """Return the sizes of the layers and the activations, e.g. 2-8-8-1, tanh and sigmoid."""
    titles = list(dict.fromkeys(ACTIVATIONS[layer.activation].title for layer in network.layers))
    words = f"{', '.join(titles[:-1])} and {titles[-1]}" if titles[1:] else titles[0]
    return f"{'-'.join(map(str, network.sizes))}, {words}"


def fits(chosen: Chosen) -> bool:
    """Draw what keeps the network from being trained on the data, if anything does; return whether it can be."""
    network = at_hand.experiment().network
    adaptation, large = adapt(network, chosen.whole, np.random.default_rng(0)), too_large(network)
    if not adaptation.changes and not large:
        return True
    because = f" ({described(network)}): {large}." if large else f" ({described(network)}) does not fit these data yet."
    with st.container(border=True):
        st.markdown(f"**Your network{because}**")
        with st.container(horizontal=True, vertical_alignment="center"):
            _suited(chosen)
            if not large:
                _fit(adaptation.network, chosen)
        if not large:
            if why := unreachable(network, chosen.whole):
                st.markdown(plain(why))
            st.caption(f"Fitting changes: {'; '.join(adaptation.changes)}. Either can be undone.")
    return False


def _suited(chosen: Chosen) -> None:
    fresh = suited(chosen.whole, chosen.hidden, np.random.default_rng(0))
    words = f"Take a network that suits them: {described(fresh)}"
    # neither is a callback: Streamlit would hold on to the network and the data
    if st.button(words, icon=":material/auto_awesome:", key="training_suited"):
        take(fresh, chosen.whole)
        st.rerun()


def _fit(network: Network, chosen: Chosen) -> None:
    if st.button("Fit your network", icon=":material/fit_screen:", key="training_fit"):
        take(network, chosen.whole)
        st.rerun()


def take(network: Network, data: Dataset) -> None:
    """Make `network` the one at hand, with the example at hand if it still fits, else with the first of the data."""
    experiment = at_hand.experiment()
    if network.sizes == experiment.network.sizes and network.loss == experiment.network.loss:
        attempt(lambda: replace(experiment, network=network))
    else:
        y = data.targets_for(network.sizes[-1])
        attempt(lambda: replace(experiment, network=network, x=data.x[0], y=y[0]))


def take_examples(chosen: Chosen, rate: float) -> None:
    """Draw what puts some of the data's rows into the network at hand, with the learning rate of the run.

    On the Network page one then sees step by step what the training does with them.
    """
    table = {name: values[:MOST_LISTED] for name, values in columns(chosen.train).items()}
    with st.popover("Take examples", icon=":material/input:"):
        st.markdown(
            f"Choose up to {MOST_EXAMPLES} rows, at their left edge, or points in the picture of the data. They become "
            "the examples of your network, with this learning rate, and the Network page plays what a step does with "
            "them."
        )
        rows = fields.tables.chosen_rows(table, key="training_rows", most=MOST_EXAMPLES, hide_index=True, height=260)
        # with none chosen, the first ones
        first = min(4, chosen.train.size)
        words = f"Take the {len(rows)} chosen" if rows else f"Take the first {first}"
        if st.button(words, key="training_take_examples"):
            put_examples(chosen.train, rows or list(range(first)), rate)
            st.rerun()


def put_examples(data: Dataset, rows: list[int], rate: float) -> None:
    """Make rows of the data, counted from 0, the examples of the network at hand, and the learning rate its own."""
    experiment = at_hand.experiment()
    y = data.targets_for(experiment.network.sizes[-1])
    taken = replace(experiment, x=data.x[rows], y=y[rows], learning_rate=rate)
    attempt(lambda: taken)
    if at_hand.experiment() == taken:
        said = "The examples are in your network. Open the Network page to play them."
        st.toast(said, icon=":material/check:")
