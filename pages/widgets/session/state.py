"""The session: the experiment at hand, the step shown, undo and redo, and the address that holds them.

The only module that touches st.session_state and st.query_params, so that every key has one owner and one type.
"""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

import numpy as np
import streamlit as st

from engine import PRESETS, Experiment, InvalidExperiment
from engine.backprop.step import Step
from engine.backprop.trace import Detail, trace
from engine.memory import remembered
from engine.network.places import Place, place
from pages.figures.network.large.geometry import is_large
from pages.widgets.session import address
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.timeline import History, Timeline

# a figure's scale has to hold the square of a number
LARGEST = 1e100

T = TypeVar("T")


class Slot(Generic[T]):
    """One typed value of the session, with the default that it has before anybody sets it."""

    def __init__(self, key: str, default: T) -> None:
        self.key = key
        self.default = default

    def get(self) -> T:
        """Return the value of this session."""
        value: T = st.session_state.get(self.key, self.default)
        return value

    def set(self, value: T) -> None:
        """Set the value for this session."""
        # Streamlit would keep the value of the run before beside it, and that may be a large network
        st.session_state.pop(self.key, None)
        st.session_state[self.key] = value


_experiment: Slot[Experiment | None] = Slot("experiment", None)
_step: Slot[int | None] = Slot("step", None)
_detail: Slot[Detail] = Slot("detail", "neuron")
_history: Slot[History | None] = Slot("history", None)
_selected: Slot[Place | None] = Slot("selected", None)
_edition: Slot[int] = Slot("edition", 0)
_written: Slot[dict[str, str] | None] = Slot("written", None)
_problem: Slot[str] = Slot("problem", "")


def default_experiment() -> Experiment:
    """Return the experiment of a first visit: the first preset's."""
    return next(iter(PRESETS.values())).experiment


def experiment() -> Experiment:
    """Return the experiment at hand."""
    return _experiment.get() or default_experiment()


def step() -> int | None:
    """Return the step shown, counted from 1; None is the last one, whatever the number of steps."""
    number = _step.get()
    # a change may have left fewer steps than there were
    return number if number is not None and number < len(steps()) else None


def set_step(number: int | None) -> None:
    """Show another step, and put it into the address; None or a number beyond the end is the last one."""
    _step.set(None if number is None or number >= len(steps()) else max(number, 1))
    write_address()


def steps() -> tuple[Step, ...]:
    """Return all steps of the experiment at hand, in the detail chosen."""
    return traced(experiment(), detail())


def detail() -> Detail:
    """Return whether a step is one neuron's or a whole layer's; a large network is drawn layer by layer."""
    return "layer" if is_large(experiment().network.sizes) else _detail.get()


def set_detail(value: Detail) -> None:
    """Switch between steps per neuron and per layer; the place in the calculation is lost, so the end is shown."""
    _detail.set(value)
    set_step(None)


def selected() -> Place | None:
    """Return the neuron, weight or bias that was clicked last, if the experiment at hand still has it."""
    last = _selected.get()
    return last if last is not None and last.within(experiment().network.sizes) else None


def select(chosen: str | Place | None) -> None:
    """Select a place in the network, given as it is or as the player names it."""
    _selected.set(place(chosen) if isinstance(chosen, str) else chosen)


def edition() -> int:
    """Return a counter for editors' keys: it grows when the experiment is replaced from outside the editors.

    st.data_editor keeps its edits on top of new data under the same key, so new data needs a new key.
    """
    return _edition.get()


def problem() -> str:
    """Return what was wrong with the address that was opened, or nothing."""
    return _problem.get()


def edit(new: Experiment) -> None:
    """Make `new` the experiment at hand; the editors, which it comes from, stay as they are. Can be undone.

    Raises InvalidExperiment, and changes nothing, if its numbers grow too large to compute.
    """
    if new == experiment():
        return
    with turn():
        traced(new, detail())
    history().set(history().timeline.changed(experiment()))
    _experiment.set(new)
    _problem.set("")
    write_address()


def change(new: Experiment) -> None:
    """Make `new` the experiment at hand, from elsewhere than the editors, which start afresh. Can be undone.

    Raises InvalidExperiment as `edit` does.
    """
    if new == experiment():
        return
    edit(new)
    _edition.set(edition() + 1)


