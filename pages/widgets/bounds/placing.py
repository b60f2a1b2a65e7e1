"""Puts the bounds in place in the server that is running: Streamlit offers no setting for them.

It takes hold of four of Streamlit's inner parts. Should an upgrade have changed them, the app runs without the bounds,
says so in the log, and tests in tests/pages/widgets/bounds fail.
"""

import logging
import sys
from functools import cache

from streamlit.runtime import Runtime, exists, get_instance

from pages.widgets.bounds.heap import give_back

# In seconds, after which a thread that computes lets another go on. Streamlit's threads wait for one after each message
# that they send; with Python's 0.005 an edit of 60 messages beside a long computation takes twice as long.
SWITCH = 0.001


def bound() -> None:
    """Put the bounds in place, unless they are or the script runs without a server."""
    if exists() and type(get_instance()) is Runtime:
        put_in_place(get_instance())


@cache
def put_in_place(runtime: Runtime) -> None:
    """Put the bounds in place in a server, once."""
    if "handle_backmsg" in vars(runtime):
        return  # put in place before this module was read again, as happens while one works on the app
    sys.setswitchinterval(SWITCH)
    sessions = getattr(runtime, "_session_mgr", None)
    give_back(alone=lambda: sessions is not None and not sessions.list_active_sessions())
    try:
        from pages.widgets.bounds import messages, missed
        from pages.widgets.bounds.uploads import HeldUploads

        HeldUploads.take_over(runtime.uploaded_file_mgr)
        messages.take_over(runtime)
        missed.take_over(runtime)
    except (ImportError, AttributeError, TypeError):
        logging.getLogger(__name__).exception("Uploads and messages are not bounded: Streamlit has changed inside.")
