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

# a state is an experiment, or the link of one that a browser kept, which is opened when somebody goes there
State = Experiment | str


@dataclass(frozen=True)
class Timeline:
    """What was at hand before, the latest last, and what was taken back, the next last."""

    past: tuple[State, ...] = ()
    future: tuple[State, ...] = ()

    def changed(self, before: Experiment) -> "Timeline":
        """Return the timeline after a change of `before`; once, if the run was ended before it was made."""
        if self.past[-1:] == (before,):
            return replace(self, future=())
        return Timeline((*self.past, before)[-MOST_STATES:])

    def undone(self, present: Experiment) -> tuple[State, "Timeline"]:
        """Return what was at hand before, and the timeline with it as the present."""
        return self.past[-1], Timeline(self.past[:-1], (*self.future, present)[-MOST_STATES:])

    def redone(self, present: Experiment) -> tuple[State, "Timeline"]:
        """Return what was taken back last, and the timeline with it as the present."""
        return self.future[-1], Timeline((*self.past, present)[-MOST_STATES:], self.future[:-1])

    def without(self, state: State) -> "Timeline":
        """Return the timeline without a state that cannot be opened."""
        past, future = ((tuple(one for one in line if one != state)) for line in (self.past, self.future))
        return Timeline(past, future)

    def after(self, earlier: "Timeline", present: str, begun: bool) -> "Timeline":
        """Return the timeline of a session that goes on after another one.

        `present` is the link of what was at hand there, if it has one; `begun` tells whether the session began with
        it. If not, another link was opened: this is a change as any other, so that undo leads back.
        """
        past = earlier.past if begun or not present else (*earlier.past, present)
        future = earlier.future if begun and not self.past else self.future
        return Timeline((*past, *self.past)[-MOST_STATES:], future[-MOST_STATES:])

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


def _bytes(states: Iterable[State]) -> int:
    ledger = Ledger()
    ledger.enter(*states)
    return ledger.total