def history() -> History:
    """Return the earlier experiments of this session."""
    own = _history.get()
    if own is None:
        own = History()
        _history.set(own)
    return own


def can_undo() -> bool:
    """Return whether there is a change to take back."""
    return bool(history().timeline.past)


def can_redo() -> bool:
    """Return whether there is a change to make again."""
    return bool(history().timeline.future)


def undo() -> None:
    """Take the last change back."""
    if can_undo():
        _travel(*history().timeline.undone(experiment()))


def redo() -> None:
    """Make the change again that was taken back last."""
    if can_redo():
        _travel(*history().timeline.redone(experiment()))


def _travel(destination: Experiment, timeline: Timeline) -> None:
    history().set(timeline)
    _experiment.set(destination)
    _edition.set(edition() + 1)
    write_address()


def widget(key: str) -> Any:
    """Return the value of a keyed widget, for use in its callback; None before it was drawn."""
    return st.session_state.get(key)


def set_widget(key: str, value: object) -> None:
    """Set the value of a keyed widget before it is drawn."""
    st.session_state[key] = value


def forget_widget(key: str) -> None:
    """Forget the value of a keyed widget before it is drawn, so that it starts afresh."""
    st.session_state.pop(key, None)


def preset() -> str | None:
    """Return the name of the preset that the experiment at hand still equals."""
    return address.preset_of(experiment())


def fits_address() -> bool:
    """Return whether the experiment at hand has a link."""
    return bool(link())


def parameters() -> dict[str, str]:
    """Return the address's parameters for the experiment, step and detail at hand."""
    return address.parameters(experiment(), step() or len(steps()), detail())


def link() -> dict[str, str]:
    """Return what a link to another page carries: the experiment.

    Not the step, which the player moves without drawing the links anew; the session hands it on.
    """
    return address.named(experiment())


def write_address() -> None:
    """Make the address hold what is at hand; parameters that belong to a page stay as they are."""
    wanted, shown = parameters(), st.query_params.to_dict()
    if address.own(shown) != wanted:
        st.query_params.from_dict(wanted | {name: value for name, value in shown.items() if name not in address.OWN})
    _written.set(wanted)


def page_parameter(name: str) -> str | None:
    """Return one of the address's parameters that belong to the page shown."""
    return st.query_params.get(name)


def set_page_parameter(name: str, value: str) -> None:
    """Put a parameter that belongs to the page shown into the address."""
    st.query_params[name] = value


def brings_network() -> bool:
    """Return whether the address of a session that begins holds a network, which is yet to be opened."""
    return _written.get() is None and "net" in st.query_params


def open_address() -> None:
    """Take experiment, step and detail from the address if it is not what this session wrote there itself."""
    given = address.own(st.query_params.to_dict())
    if given != _written.get():
        _follow(given)
        write_address()


def _follow(given: Mapping[str, str]) -> None:
    instead = "You are looking at the default network." if _experiment.get() is None else "Your network is unchanged."
    try:
        _open(address.experiment_in(given))
    except InvalidExperiment as error:
        _problem.set(f"This link could not be opened. {error} {instead}")
        return
    try:
        _detail.set(address.detail_in(given) or _detail.get())
        set_step(address.step_in(given) or _step.get())
    except InvalidExperiment as error:
        _problem.set(f"{error} The last step is shown.")
        set_step(None)
    else:
        _problem.set("")


def _open(opened: Experiment | None) -> None:
    if opened is None:
        return
    traced(opened, "layer")
    if _experiment.get() is None:
        _experiment.set(opened)
    else:
        change(opened)


@remembered
def traced(candidate: Experiment, level: Detail) -> tuple[Step, ...]:
    """Return the steps of an experiment; the same for all sessions, so computed once.

    Raises InvalidExperiment for numbers that can be computed, but not drawn.
    """
    steps = trace(candidate, level)
    largest = max(float(np.abs(step.value).max()) for step in steps)
    if largest > LARGEST:
        raise InvalidExperiment(f"A number grows to {largest:.0e} here; up to {LARGEST:.0e} can be drawn.")
    return steps
