"""How every field is drawn: it shows an allowed value, returns one, and hands one to its callback."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from pages.widgets.fields import stale
from pages.widgets.fields.incoming import refuse_unreadable
from pages.widgets.session import slots

refuse_unreadable()

T = TypeVar("T")
Allowed = Callable[[Any], bool]
Take = Callable[[Any], None]


def field(
    draw: Callable[..., Any],
    *given: Any,
    key: str,
    allowed: Allowed,
    first: T,
    start: Callable[[T], Mapping[str, Any]],
    held: T | None = None,
    take: Take | None = None,
    **look: Any,
) -> T:
    """Draw a widget with Streamlit's `draw` and return its value, if it is `allowed`.

    A widget shows what the session holds for it, if that is given as `held`, or else what was chosen last, and to begin
    with `first`; `start` says in the words of `draw` what it begins with. A change is handed to `take`.
    """
    if held is None:
        mend(key, allowed)
        look |= start(first)
    elif slots.widget(key) != held:
        stale.replaced(key, held)
        slots.set_widget(key, held)
    else:
        # what has this value may be the widget of the page before: one that is new here knows nothing of it
        look |= start(held)
    drawn = draw(*given, key=key, on_change=taking(key, allowed, take, held), **look)
    return drawn if allowed(drawn) else first if held is None else held


def mend(key: str, allowed: Allowed) -> None:
    """Let a widget that is about to be drawn start afresh if its value is not allowed."""
    if not allowed(slots.widget(key)):
        slots.forget_widget(key)


def taking(key: str, allowed: Allowed, take: Take | None, held: Any = None) -> Callable[[], None] | None:
    """Return the callback of a widget: it hands an allowed value to `take`.

    One that the widget was drawn with is none that was chosen: the browser has learned of a change.
    """
    if take is None:
        return None

    def taken() -> None:
        value = slots.widget(key)
        if allowed(value) and value != held and not stale.is_stale(key, value):
            take(value)

    return taken
