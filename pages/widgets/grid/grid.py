"""Tables in which numbers are typed, pasted, stepped and dragged: a component of our own.

Streamlit's data editor keeps its edits to itself: it cannot show what came of one, ignores a value that is set back,
and turns 1/3 into 13.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, Protocol

import streamlit as st

from engine import InvalidExperiment
from engine.formulas import parse_number, split_block
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.session.slots import Slot
from pages.widgets.shared.component import Component

# of a table that grows
MOST_ROWS = 200

Texts = tuple[tuple[str, ...], ...]
Given = Mapping[str, Any]
# reads the text that was typed at a place. Raises InvalidExperiment.
Read = Callable[[str, str], Any]


class Take(Protocol):
    """Takes what was given at places; edits of one gesture, as a drag, are one change. Raises InvalidExperiment."""

    def __call__(self, given: Given, gesture: str) -> None: ...


def number(_: str, text: str) -> float:
    """Read a number."""
    return parse_number(text)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """A table: its heading, what it is called aloud, and for each cell its place, its words and its text.

    `choices` are the texts that are offered in some columns, by index. A block that is pasted into a `growing` table
    may go on below it, at places of the kind that it names.
    """

    title: str
    name: str
    corner: str = ""
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    places: Texts
    words: Texts
    values: Texts
    choices: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    growing: str = ""

    def block(self, place: str, rows: Sequence[Sequence[str]]) -> Mapping[str, str]:
        """Return where the texts of a block stand if it is put in at a place. Raises InvalidExperiment."""
        top, left = next((r, own.index(place)) for r, own in enumerate(self.places) if place in own)
        most = MOST_ROWS if self.growing else len(self.places)
        below, right = most - top, len(self.places[0]) - left
        if len(rows) > below or len(rows[0]) > right:
            raise InvalidExperiment(
                f"The pasted block has {_size(len(rows), len(rows[0]))}; from this cell on there is room for "
                f"{_size(below, right)}."
            )
        return {self._place(top + r, left + c): text for r, row in enumerate(rows) for c, text in enumerate(row)}

    def _place(self, row: int, column: int) -> str:
        return self.places[row][column] if row < len(self.places) else f"{self.growing}.{row + 1}.{column + 1}"


def _size(rows: int, columns: int) -> str:
    return f"{rows} row{'s' * (rows > 1)} and {columns} column{'s' * (columns > 1)}"


@dataclass(frozen=True)
class Answered:
    """How far the edits of a browser's component were taken, and what was refused: text and reason, by place."""

    client: str = ""
    last: int = 0
    edition: int = 0
    refused: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def waits(self, client: str, edit: fields.told.Edit) -> bool:
        """Return whether an edit of a client has no answer yet."""
        return client != self.client or edit.number > self.last


_answered: Slot[Mapping[str, Answered]] = Slot("grids_answered", {})
_component = st.components.v2.component(
    "grid", **asdict(Component.of(Path(__file__).parent, "grid")), isolate_styles=False
)


def grids(
    key: str,
    make: Callable[[], Sequence[Grid]],
    *,
    edition: int,
    theme: Theme,
    take: Take,
    read: Read = number,
    then: Callable[[Callable[[], None]], None] = lambda take: take(),
) -> None:
    """Draw tables whose edits are handed to `take`; what it refuses stays in its field, with the reason.

    `make` makes the tables as they are when it is called: nobody has to hold those of a large network. `edition` counts
    how often the numbers were replaced from elsewhere: what was refused before is gone then. `then` runs what takes the
    edits that a browser tells, in its callback.
    """
    tables = make()
    answered = _answered.get().get(key, Answered())
    _component(
        key=key,
        data={
            "grids": [asdict(table) for table in tables],
            "refused": answered.refused if answered.edition == edition else {},
            "answered": {"client": answered.client, "last": answered.last},
            "colours": {"vp": theme.value.positive_text, "vn": theme.value.negative_text},
        },
        on_edits_change=lambda: then(lambda: _answer(key, make(), edition, read, take)),
    )
    # of a component that it never drew, Streamlit knows only now what it told
    if _waiting(key, tables):
        _answer(key, tables, edition, read, take)
        st.rerun()


def _waiting(key: str, tables: Sequence[Grid]) -> bool:
    """Return whether there are edits that no callback took: it was ended, or this server is not the one that they met.

    What the one before took and nobody changed since still fits to what stands there.
    """
    client, edits = fields.told.edits(key)
    if key in _answered.get():
        return any(_answered.get()[key].waits(client, edit) for edit in edits)
    texts = dict(_texts(tables))
    return bool(edits) and all(texts.get(place) == text for edit in edits for place, text in edit.before.items())


def _answer(key: str, tables: Sequence[Grid], edition: int, read: Read, take: Take) -> None:
    client, edits = fields.told.edits(key)
    before = _answered.get().get(key, Answered())
    refused = dict(before.refused) if before.edition == edition else {}
    for edit in edits:
        if before.waits(client, edit):
            for place in (*edit.texts, edit.at):
                refused.pop(place, None)
            refused |= _refused(edit, tables, read, partial(take, gesture=f"{client}.{edit.gesture}"))
    last = max((edit.number for edit in edits), default=before.last)
    _answered.set(_answered.get() | {key: Answered(client, last, edition, refused)})


def _refused(
    edit: fields.told.Edit, tables: Sequence[Grid], read: Read, take: Callable[[Given], None]
) -> Mapping[str, tuple[str, str]]:
    """Take an edit; of one that is refused return text and reason for each of its places."""
    known = {place: table for table in tables for row in table.places for place in row}
    texts = {place: text for place, text in edit.texts.items() if place in known}
    try:
        block = known[edit.at].block(edit.at, split_block(edit.block)) if edit.at in known else {}
        take({place: read(place, text) for place, text in (texts | block).items()})
    except InvalidExperiment as error:
        shown = texts or {edit.at: dict(_texts(known.values()))[edit.at]}
        return {place: (text, str(error)) for place, text in shown.items()}
    return {}


def _texts(tables: Iterable[Grid]) -> Iterator[tuple[str, str]]:
    """Yield the places of tables, each with what its field shows."""
    for table in tables:
        yield from zip(chain(*table.places), chain(*table.values), strict=True)
