"""What a page missed is not sent on when it comes back: the first half of it was lost with the connection.

Streamlit keeps what a run still says while the page is away, and sends that first. A page that lacks what came before
fails at it ("Bad delta path index") and stays blank. It asks for a run of its own anyway.
"""

from collections.abc import Callable
from typing import Any

from streamlit.runtime import Runtime


def take_over(runtime: Runtime) -> None:
    """Let the server forget, when a session is connected again, what it kept for it."""
    connect: Callable[..., str] = runtime.connect_session
    sessions = runtime._session_mgr

    def connect_without_rest(*given: Any, **named: Any) -> str:
        session_id = connect(*given, **named)
        if connected := sessions.get_active_session_info(session_id):
            connected.session.flush_browser_queue()
        return session_id

    runtime.connect_session = connect_without_rest
