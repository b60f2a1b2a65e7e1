"""A training run in the background: a thread that trains while the page stays usable, and can be stopped.

It knows nothing of Streamlit; the page looks at it now and then.
"""

import threading
import time
from collections.abc import Callable

from engine import History, InvalidExperiment

# A run ends by itself after so many seconds, or when no page has looked at it for so long
LIMIT, UNATTENDED = 120.0, 60.0


class Worker(threading.Thread):
    """Runs `job(on_epoch)` and keeps what came of it: `history`, or `error` in words."""

    def __init__(self, job: Callable[[Callable[[int], bool]], History]) -> None:
        super().__init__(daemon=True, name="training")
        self._job = job
        self._halt = threading.Event()
        self._begun = self._seen = time.monotonic()
        self.epoch = 0
        self.history: History | None = None
        self.error = ""
        self.start()

    def run(self) -> None:
        """Train; called by the thread."""
        try:
            self.history = self._job(self._on_epoch)
        except InvalidExperiment as error:
            self.error = str(error)

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
        now = time.monotonic()
        return not self._halt.is_set() and now - self._begun < LIMIT and now - self._seen < UNATTENDED
