"""A training run in the background: a thread that trains while the page stays usable, and can be stopped.

It knows nothing of Streamlit; the page looks at it now and then.
"""

import logging
import threading
import time
from collections.abc import Callable

from engine import History, InvalidExperiment

# A run ends by itself after so many seconds, or when no page has looked at it for so long
LIMIT, UNATTENDED = 120.0, 60.0
BROKEN = "The run ended because of a fault in this app. Your network is unchanged. Try other settings or less data."
_LOGGER = logging.getLogger(__name__)
# Of all sessions together so many runs compute at once and the others wait: a process computes on one core, and every
# run more would slow down all pages
_AT_ONCE = threading.BoundedSemaphore(4)


class Worker(threading.Thread):
    """Runs `job(on_epoch)` and keeps what came of it: `history`, or `error` in words."""

    def __init__(self, job: Callable[[Callable[[int], bool]], History]) -> None:
        super().__init__(daemon=True, name="training")
        self._job = job
        self._halt = threading.Event()
        self._begun = self._seen = time.monotonic()
        self.epoch = 0
        self.waiting = True
        self.history: History | None = None
        self.error = ""
        self.start()

    def run(self) -> None:
        """Train; called by the thread."""
        while not _AT_ONCE.acquire(timeout=0.25):
            if self._over():
                return
        try:
            self.waiting, self._begun = False, time.monotonic()
            self.history = self._job(self._on_epoch)
        except InvalidExperiment as error:
            self.error = str(error)
        except Exception:  # whatever it is: without a word the page would wait for a run that is no more
            self.error = BROKEN
            _LOGGER.exception("A training run ended.")
        finally:
            _AT_ONCE.release()

    def stop(self) -> None:
        """Let the run end after the epoch it is in."""
        self._halt.set()

    def look(self, seconds: float = 0.0) -> bool:
        """Wait so long at most, and return whether the run has ended."""
        self._seen = time.monotonic()
        self.join(seconds)
        return not self.is_alive()

    def _on_epoch(self, epoch: int) -> bool:
        self.epoch = epoch
        return not self._over() and time.monotonic() - self._begun < LIMIT

    def _over(self) -> bool:
        return self._halt.is_set() or time.monotonic() - self._seen >= UNATTENDED
