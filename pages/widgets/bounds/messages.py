"""Messages with a rate: a browser that sends far more of them than a visitor can cause is cut off.

Each asks for a run, which Streamlit begins before it stops the one before, on the loop that serves everybody: two
thousand of them kept all others waiting for seconds.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from starlette.websockets import WebSocketDisconnect

AT_ONCE, PER_SECOND = 100, 20
POLICY_VIOLATION = 1008


@dataclass
class Allowance:
    """The messages that a connection may still send: so many at once, and so many more each second."""

    left: float = AT_ONCE
    since: float = field(default_factory=time.monotonic)

    def take(self, now: float) -> bool:
        """Count a message, and return whether it was allowed."""
        self.left = min(AT_ONCE, self.left + (now - self.since) * PER_SECOND) - 1
        self.since = now
        return self.left >= 0


def limited(handle: Callable[..., None]) -> Callable[..., None]:
    """Return Streamlit's handler of messages with the limit: it ends the connection, and the page then comes back."""
    allowances: WeakKeyDictionary[object, Allowance] = WeakKeyDictionary()

    def handle_limited(session_id: str, message: Any, *, client: object) -> None:
        if not allowances.setdefault(client, Allowance()).take(time.monotonic()):
            raise WebSocketDisconnect(POLICY_VIOLATION)
        handle(session_id, message, client=client)

    return handle_limited
