"""Changes of the experiment at hand: each is checked, can be undone, and is in the address."""

from collections.abc import Callable

from engine import Experiment, InvalidExperiment
from engine.network.model import whole
from pages.widgets.session import at_hand, links, location, shown
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.slots import Slot, unbroken
from pages.widgets.session.timeline import History, State, Timeline

_history: Slot[History | None] = Slot("history", None)
# of the change made last
_gesture: Slot[str] = Slot("gesture", "")


def edit(new: Experiment, gesture: str = "") -> None:
    """Make `new` the experiment at hand; the editors, which it comes from, stay as they are. Can be undone.

    Of an example that is looked at, it is its batch. Changes of one gesture, such as a drag, are undone as one.
    Raises InvalidExperiment, and changes nothing, if its numbers grow too large to compute.
    """
    before, new = at_hand.experiment(), whole(new)
    if new == before:
        return
    with turn():
        shown.traced(new, shown.detail())
    with unbroken():
        if not gesture or gesture != _gesture.get():
            _past().set(_past().timeline.changed(before))
        _gesture.set(gesture)
        at_hand.put(new)
        location.problem.set("")
    shown.write_address()


def adopt(new: Experiment) -> None:
    """Make `new` the experiment at hand, from elsewhere than the editors, which start afresh. Can be undone.

    Raises InvalidExperiment as `edit` does.
    """
    if whole(new) != at_hand.experiment():
        edit(new)
        at_hand.renew_editors()


def before() -> Experiment | None:
    """Return what was at hand before the last change, or the last gesture; None if it was in another session."""
    last = _past().timeline.past[-1:]
    return next((state for state in last if isinstance(state, Experiment)), None)


def can_undo() -> bool:
    """Return whether there is a change to take back."""
    return bool(_past().timeline.past)


def can_redo() -> bool:
    """Return whether there is a change to make again."""
    return bool(_past().timeline.future)


def undo() -> None:
    """Take the last change back."""
    travel("u")


def redo() -> None:
    """Make the change again that was taken back last."""
    travel("r")


def travel(way: str, arrived: Callable[[], None] = lambda: None) -> None:
    """Undo ("u") and redo ("r") so often, as far as it goes; `arrived` is called with it, whatever ends the run."""
    with unbroken():
        for step in way:
            if step == "u" and can_undo():
                _travel(*_past().timeline.undone(at_hand.experiment()))
            if step == "r" and can_redo():
                _travel(*_past().timeline.redone(at_hand.experiment()))
        arrived()
    shown.write_address()


def kept() -> dict[str, object]:
    """Return what a browser keeps so that another session can go on: the links of past, present and future."""
    own = _past().timeline
    return {
        "past": links.nearest(own.past),
        "present": links.link(at_hand.experiment()),
        "future": links.nearest(own.future),
    }


def go_on_after(past: tuple[str, ...], present: str, future: tuple[str, ...]) -> None:
    """Let undo and redo go on with what was kept of another session."""
    own = _past().timeline
    first = own.past[0] if own.past else at_hand.experiment()
    begun = present == (first if isinstance(first, str) else links.link(first))
    _past().set(own.after(Timeline(past, future), present, begun))


def _past() -> History:
    own = _history.get()
    if own is None:
        own = History()
        _history.set(own)
    return own


def _travel(destination: State, timeline: Timeline) -> None:
    try:
        found = links.opened(destination) if isinstance(destination, str) else destination
        with turn():
            shown.traced(found, shown.detail())
    except InvalidExperiment as error:
        location.problem.set(f"What was there before could not be opened, so it is left out. {error}")
        _past().set(_past().timeline.without(destination))
        return
    _past().set(timeline)
    _gesture.set("")
    location.problem.set("")
    at_hand.put(found)
    at_hand.renew_editors()
