"""Computing in turns: of all sessions of a process one computes, and the others wait until it is done.

Python computes in one thread at a time anyway. Without turns it changes between all threads that have something to do,
every few milliseconds, and an edit that takes 20 ms for itself is ready when all others are: at a hundred visitors the
95th percentile was more than a second (docs/scaling.md).
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_TURN = threading.Semaphore(1)


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn, and have it for the block. Blocks must not be nested, and wait for nothing inside."""
    with _TURN:
        yield
