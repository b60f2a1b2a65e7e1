"""Values that a browser sends although nobody chose them: what it showed before it learned of a change.

With every message a browser sends the values of all widgets. One that is sent soon after a change, and before the
browser has drawn what came of it, holds values that the change has replaced; Streamlit takes them for new ones, and the
example chosen before would come back in the place of what was typed.
"""

from collections.abc import Mapping
from typing import Any

from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState, get_script_run_ctx

from pages.widgets.session import location, slots
from pages.widgets.session.slots import Slot

# a browser that is slow may be some changes behind, with two values each
MOST = 16
# what a widget showed before it was given other values, and what it was given, by key, the latest last
_before: Slot[Mapping[str, tuple[Any, ...]]] = Slot("widgets_before", {})


def replaced(key: str, given: Any) -> None:
    """Remember what a widget shows that is about to be given another value, and that value.

    A browser that was behind of the change before shows neither for a while: it sent the first, and draws the second
    when there is a third.
    """
    values = (slots.widget(key), given)
    others = [value for value in _before.get().get(key, ()) if value not in values]
    _before.set({**_before.get(), key: (*others, *values)[-MOST:]})


def is_stale(key: str, value: Any) -> bool:
    """Return whether the value of a widget, in its callback, is one that was replaced and that nobody chose again.

    A message asks for the part of the page in which something was done; the widget is in another one then. Without a
    browser there is nothing that could be late.
    """
    return location.has_browser() and value in _before.get().get(key, ()) and not _asked_for()


def _asked_for() -> bool:
    context = get_script_run_ctx()
    asked, own = context and context.fragment_ids_this_run, ThreadState.get().fragment_id
    return own in asked if asked else own is None
