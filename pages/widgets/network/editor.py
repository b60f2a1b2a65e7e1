"""The editor in the sidebar: presets, undo, shape, activations, loss, learning rate, input, target, weights, biases.

Every widget shows what the experiment at hand holds and writes a new one when it changes; none keeps a copy.
"""

from dataclasses import replace
from functools import partial

import streamlit as st

from engine import ACTIVATIONS, INITIALIZERS, LOSSES, PRESETS
from engine.examples import GROUPS, by_group
from engine.formulas.plain import letter
from engine.formulas.symbols import layer_name
from engine.network.editing import (
    MAX_LAYERS,
    MAX_NEURONS,
    randomised,
    with_depth,
)
from pages.widgets import fields
from pages.widgets.network.examples import reduction_choice, rows_of_examples
from pages.widgets.network.kept_undo import kept_undo
from pages.widgets.network.loss_conventions import conventions_of_losses
from pages.widgets.network.structure import attempt, take_activation, take_loss, take_parameter, take_size
from pages.widgets.network.tables import example_tables, weight_tables
from pages.widgets.session import at_hand, changes, shown
from pages.widgets.session.compute_lock import give_way, turn
from pages.widgets.session.reruns import EDITOR_HEAD, EDITOR_NUMBERS, page_has, whole
from pages.widgets.session.slots import Slot
from pages.widgets.shared.frame import look

OWN_NETWORK = "your own network"
_base: Slot[str] = Slot("base_preset", next(iter(PRESETS)))


def editor(*fragments: str) -> None:
    """Draw the editor of the experiment at hand, on a page that shows all of its numbers in these fragments, if any."""
    page_has(*fragments)
    with turn():
        _head()
        _layers()
        _learning()
        give_way()
        _numbers()
        _randomise()
    kept_undo()


@st.fragment(key=EDITOR_HEAD)
def _head() -> None:
    with turn():
        _presets()
        _history()


@st.fragment(key=EDITOR_NUMBERS)
def _numbers() -> None:
    with turn():
        st.header("Input and target" if at_hand.experiment().examples == 1 else "Examples", anchor=False)
        example_tables(look())
        rows_of_examples()
        st.header("Weights and biases", anchor=False)
        weight_tables(look())


def _presets() -> None:
    current = at_hand.preset()
    if current:
        _base.set(current)
    options = [*by_group(), *([] if current else [OWN_NETWORK])]
    fields.choice(
        st.selectbox,
        "Example",
        options,
        key="preset",
        held=current or OWN_NETWORK,
        format_func=_offered,
        take=whole(_take_preset),
        help=" ".join(f"{group.title}: {group.sentence}" for group in GROUPS.values()),
    )
    st.caption(_about(current))


def _about(preset: str | None) -> str:
    # always something, so that an edit moves nothing
    if not preset:
        return "With numbers of your own."
    return f"{GROUPS[PRESETS[preset].group].title}. {PRESETS[preset].sentence}"


def _offered(name: str) -> str:
    return PRESETS[name].title if name in PRESETS else "Your own network"


def _take_preset(name: str) -> None:
    if name in PRESETS:
        changes.adopt(PRESETS[name].experiment)
        shown.begin()


def _history() -> None:
    undo, redo, reset = st.columns(3, gap="small")
    undo.button(
        "Undo",
        on_click=whole(changes.undo),
        disabled=not changes.can_undo(),
        key="undo_button",
        width="stretch",
        shortcut="Ctrl+Z",
        help="Ctrl+Z",
    )
    redo.button(
        "Redo",
        on_click=whole(changes.redo),
        disabled=not changes.can_redo(),
        key="redo_button",
        width="stretch",
        shortcut="Ctrl+Shift+Z",
        help="Ctrl+Shift+Z or Ctrl+Y",
    )
    reset.button(
        "Reset",
        width="stretch",
        help=f"Back to the example “{PRESETS[_base.get()].title}”.",
        on_click=whole(lambda: changes.adopt(PRESETS[_base.get()].experiment)),
        disabled=at_hand.preset() is not None,
        key="reset_button",
    )


def _layers() -> None:
    st.header("Layers", anchor=False)
    network = at_hand.experiment().network
    fields.number(
        st.number_input,
        "Number of layers",
        1,
        max(MAX_LAYERS, len(network.layers)),
        key="depth",
        held=len(network.layers),
        help="Hidden layers and the output; the input is not counted.",
        take=lambda depth: attempt(lambda: with_depth(at_hand.experiment(), depth)),
    )
    for index, size in enumerate(network.sizes):
        _layer_row(index, size, layer_name(network, index))


def _layer_row(index: int, size: int, name: str) -> None:
    left, right = st.columns(2, gap="small", vertical_alignment="bottom")
    fields.number(
        left.number_input,
        name,
        1,
        max(MAX_NEURONS, size),
        key=f"neurons_{index}",
        held=size,
        take=partial(take_size, index),
    )
    if index:
        _activation(right, index - 1, name)


def _activation(place: st.delta_generator.DeltaGenerator, index: int, name: str) -> None:
    layer = at_hand.experiment().network.layers[index]
    fields.choice(
        place.selectbox,
        f"{name}, activation",
        list(ACTIVATIONS),
        label_visibility="collapsed",
        key=f"activation_{index}",
        held=layer.activation,
        format_func=lambda choice: ACTIVATIONS[choice].title,
        take=partial(take_activation, index + 1),
    )
    parameter = ACTIVATIONS[layer.activation].parameter
    if parameter is None:
        return
    fields.typed(
        f"{name}, {shown.translation().words(letter(parameter.symbol))} of {ACTIVATIONS[layer.activation].title}",
        key=f"parameter_{index}",
        held=layer.parameter or 0.0,
        take=partial(take_parameter, index + 1),
    )


def _learning() -> None:
    st.header("Learning", anchor=False)
    fields.choice(
        st.selectbox,
        "Loss",
        list(LOSSES),
        key="loss",
        held=at_hand.experiment().network.loss,
        format_func=lambda name: LOSSES[name].title,
        help=LOSSES[at_hand.experiment().network.loss].remark,
        take=take_loss,
    )
    reduction_choice()
    conventions_of_losses()
    fields.typed(
        shown.translation().words("Learning rate η"),
        key="learning_rate",
        held=at_hand.experiment().learning_rate,
        take=lambda rate: changes.adopt(replace(at_hand.experiment(), learning_rate=rate)),
    )
    fields.flag(
        "Update the biases too",
        key="update_biases",
        held=at_hand.experiment().update_biases,
        take=lambda on: attempt(lambda: replace(at_hand.experiment(), update_biases=on)),
    )


def _randomise() -> None:
    with st.popover("Randomise the weights", icon=":material/casino:", width="stretch"):
        name = fields.choice(
            st.selectbox,
            "Initializer",
            list(INITIALIZERS),
            key="initializer",
            format_func=lambda name: INITIALIZERS[name].title,
        )
        record = INITIALIZERS[name]
        st.caption(record.remark)
        scale = 0.5
        if record.scaled:
            scale = fields.number(st.number_input, "Scale s", 0.0, 10.0, first=scale, step=0.1, key="scale")
        seed = fields.number(
            st.number_input, "Seed", 0, 999_999, key="seed", help="The same seed gives the same weights."
        )
        st.button(
            "Draw new weights",
            key="randomise",
            on_click=lambda: attempt(lambda: randomised(at_hand.experiment(), record.name, seed, scale)),
        )
