"""Edits that a component tells: each is taken once, and what is refused stays in its field, with the reason."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import streamlit as st

from engine import InvalidExperiment
from engine.formulas import parse_number, split_block
from pages.widgets import fields
from pages.widgets.grid.grid import Grid
from pages.widgets.session.slots import Slot

Given = Mapping[str, Any]
# reads the text that was typed at a place. Raises InvalidExperiment.
Read = Callable[[str, str], Any]


class Take(Protocol):
    """Takes what was given at places; edits of one gesture, as a drag, are one change. Raises InvalidExperiment."""

    def __call__(self, given: Given, gesture: str) -> None: ...


def number(_: str, text: str) -> float:
    """Read a number."""
    return parse_number(text)


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


@dataclass(frozen=True, kw_only=True)
class Editing:
    """The edits that the component with a key tells of tables.

    `make` makes the tables as they are when it is called: nobody has to hold those of a large network. `edition` counts
    how often the numbers were replaced from elsewhere: what was refused before is gone then. `then` runs what takes the
    edits that a browser tells, in its callback.
    """

    key: str
    make: Callable[[], Sequence[Grid]]
    edition: int
    take: Take
    read: Read = number
    then: Callable[[Callable[[], None]], None] = lambda take: take()

    @property
    def data(self) -> dict[str, Any]:
        """What the component is told of its edits."""
        known = self._known
        return {
            "refused": known.refused if known.edition == self.edition else {},
            "answered": {"client": known.client, "last": known.last},
        }

    def told(self) -> None:
        """Take the edits that a browser told; for the component's callback."""
        self.then(self._answer)

    def catch_up(self) -> None:
        """Take what no callback took: of a component that it never drew, Streamlit knows only once it is drawn."""
        if self._waiting():
            self._answer()
            st.rerun()

    @property
    def _known(self) -> Answered:
        return _answered.get().get(self.key, Answered())

    def _waiting(self) -> bool:
        """Return whether there are edits that no callback took: it was ended, or this server is not the one they met.

        What the one before took and nobody changed since still fits to what stands there.
        """
        client, edits = fields.told.edits(self.key)
        if not edits:
            return False
        if self.key in _answered.get():
            return any(self._known.waits(client, edit) for edit in edits)
        texts = _texts(self.make())
        return all(texts.get(place) == text for edit in edits for place, text in edit.before.items())

    def _answer(self) -> None:
        client, edits = fields.told.edits(self.key)
        before = self._known
        refused = dict(before.refused) if before.edition == self.edition else {}
        tables = self.make()
        for edit in edits:
            if before.waits(client, edit):
                for place in (*edit.texts, edit.at):
                    refused.pop(place, None)
                refused |= self._refused(edit, tables, f"{client}.{edit.gesture}")
        last = max((edit.number for edit in edits), default=before.last)
        _answered.set(_answered.get() | {self.key: Answered(client, last, self.edition, refused)})

    def _refused(self, edit: fields.told.Edit, tables: Sequence[Grid], gesture: str) -> Mapping[str, tuple[str, str]]:
        """Take an edit; of one that is refused return text and reason for each of its places."""
        known = {place: table for table in tables for row in table.places for place in row}
        texts = {place: text for place, text in edit.texts.items() if place in known}
        try:
            block = known[edit.at].block(edit.at, split_block(edit.block)) if edit.at in known else {}
            self.take({place: self.read(place, text) for place, text in (texts | block).items()}, gesture)
        except InvalidExperiment as error:
            shown = texts or {edit.at: _texts(tables)[edit.at]}
            return {place: (text, str(error)) for place, text in shown.items()}
        return {}


def _texts(tables: Iterable[Grid]) -> Mapping[str, str]:
    """Return the places of tables, each with what its field shows."""
    return {place: text for table in tables for place, text in table.texts()}
