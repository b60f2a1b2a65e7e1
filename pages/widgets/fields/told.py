"""What the scripts of our own components tell: a number or a few words, under a name."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from pages.widgets.fields.values import LONGEST, is_number
from pages.widgets.session import slots

# states that can be undone or redone, and characters of the link of each
MOST_STATES, LONGEST_LINK = 50, 4_010
# numbers that are typed at once, and characters of a pasted block
MOST_TEXTS, LONGEST_BLOCK = 1_000, 200_000
# numbers that are asked for at once while one is dragged
MOST_ASKED = 64
# Edits of one message: each is computed on its own, in the largest network for 25 to 60 ms. What a browser typed beyond
# these while it waited it sends again with its next edit.
MOST_EDITS = 30


@dataclass(frozen=True)
class Edit:
    """What was typed into tables: texts by place, or a block pasted in at a place; and what stood there before."""

    number: int
    gesture: int
    texts: Mapping[str, str]
    before: Mapping[str, str]
    at: str
    block: str


@dataclass(frozen=True)
class Ask:
    """What a drag asks for: the picture with each of these texts at a place, at a step or at the one shown."""

    number: int
    place: str
    step: int | None
    texts: tuple[str, ...]


def number(key: str, name: str) -> int | None:
    """Return the number that a component told under a name, without a fraction; None if it told none."""
    value = _told(key, name)
    return int(value) if is_number(value) else None


def words(key: str, name: str) -> str | None:
    """Return the words that a component told under a name; None if it told none."""
    value = _told(key, name)
    return value if _is_text(value) else None


def timeline(key: str) -> tuple[tuple[str, ...], str, tuple[str, ...]] | None:
    """Return the links of what a component kept: the past, what was at hand, and the future; None for anything else."""
    kept = _told(key, "kept")
    if not isinstance(kept, dict):
        return None
    past, present, future = (kept.get(name) for name in ("past", "present", "future"))
    if not (_are_links(past) and _are_links([present]) and _are_links(future)):
        return None
    return tuple(past), present, tuple(future)


def _are_links(links: Any) -> bool:
    return isinstance(links, list) and len(links) <= MOST_STATES and all(_is_text(one, LONGEST_LINK) for one in links)


def _told(key: str, name: str) -> Any:
    return (slots.widget(key) or {}).get(name)


def edits(key: str) -> tuple[str, tuple[Edit, ...]]:
    """Return the first edits that a component told, and the component's own name; those that are none are left out."""
    told = _told(key, "edits")
    client, listed = (told.get("client"), told.get("edits")) if isinstance(told, dict) else ("", [])
    if not _is_text(client) or not isinstance(listed, list):
        return "", ()
    return client, tuple(_edit(edit) for edit in listed[:MOST_EDITS] if _is_edit(edit))


def _is_edit(edit: Any) -> bool:
    return (
        isinstance(edit, dict)
        and is_number(edit.get("id"))
        and is_number(edit.get("gesture"))
        and all(_are_texts(edit.get(name, {})) for name in ("texts", "before"))
        and _is_text(edit.get("at", ""))
        and _is_text(edit.get("block", ""), LONGEST_BLOCK)
    )


def _are_texts(texts: Any) -> bool:
    return isinstance(texts, dict) and len(texts) <= MOST_TEXTS and all(map(_is_text, [*texts, *texts.values()]))


def _is_text(text: Any, longest: int = LONGEST) -> TypeGuard[str]:
    return isinstance(text, str) and len(text) <= longest and _can_be_sent(text)


def _can_be_sent(text: str) -> bool:
    """Return whether a text can be sent back: JSON may name half a character (\\ud800), which UTF-8 cannot."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _edit(edit: Mapping[str, Any]) -> Edit:
    return Edit(
        number=int(edit["id"]),
        gesture=int(edit["gesture"]),
        texts=edit.get("texts", {}),
        before=edit.get("before", {}),
        at=edit.get("at", ""),
        block=edit.get("block", ""),
    )


def presses(key: str) -> tuple[str, int, str]:
    """Return of which page of a browser keys were pressed, how often in all, and which were the last: u or r each."""
    told = _told(key, "pressed")
    if not isinstance(told, dict) or not _is_text(told.get("client")) or not is_number(told.get("count")):
        return "", 0, ""
    last = told.get("last")
    known = last if _is_text(last, MOST_STATES) and set(last) <= {"u", "r"} else ""
    return told["client"], int(told["count"]), known


def ask(key: str) -> Ask | None:
    """Return what a component told that it asks for; None if it told nothing of the kind."""
    told = _told(key, "ask")
    if not isinstance(told, dict) or not is_number(told.get("id")) or not _is_text(told.get("place")):
        return None
    step, texts = told.get("step"), told.get("texts")
    if not isinstance(texts, list) or len(texts) > MOST_ASKED or not all(map(_is_text, texts)):
        return None
    return Ask(int(told["id"]), told["place"], int(step) if is_number(step) else None, tuple(texts))
