"""Tables: the edits of cells, read as what the table has rows and columns for, and the row that is chosen in one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from pages.widgets.fields.reading import Take, mend, taking
from pages.widgets.fields.values import LONGEST, is_number
from pages.widgets.session import slots

# rows that may be added to a table: Streamlit puts each in on its own, without an end and without giving way
MOST_ADDED = 200

Edits = Mapping[int, Mapping[str, Any]]


@dataclass(frozen=True)
class Editable:
    """What can be edited in a table: cells of columns, among `options` in some, and rows that come and go."""

    rows: int
    columns: Collection[str]
    options: Mapping[str, Collection[str]] = field(default_factory=dict)
    growing: bool = False

    def fits(self, sent: Any) -> bool:
        """Return whether the table can be edited so."""
        if sent is None:
            return False
        edited, added, deleted = (sent.get(f"{kind}_rows") for kind in ("edited", "added", "deleted"))
        return (
            all(row in range(self.rows) and self._has(cells) for row, cells in edited.items())
            and isinstance(added, list)
            and len(added) <= MOST_ADDED
            and all(self._has(cells) for cells in added)
            and isinstance(deleted, list)
            and all(isinstance(row, int) and row in range(self.rows) for row in deleted)
            and (self.growing or not (added or deleted))
        )

    def _has(self, cells: Any) -> bool:
        return isinstance(cells, dict) and all(
            name in self.columns and self._holds(name, cell) for name, cell in cells.items()
        )

    def _holds(self, column: str, cell: Any) -> bool:
        if column in self.options:
            return cell in self.options[column]
        if isinstance(cell, str):
            return len(cell) <= LONGEST
        # NaN stands for a number that the user has still to give
        return cell is None or isinstance(cell, float | bool) or is_number(cell)


def table(data: Any, *, key: str, editable: Editable, take: Take | None = None, **look: Any) -> Any:
    """Draw a table that can be edited and return it as it is then; the edits of cells are handed to `take`."""
    mend(key, editable.fits)
    change = taking(key, editable.fits, lambda sent: take(sent["edited_rows"])) if take else None
    try:
        return st.data_editor(data, key=key, on_change=change, **look)
    except Exception:
        # edits of a table that was never drawn here, so that nothing could judge them; Streamlit has applied them
        slots.forget_widget(key)
        return st.data_editor(data, key=f"{key}_anew", **look)


def known(key: str) -> bool:
    """Return whether the table with a key was on the page."""
    return slots.widget(key) is not None


def edits(key: str, editable: Editable) -> Edits:
    """Return the cells that were edited in the table with a key, by row and column."""
    sent = slots.widget(key)
    return sent["edited_rows"] if editable.fits(sent) else {}


def chosen_row(data: Mapping[str, Sequence[Any]], *, key: str, **look: Any) -> int:
    """Draw a table in which a row can be chosen, and return the row's index, at first 0."""
    drawn = st.dataframe(data, key=key, on_select="rerun", selection_mode="single-row", **look)
    rows, count = drawn.selection.rows, len(next(iter(data.values())))
    chosen = rows[0] if isinstance(rows, list) and rows else 0
    return chosen if isinstance(chosen, int) and chosen in range(count) else 0
