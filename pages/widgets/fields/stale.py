"""Values that a browser sends although nobody chose them: what it showed before it learned of a change.

With every message a browser sends the values of all widgets. One that is sent soon after a change, and before the
browser has drawn what came of it, holds values that the change has replaced; Streamlit takes them for new ones, and the
example chosen before would come back in the place of what was typed.
"""

from collections.abc import Mapping
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState, get_script_run_ctx

from pages.widgets.session import slots
from pages.widgets.session.slots import Slot

# what a widget showed before it was given another value, by key
_before: Slot[Mapping[str, Any]] = Slot("widgets_before", {})


def replaced(key: str) -> None:
    """Remember what a widget shows that is about to be given another value."""
    _before.set({**_before.get(), key: slots.widget(key)})


def is_stale(key: str, value: Any) -> bool:
    """Return whether the value of a widget, in its callback, is one that was replaced and that nobody chose again.

    A message asks for the part of the page in which something was done; the widget is in another one then.
    """
    return key in _before.get() and _before.get()[key] == value and not _asked_for()


def _asked_for() -> bool:
    context = get_script_run_ctx()
    asked, own = context and context.fragment_ids_this_run, ThreadState.get().fragment_id
    return own in asked if asked else own is None
