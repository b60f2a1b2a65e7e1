"""Changes of the experiment at hand: each is checked, can be undone, and is in the address."""

from engine import Experiment
from pages.widgets.session import at_hand, location, shown
from pages.widgets.session.compute_lock import turn
from pages.widgets.session.slots import Slot
from pages.widgets.session.timeline import History, Timeline

_history: Slot[History | None] = Slot("history", None)
# of the change made last
_gesture: Slot[str] = Slot("gesture", "")


def edit(new: Experiment, gesture: str = "") -> None:
    """Make `new` the experiment at hand; the editors, which it comes from, stay as they are. Can be undone.

    Changes of one gesture, such as a drag, are undone as one. Raises InvalidExperiment, and changes nothing, if its
    numbers grow too large to compute.
    """
    before = at_hand.experiment()
    if new == before:
        return
    with turn():
        shown.traced(new, shown.detail())
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
    if new != at_hand.experiment():
        edit(new)
        at_hand.renew_editors()


def before() -> Experiment | None:
    """Return what was at hand before the last change, or the last gesture, if it can be undone."""
    past = _past().timeline.past
    return past[-1] if past else None


def can_undo() -> bool:
    """Return whether there is a change to take back."""
    return bool(_past().timeline.past)


def can_redo() -> bool:
    """Return whether there is a change to make again."""
    return bool(_past().timeline.future)


def undo() -> None:
    """Take the last change back."""
    if can_undo():
        _travel(*_past().timeline.undone(at_hand.experiment()))


def redo() -> None:
    """Make the change again that was taken back last."""
    if can_redo():
        _travel(*_past().timeline.redone(at_hand.experiment()))


def _past() -> History:
    own = _history.get()
    if own is None:
        own = History()
        _history.set(own)
    return own


def _travel(destination: Experiment, timeline: Timeline) -> None:
    _past().set(timeline)
    _gesture.set("")
    at_hand.put(destination)
    at_hand.renew_editors()
    shown.write_address()
