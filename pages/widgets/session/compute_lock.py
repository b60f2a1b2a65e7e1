"""Computing in turns: of all sessions of a process one computes, and the others wait, fairly by session.

Python computes in one thread at a time anyway. Without turns it changes between all threads that have something to do,
every few milliseconds, and an edit that takes 20 ms for itself is ready when all others are: at a hundred visitors the
95th percentile was more than a second (docs/scaling.md). Without fairness an edit waits for whoever sends the dearest
networks.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

# A turn is exclusive for so many seconds. Who takes longer goes on beside the next one, until it reaches a place where
# it can wait: see `give_way`.
SLICE = 0.05
# seconds of computing after which a session waits until all others' long turns have ended, and that are half forgotten
# after so many seconds
HEAVY, HALF_LIFE = 0.5, 10.0
# long turns that go on beside each other, of whomever: each holds what it computes with
MOST_LONG = 4
# seconds of computing after which a part of a page is cut off
BUDGET = 10.0
# sessions whose use is remembered: far more than compute at a time
MOST_KNOWN = 1_000
TOO_LONG = (
    "This took more computing than a visitor may use at once, so it was stopped here. "
    "Everything you had is kept. A smaller network or fewer points take less."
)


@dataclass(eq=False)
class Turn:
    """One thread's turn: whose it is, when it began, and the processor time of its thread then and at its slice."""

    session: str
    since: float = 0.0
    begun: float = field(default_factory=time.thread_time)
    charged: float = field(default_factory=time.thread_time)


class Turns:
    """The turns of one process."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._holder: Turn | None = None
        self._waiting: list[Turn] = []
        self._overtime: set[Turn] = set()
        self._used: dict[str, tuple[float, float]] = {}

    @contextmanager
    def taken(self, session: str) -> Iterator[Turn]:
        """Wait for a turn and have it for the block."""
        turn = Turn(session)
        self._wait(turn)
        try:
            yield turn
        finally:
            self._end(turn)

    def give_way(self, turn: Turn) -> None:
        """Let those compute who wait and have used less, or the next one if the turn has lasted its slice."""
        with self._changed:
            self._charge(turn)
            now = time.monotonic()
            own = self._usage(turn.session, now)
            due = self._over(turn) or any(self._usage(other.session, now) < own for other in self._waiting)
            if not (due and (self._waiting or self._overtime)):
                return
        self._end(turn)
        self._wait(turn)

    def _wait(self, turn: Turn) -> None:
        with self._changed:
            self._waiting.append(turn)
            while not (self._free() and self._next() is turn):
                self._changed.wait(self._left())
            self._waiting.remove(turn)
            if self._holder:
                self._overtime.add(self._holder)
            self._holder, turn.since = turn, time.monotonic()

    def _end(self, turn: Turn) -> None:
        with self._changed:
            self._charge(turn)
            self._overtime.discard(turn)
            if self._holder is turn:
                self._holder = None
            self._changed.notify_all()

    def _free(self) -> bool:
        return self._holder is None or self._over(self._holder)

    def _left(self) -> float:
        """Return for how long nobody has to look again, unless told to."""
        since = self._holder.since if self._holder else 0.0
        left = since + SLICE - time.monotonic()
        return left if left > 0 else SLICE

    def _over(self, turn: Turn) -> bool:
        return turn is not self._holder or time.monotonic() - turn.since >= SLICE

    def _next(self) -> Turn | None:
        now = time.monotonic()
        # one that has not given way for so long may never do: it is not waited for
        if sum(now - other.since < BUDGET for other in self._overtime) >= MOST_LONG:
            return None
        # the first of those who have used least; one who has used much adds no second long turn to a running one
        turn = min(self._waiting, key=lambda waiting: self._usage(waiting.session, now))
        busy = bool(self._overtime) or self._holder is not None
        return None if busy and self._usage(turn.session, now) > HEAVY else turn

    def _usage(self, session: str, now: float) -> float:
        # uses are compared at one moment: a later one would make a session seem to have used less than itself
        seconds, at = self._used.get(session, (0.0, 0.0))
        return seconds * 0.5 ** ((now - at) / HALF_LIFE) if seconds else 0.0

    def _charge(self, turn: Turn) -> None:
        spent, now = time.thread_time(), time.monotonic()
        self._used[turn.session] = (self._usage(turn.session, now) + spent - turn.charged, now)
        turn.charged = spent
        if len(self._used) > 2 * MOST_KNOWN:
            latest = sorted(self._used.items(), key=lambda item: item[1][1])
            self._used = dict(latest[MOST_KNOWN:])


TURNS = Turns()
_own = threading.local()


def session() -> str:
    """Return the id of the session whose page is being drawn; nothing outside of pages."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.session_id if context else ""


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn of this session, and have it for the block; a block inside another is part of it."""
    if getattr(_own, "turn", None):
        yield
        return
    with TURNS.taken(session()) as taken:
        _own.turn = taken
        try:
            yield
        finally:
            _own.turn = None


def give_way() -> None:
    """Say that a part of a long computation is done: others may go first, and over budget the page ends here."""
    taken: Turn | None = getattr(_own, "turn", None)
    if taken is None:
        return
    if time.thread_time() - taken.begun > BUDGET:
        st.error(TOO_LONG, icon=":material/timer_off:")
        st.stop()
    TURNS.give_way(taken)
