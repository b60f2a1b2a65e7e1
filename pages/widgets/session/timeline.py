"""Undo and redo: a session's earlier and taken-back experiments, of all sessions together within so many bytes.

Numbers of states alone are no bound: one state of the largest network takes as much as ten thousand of the default one.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, replace
from weakref import WeakSet

from engine import Experiment
from engine.memory import Ledger

MOST_STATES = 50
MOST_BYTES = 32_000_000
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Timeline:
    """What was at hand before, the latest last, and what was taken back, the next last."""

    past: tuple[Experiment, ...] = ()
    future: tuple[Experiment, ...] = ()

    def changed(self, before: Experiment) -> "Timeline":
        """Return the timeline after a change of `before`; once, if the run was ended before it was made."""
        if self.past[-1:] == (before,):
            return replace(self, future=())
        return Timeline((*self.past, before)[-MOST_STATES:])

    def undone(self, present: Experiment) -> tuple[Experiment, "Timeline"]:
        """Return what was at hand before, and the timeline with it as the present."""
        return self.past[-1], Timeline(self.past[:-1], (*self.future, present)[-MOST_STATES:])

    def redone(self, present: Experiment) -> tuple[Experiment, "Timeline"]:
        """Return what was taken back last, and the timeline with it as the present."""
        return self.future[-1], Timeline((*self.past, present)[-MOST_STATES:], self.future[:-1])

    def shortened(self) -> "Timeline":
        """Return the timeline without the state that is furthest away."""
        return replace(self, past=self.past[1:]) if self.past else replace(self, future=self.future[1:])


class History:
    """One session's timeline; it ends with the session, and others' may shorten it."""

    def __init__(self) -> None:
        self.timeline = Timeline()
        self.bytes = 0
        _ALL.add(self)

    def set(self, timeline: Timeline) -> None:
        """Go on with another timeline; while all sessions' hold too much, the longest of them are shortened."""
        with _LOCK:
            self._keep(timeline)
            while sum(history.bytes for history in list(_ALL)) > MOST_BYTES:
                longest = max(list(_ALL), key=lambda history: history.bytes)
                longest._keep(longest.timeline.shortened())

    def _keep(self, timeline: Timeline) -> None:
        self.timeline = timeline
        self.bytes = _bytes((*timeline.past, *timeline.future))


# of the sessions that are there: each is held by its session alone
_ALL: WeakSet[History] = WeakSet()


def _bytes(experiments: Iterable[Experiment]) -> int:
    ledger = Ledger()
    ledger.enter(*experiments)
    return ledger.total
