"""Changes of the layers, activations and loss, each with what has to be said of it; for editor and picture."""

from collections.abc import Callable, Mapping

import streamlit as st

from engine import ACTIVATIONS, LOSSES, Experiment, InvalidExperiment
from engine.network.editing import (
    MAX_LAYERS,
    MAX_NEURONS,
    resized,
    with_activation,
    with_layer_after,
    with_loss,
    without_layer,
)
from pages.widgets.grid import Grid
from pages.widgets.session import at_hand, changes


def attempt(make: Callable[[], Experiment]) -> None:
    """Make what `make` returns the experiment at hand; if it is not valid, say so and keep the last one."""
    try:
        changes.adopt(make())
    except InvalidExperiment as error:
        st.toast(str(error), icon=":material/error:")


def take_size(layer: int, size: int) -> None:
    """Give a layer, counted from 0, the input, so many neurons."""
    sizes = list(at_hand.experiment().network.sizes)
    # another field of the same message may have made the network shallower
    if layer < len(sizes):
        sizes[layer] = size
        attempt(lambda: resized(at_hand.experiment(), sizes))


def take_activation(layer: int, activation: str) -> None:
    """Give a layer, counted from 1, another activation."""
    if layer > len(at_hand.experiment().network.layers):
        return
    before = at_hand.experiment().network.loss
    attempt(lambda: with_activation(at_hand.experiment(), layer - 1, activation))
    after = at_hand.experiment().network.loss
    if after != before:
        st.toast(
            f"The loss is now {LOSSES[after].title}: {LOSSES[before].title} does not go with "
            f"{ACTIVATIONS[activation].title} at the output.",
            icon=":material/info:",
        )


def take_parameter(layer: int, value: float) -> None:
    """Give the activation of a layer, counted from 1, another parameter. Raises InvalidExperiment."""
    layers = at_hand.experiment().network.layers
    if layer <= len(layers):
        changes.adopt(with_activation(at_hand.experiment(), layer - 1, layers[layer - 1].activation, value))


def take_loss(loss: str) -> None:
    """Have another loss."""
    before = at_hand.experiment()
    attempt(lambda: with_loss(before, loss))
    output = at_hand.experiment().network.layers[-1].activation
    if output != before.network.layers[-1].activation:
        st.toast(
            f"The output's activation is now {ACTIVATIONS[output].title}: this loss needs outputs between 0 and 1.",
            icon=":material/info:",
        )


def choose(place: str, text: str) -> None:
    """Take what was chosen at a heading of the picture; what nobody can choose there is left out."""
    kind, _, layer = place.partition(".")
    known = layer in map(str, range(len(at_hand.experiment().network.sizes)))
    if kind in _CHOICES and (known or not layer):
        _CHOICES[kind](int(layer or 0), text)


# a button at a heading says what it does to the size, which may have changed since it was drawn
_STEPS = {"more": 1, "fewer": -1}


def _choose_size(layer: int, text: str) -> None:
    size = at_hand.experiment().network.sizes[layer]
    wanted = str(size + _STEPS[text]) if text in _STEPS else text
    if wanted in map(str, range(1, MAX_NEURONS + 1)):
        take_size(layer, int(wanted))


def _choose_activation(layer: int, text: str) -> None:
    if layer and text in ACTIVATIONS:
        take_activation(layer, text)


def _choose_loss(_: int, text: str) -> None:
    if text in LOSSES:
        take_loss(text)


def _choose_layer(layer: int, text: str) -> None:
    depth = len(at_hand.experiment().network.layers)
    if text == "followed" and layer < depth < MAX_LAYERS:
        attempt(lambda: with_layer_after(at_hand.experiment(), layer))
    if text == "removed" and 0 < layer < depth:
        attempt(lambda: without_layer(at_hand.experiment(), layer))


_CHOICES: Mapping[str, Callable[[int, str], None]] = {
    "neurons": _choose_size,
    "activation": _choose_activation,
    "loss": _choose_loss,
    "layer": _choose_layer,
}


def chosen_at(place: str) -> bool:
    """Return whether something is chosen at a place, and no number typed."""
    return place.partition(".")[0] in _CHOICES


def table() -> Grid:
    """Return where something can be chosen in the picture of the network at hand, with what is chosen there."""
    network = at_hand.experiment().network
    of_layers = [
        (f"{kind}.{layer}", "") for kind in ("neurons", "activation", "layer") for layer in range(len(network.sizes))
    ]
    places, texts = zip(*of_layers, ("loss", network.loss), strict=True)
    return Grid(title="", name="", columns=places, rows=("",), places=(places,), words=(places,), values=(texts,))
