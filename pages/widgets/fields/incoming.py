"""What a browser sends for a widget and the widget cannot read is as though it had not been sent.

Streamlit reads a value wherever it is first needed, before the page runs too, and whatever that raises becomes an
exception box and a traceback in the log, run after run. It has no place for a check: two of its methods are extended.
"""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.common import is_element_id
from streamlit.runtime.state.session_state import Serialized, WStates, _is_internal_key

NUMBERS = {"int_value", "double_value"}
# characters of a value for a widget that was never drawn here, as after a restart: nothing can judge it before
# Streamlit has worked on it
LONGEST_UNSEEN = 20_000
# rows added to a table that was never drawn here: Streamlit adds them to whatever table it is, each in milliseconds
MOST_UNSEEN = 50


def _original(name: str) -> Callable[..., Any]:
    # Streamlit loads a module again when it has changed; by then the method is one from here
    method = getattr(WStates, name)
    return getattr(method, "__wrapped__", method)


_read, _keep = _original("__getitem__"), _original("set_widget_from_proto")


@wraps(_read)
def read(states: WStates, id_: str) -> Any:
    """Return the value of the widget with an id; raise KeyError if there is none, or none that it can read."""
    kept, metadata = states.states.get(id_), states.widget_metadata.get(id_)
    if isinstance(kept, Serialized) and metadata and not _of_its_kind(kept.value, metadata.value_type):
        raise KeyError(id_)
    try:
        return _read(states, id_)
    except Exception:
        raise KeyError(id_) from None


@wraps(_keep)
def keep(states: WStates, sent: WidgetState) -> None:
    """Keep what was sent for a widget, unless it is one that cannot read it: nothing has changed then."""
    if not (is_element_id(sent.id) or _is_internal_key(sent.id)):
        return
    if sent.id not in states.widget_metadata and _is_dear(sent.string_value or sent.json_value):
        return
    _keep(states, sent)
    if sent.id in states.widget_metadata and sent.id not in states:
        del states[sent.id]


def _is_dear(unseen: str) -> bool:
    if len(unseen) > LONGEST_UNSEEN:
        return True
    try:
        edits = json.loads(unseen)
    except (ValueError, RecursionError):
        return False
    rows = [edits.get(f"{kind}_rows") for kind in ("added", "deleted")] if isinstance(edits, dict) else []
    return any(isinstance(some, list | dict) and len(some) > MOST_UNSEEN for some in rows)


def _of_its_kind(sent: WidgetState, kind: str | None) -> bool:
    given = sent.WhichOneof("value")
    if kind == "json_value":
        # a component tells an object; of anything else Streamlit logs a traceback
        return given == kind and sent.json_value.lstrip()[:1] == "{"
    # a field for whole numbers sends them as such, though Streamlit registers it for any
    return given == kind or {given, kind} == NUMBERS


def refuse_unreadable() -> None:
    """Let Streamlit read and keep values so from now on, in all sessions."""
    for name, method in (("__getitem__", read), ("set_widget_from_proto", keep)):
        setattr(WStates, name, method)
