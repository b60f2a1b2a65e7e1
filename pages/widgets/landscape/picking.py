"""Which parameters a cut goes along: picked in lists, or in a picture of the network."""

from collections.abc import Mapping, Sequence

import streamlit as st

from engine import Network
from engine.formulas import plain
from engine.formulas.numbers import text
from engine.network.parameters import flatten, parameters
from engine.network.places import Parameter, Place
from pages.figures.gradients.parameter_spots import parameter_spots
from pages.figures.gradients.path_picture import COMPACT, path_picture
from pages.figures.size import is_large
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.network.selectable import parameter_of, selectable
from pages.widgets.session import selection, shown
from pages.widgets.session.shown import translation
from pages.widgets.session.slots import Slot

# the pick of each list, counted from 0; the place selected when it was last looked at; the list that a click is for
_picks: Slot[Mapping[int, Parameter]] = Slot("landscape_picks", {})
_seen: Slot[Place | None] = Slot("landscape_seen", None)
_turn: Slot[int] = Slot("landscape_turn", 0)


def pick(theme: Theme, count: int, network: Network, steepest: Sequence[int]) -> tuple[int, ...]:
    """Draw the lists of parameters, and the picture to pick in; return the picks, at first the steepest.

    What was selected in a picture, here or on another page, is a pick too. Of two lists it is for the one used last.
    """
    choices = parameters(network)
    _take_selected(count)
    picked = _picked(count, choices, steepest)
    others = {number: choices[index] for number, index in enumerate(picked)}
    say, theta = translation(network).words, flatten(network)
    names = [say(plain.parameter(choice)) for choice in choices]
    for number in range(count):
        fields.choice(
            st.selectbox,
            "Parameter" if count == 1 else f"Parameter {number + 1}",
            range(len(choices)),
            # a key of its own for each shape: the indices of another network are others
            key=f"landscape_parameter_{number}_of_{count}_{'-'.join(map(str, network.sizes))}",
            held=picked[number],
            take=lambda index, number=number: _choose(number, choices[index], others),
            format_func=lambda index: f"{names[index]} = {text(float(theta[index]))}",
            width=170,
        )
    if not is_large(network.sizes):
        _picture(theme, count, [choices[index] for index in picked])
    return picked


def _picture(theme: Theme, count: int, marked: Sequence[Parameter]) -> None:
    button = st.popover("In the picture", icon=":material/network_node:", help="Pick in a picture of the network")
    with button, st.container(key="landscape_picture"):
        if count > 1:
            _draw_turn(count)
        experiment = shown.alone()
        selectable(
            path_picture(theme, experiment, tallest=COMPACT, say=shown.translation().words),
            parameter_spots(experiment, COMPACT),
            marked,
            key="landscape_selectable",
            alt="The network, in which a parameter is picked",
            hint="Select a line, or a neuron for its bias.",
            take=lambda: _take_clicked(count),
        )


def _draw_turn(count: int) -> None:
    fields.choice(
        st.segmented_control,
        "A click picks",
        range(1, count + 1),
        key="landscape_turn_choice",
        held=_turn_of(count) + 1,
        take=lambda number: _turn.set(number - 1),
        format_func=lambda number: f"Parameter {number}",
    )


def _turn_of(count: int) -> int:
    return min(_turn.get(), count - 1)


def _choose(number: int, parameter: Parameter, others: Mapping[int, Parameter]) -> None:
    _turn.set(number)
    _picks.set({**others, number: parameter})


def _take_selected(count: int) -> None:
    """Pick what was selected since this was drawn last."""
    if selection.selected() != _seen.get():
        _take_clicked(count)


def _take_clicked(count: int) -> None:
    place = selection.selected()
    _seen.set(place)
    parameter = parameter_of(place)
    if parameter is not None:
        _choose(_turn_of(count), parameter, _picks.get())


def _picked(count: int, choices: Sequence[Parameter], steepest: Sequence[int]) -> tuple[int, ...]:
    """Return the index of each pick; where nothing was picked, the steepest that is not picked yet."""
    index = {choice: number for number, choice in enumerate(choices)}
    found = [index.get(pick) if (pick := _picks.get().get(number)) else None for number in range(count)]
    spare = iter([number for number in steepest if number not in found])
    return tuple(next(spare) if number is None else number for number in found)
