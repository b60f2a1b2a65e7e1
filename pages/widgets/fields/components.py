"""What the scripts of our own components tell: a number or a few words, under a name."""

from typing import Any

from pages.widgets.fields.values import LONGEST, is_number
from pages.widgets.session import slots


def told_number(key: str, name: str) -> int | None:
    """Return the number that a component told under a name, without a fraction; None if it told none."""
    value = _told(key, name)
    return int(value) if is_number(value) else None


def told_words(key: str, name: str) -> str | None:
    """Return the words that a component told under a name; None if it told none."""
    value = _told(key, name)
    return value if isinstance(value, str) and len(value) <= LONGEST else None


def _told(key: str, name: str) -> Any:
    return (slots.widget(key) or {}).get(name)
