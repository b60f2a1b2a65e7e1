"""What a browser sends for a widget and the widget cannot read is as though it had not been sent.

Streamlit reads a value wherever it is first needed, before the page runs too, and whatever that raises becomes an
exception box and a traceback in the log, run after run. It has no place for a check, so one of its methods is extended.
"""

from functools import wraps
from typing import Any

from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.state.session_state import Serialized, WStates

# what was there before this module was loaded for the first time: Streamlit loads changed modules again
_read = getattr(WStates.__getitem__, "__wrapped__", WStates.__getitem__)


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


def _of_its_kind(sent: WidgetState, kind: str) -> bool:
    # a component tells an object; of anything else Streamlit logs a traceback
    return sent.WhichOneof("value") == kind and (kind != "json_value" or sent.json_value.lstrip()[:1] == "{")


def refuse_unreadable() -> None:
    """Let Streamlit read values so from now on, in all sessions."""
    setattr(WStates, "__getitem__", read)  # noqa: B010
