"""The editor in the sidebar: presets, undo, shape, activations, loss, learning rate, input, target, weights, biases.

Every widget shows what the experiment at hand holds and writes a new one when it changes; none keeps a copy.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, PRESETS, Experiment, InvalidExperiment
from engine.editing import (
    MAX_LAYERS,
    MAX_NEURONS,
    randomised,
    resized,
    with_activation,
    with_depth,
    with_loss,
)
from engine.symbols import layer_name
from pages.widgets import state
from pages.widgets.large_tables import example_tables, weight_table
from pages.widgets.redrawing import STANDING, page_has, whole
from pages.widgets.turns import turn

OWN_NETWORK = "your own network"
_base: state.Slot[str] = state.Slot("base_preset", next(iter(PRESETS)))


def editor(*fragments: str) -> None:
    """Draw the editor of the experiment at hand, on a page that shows all of its numbers in these fragments, if any."""
    page_has(*fragments)
    _standing()
    _shape()
    _learning()
    st.subheader("Input and target", anchor=False)
    example_tables()
    st.subheader("Weights and biases", anchor=False)
    weight_table()
    _randomise()


@st.fragment(key=STANDING)
def _standing() -> None:
    with turn():
        _presets()
        _history()


def controlled(key: str, value: object) -> str:
    """Make the keyed widget show `value`, unless it does, and return the key."""
    if state.widget(key) != value:
        state.set_widget(key, value)
    return key


def attempt(make: Callable[[], Experiment]) -> None:
    """Make what `make` returns the experiment at hand; if it is not valid, say so and keep the last one."""
    try:
        state.change(make())
    except InvalidExperiment as error:
        st.toast(str(error), icon=":material/error:")


def _presets() -> None:
    current = state.preset()
    if current:
        _base.set(current)
    options = [*PRESETS, *([] if current else [OWN_NETWORK])]
    st.selectbox(
        "Example",
        options,
        key=controlled("preset", current or OWN_NETWORK),
        format_func=lambda name: PRESETS[name].title if name in PRESETS else "Your own network",
        on_change=whole(_take_preset),
        help=PRESETS[current].description if current else "Choose an example to start from.",
    )


def _take_preset() -> None:
    name = state.widget("preset")
    if name in PRESETS:
        state.change(PRESETS[name].experiment)
        state.set_step(None)


def _history() -> None:
    undo, redo, reset = st.columns(3, gap="small")
    undo.button("Undo", on_click=whole(state.undo), disabled=not state.can_undo(), key="undo_button", width="stretch")
    redo.button("Redo", on_click=whole(state.redo), disabled=not state.can_redo(), key="redo_button", width="stretch")
    reset.button(
        "Reset",
        width="stretch",
        help=f"Back to the example “{PRESETS[_base.get()].title}”.",
        on_click=whole(lambda: state.change(PRESETS[_base.get()].experiment)),
        disabled=state.preset() is not None,
        key="reset_button",
    )


def _shape() -> None:
    st.subheader("Layers", anchor=False)
    network = state.experiment().network
    st.number_input(
        "Number of layers",
        1,
        max(MAX_LAYERS, len(network.layers)),
        key=controlled("depth", len(network.layers)),
        help="Hidden layers and the output; the input is not counted.",
        on_change=lambda: attempt(lambda: with_depth(state.experiment(), state.widget("depth"))),
    )
    for index, size in enumerate(network.sizes):
        _layer_row(index, size, layer_name(network, index))


def _layer_row(index: int, size: int, name: str) -> None:
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    key = f"neurons_{index}"
    left.number_input(
        name,
        1,
        max(MAX_NEURONS, size),
        key=controlled(key, size),
        on_change=partial(_take_size, index, key),
    )
    if index:
        _activation(right, index - 1, name)


def _take_size(index: int, key: str) -> None:
    sizes = list(state.experiment().network.sizes)
    sizes[index] = state.widget(key)
    attempt(lambda: resized(state.experiment(), sizes))


def _activation(place: st.delta_generator.DeltaGenerator, index: int, name: str) -> None:
    layer = state.experiment().network.layers[index]
    key = f"activation_{index}"
    place.selectbox(
        f"{name}, activation",
        label_visibility="collapsed",
        options=list(ACTIVATIONS),
        key=controlled(key, layer.activation),
        format_func=lambda choice: ACTIVATIONS[choice].title,
        on_change=lambda: _take_activation(index, state.widget(key)),
    )
    parameter = ACTIVATIONS[layer.activation].parameter
    if parameter is None:
        return
    slope = f"parameter_{index}"
    st.number_input(
        f"{name}, α of {ACTIVATIONS[layer.activation].title}",
        parameter.low,
        parameter.high,
        step=0.01,
        key=controlled(slope, layer.parameter),
        on_change=lambda: attempt(
            lambda: with_activation(state.experiment(), index, layer.activation, state.widget(slope))
        ),
    )


def _take_activation(index: int, activation: str) -> None:
    before = state.experiment().network.loss
    attempt(lambda: with_activation(state.experiment(), index, activation))
    after = state.experiment().network.loss
    if after != before:
        st.toast(
            f"The loss is now {LOSSES[after].title}: {LOSSES[before].title} does not go with "
            f"{ACTIVATIONS[activation].title} at the output.",
            icon=":material/info:",
        )


def _learning() -> None:
    st.subheader("Learning", anchor=False)
    st.selectbox(
        "Loss",
        list(LOSSES),
        key=controlled("loss", state.experiment().network.loss),
        format_func=lambda name: LOSSES[name].title,
        help=LOSSES[state.experiment().network.loss].remark,
        on_change=_take_loss,
    )
    st.number_input(
        "Learning rate η",
        min_value=0.0,
        step=0.01,
        format="%g",
        key=controlled("learning_rate", state.experiment().learning_rate),
        on_change=lambda: attempt(lambda: replace(state.experiment(), learning_rate=state.widget("learning_rate"))),
    )
    st.toggle(
        "Update the biases too",
        key=controlled("update_biases", state.experiment().update_biases),
        on_change=lambda: attempt(lambda: replace(state.experiment(), update_biases=state.widget("update_biases"))),
    )


def _take_loss() -> None:
    before = state.experiment()
    attempt(lambda: with_loss(before, state.widget("loss")))
    output = state.experiment().network.layers[-1].activation
    if output != before.network.layers[-1].activation:
        st.toast(
            f"The output's activation is now {ACTIVATIONS[output].title}: this loss needs outputs between 0 and 1.",
            icon=":material/info:",
        )


def _randomise() -> None:
    with st.popover("Randomise the weights", icon=":material/casino:", width="stretch"):
        st.selectbox(
            "Initializer",
            list(INITIALIZERS),
            key="initializer",
            format_func=lambda name: INITIALIZERS[name].title,
        )
        record = INITIALIZERS[state.widget("initializer")]
        st.caption(record.remark)
        scale = st.number_input("Scale s", 0.0, 10.0, 0.5, 0.1, key="scale") if record.scaled else 0.5
        seed = st.number_input("Seed", 0, 999_999, 0, key="seed", help="The same seed gives the same weights.")
        st.button(
            "Draw new weights",
            key="randomise",
            on_click=lambda: attempt(lambda: randomised(state.experiment(), record.name, int(seed), scale)),
        )
