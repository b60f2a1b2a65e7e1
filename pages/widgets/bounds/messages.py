"""Messages with a rate and a size: a browser that sends far more than a visitor can cause is cut off.

Each asks for a run, which Streamlit begins before it stops the one before, on the loop that serves everybody: two
thousand of them kept all others waiting for seconds, and so did one of half a million parts.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime import Runtime
from streamlit.web.server.starlette import starlette_websocket

from pages.widgets.bounds.parts import parts

AT_ONCE, PER_SECOND = 100, 20
# fields, those in all widgets' states included; a page with the largest network of the editor sends 130
MOST_PARTS = 2_000
# for each of these a message counts as one more
BYTES_OF_ONE, PARTS_OF_ONE = 50_000, 500
POLICY_VIOLATION = 1008
# What this app's pages send, and the heartbeat of the site that frames them. Others clear what is kept for everybody,
# run git on the server's loop and tell its branch, or fill the log.
ANSWERED = ("rerun_script", "stop_script", "file_urls_request", "app_heartbeat")
# of the names in a request for a download, which go into the log
LONGEST_NAME = 200


class Incoming:
    """Stands where Streamlit makes a BackMsg, and parses what has few parts only."""

    def __init__(self) -> None:
        self.message, self.cost = BackMsg(), 1.0

    def ParseFromString(self, data: bytes) -> None:
        """Take the message in, or remember that it is to be refused. Raises ValueError for what is no message."""
        found = parts(data, BackMsg.DESCRIPTOR, MOST_PARTS)
        self.cost = 1 + len(data) // BYTES_OF_ONE + found // PARTS_OF_ONE
        if found > MOST_PARTS:
            self.cost = float("inf")
        else:
            self.message.ParseFromString(data)

    def WhichOneof(self, _name: str) -> None:
        """Say nothing: all kinds go to the handler below, which counts them."""


@dataclass
class Allowance:
    """The messages that a connection may still send: so many at once, and so many more each second."""

    left: float = AT_ONCE
    since: float = field(default_factory=time.monotonic)

    def take(self, now: float, cost: float = 1) -> bool:
        """Count a message for as many as it costs, and return whether it was allowed."""
        self.left = min(AT_ONCE, self.left + (now - self.since) * PER_SECOND) - cost
        self.since = now
        return self.left >= 0


def is_answered(message: BackMsg) -> bool:
    """Return whether a message is of a kind that the pages send: downloads ask for what is made only then."""
    if message.WhichOneof("type") != "backend_operation_request":
        return message.WhichOneof("type") in ANSWERED
    asked = message.backend_operation_request
    names = (asked.request_id, asked.deferred_file.file_id)
    return asked.HasField("deferred_file") and all(len(name) <= LONGEST_NAME for name in names)


def limited(handle: Callable[..., None]) -> Callable[..., None]:
    """Return Streamlit's handler of messages with the limit: it ends the connection, and the page then comes back."""
    allowances: WeakKeyDictionary[object, Allowance] = WeakKeyDictionary()

    def handle_limited(session_id: str, incoming: Incoming | BackMsg, *, client: object) -> None:
        # one that was made before the limits were in place is Streamlit's own
        message, cost = (incoming.message, incoming.cost) if isinstance(incoming, Incoming) else (incoming, 1)
        if not allowances.setdefault(client, Allowance()).take(time.monotonic(), cost):
            raise WebSocketDisconnect(POLICY_VIOLATION)
        if is_answered(message):
            handle(session_id, message, client=client)

    return handle_limited


def take_over(runtime: Runtime) -> None:
    """Give the server at work the limits. What serves a connection looks BackMsg up anew for each message."""
    runtime.handle_backmsg = limited(runtime.handle_backmsg)
    served: Any = starlette_websocket
    if served.BackMsg is BackMsg:
        served.BackMsg = Incoming
