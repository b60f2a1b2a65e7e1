"""Everything that a page said to the browser, as strings with the way in which the browser reads them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from tests.pages.packed import read, unpacked
from tests.pages.page import Page

Reading = Literal["markdown", "html", "text"]
# what the browser shows letter by letter: menus, tables (a canvas), text fields, names of things
PLAIN_KINDS = (
    "selectbox",
    "multiselect",
    "arrow_data_frame",
    "dataframe",
    "data_editor",
    "file_uploader",
    "text_input",
)
PLAIN_FIELDS = ("id", "key", "url", "form_id", "element_id", "page", "query_string", "raw_values", "alt", "icon")
# of what components are handed: everything else they show as text or draw on a canvas
DRAWN = ("figure", "formula", "charts")


@dataclass(frozen=True)
class Said:
    """A string, the element that it was in, and how the browser reads it."""

    element: str
    text: str
    reading: Reading


def spoken(page: Page) -> list[Said]:
    """All strings of all elements of the page, popovers, sidebar and toasts included."""
    return [said for element in _elements(page.at._tree) for said in _of(element)]


def _elements(block: Any) -> Iterator[Any]:
    for child in block.children.values():
        if getattr(child, "proto", None) is not None:
            yield child
        if hasattr(child, "children"):
            yield from _elements(child)


def _of(element: Any) -> Iterator[Said]:
    kind = element.type
    if kind == "plotly_chart":
        yield from (Said(kind, text, "html") for text in _strings(json.loads(element.proto.spec)))
    elif kind == "bidi_component":
        data = read(element.proto.bytes) if element.proto.bytes else json.loads(element.proto.json or "{}")
        for text in _strings({name: value for name, value in data.items() if name not in DRAWN}):
            yield Said(kind, text, "text")
        # what scripts of ours make HTML of, or hand to Plotly
        for text in _strings(list(_drawn(data))):
            yield Said(kind, text, "html")
    else:
        for field, text in _fields(element.proto):
            plain = field in PLAIN_FIELDS or (kind in PLAIN_KINDS and field not in ("label", "help"))
            yield Said(f"{kind}.{field}", text, "text" if plain else "markdown")


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in _strings(part))
    elif isinstance(value, str):
        yield value
        yield from _strings(_unpacked(value))


def _drawn(data: Any) -> Iterator[Any]:
    for name, value in data.items() if isinstance(data, dict) else ():
        yield from (value, _unpacked(value)) if name in DRAWN else _drawn(_unpacked(value) or value)


def _unpacked(text: Any) -> Any:
    """What is in a text that is something packed; None for any other value."""
    return unpacked(text) if isinstance(text, str) and text.startswith("H4sI") else None


def _fields(message: Any) -> Iterator[tuple[str, str]]:
    for field, value in message.ListFields():
        for one in value if field.is_repeated else (value,):
            if field.message_type is not None and hasattr(one, "ListFields"):
                yield from _fields(one)
            elif isinstance(one, str):
                yield field.name, one
