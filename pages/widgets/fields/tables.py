"""Tables: the edits of cells, read as what the table has rows and columns for, and the row that is chosen in one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from pages.widgets.fields.reading import mend
from pages.widgets.fields.values import LONGEST, is_number
from pages.widgets.session import slots


@dataclass(frozen=True)
class Editable:
    """What can be edited in a table: cells of columns, among `options` in some."""

    rows: int
    columns: Collection[str]
    options: Mapping[str, Collection[str]] = field(default_factory=dict)

    def fits(self, sent: Any) -> bool:
        """Return whether the table can be edited so."""
        if sent is None:
            return False
        return not (sent.get("added_rows") or sent.get("deleted_rows")) and all(
            row in range(self.rows) and self._has(cells) for row, cells in sent["edited_rows"].items()
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


def table(data: Any, *, key: str, editable: Editable, **look: Any) -> Any:
    """Draw a table that can be edited and return it as it is then."""
    mend(key, editable.fits)
    try:
        return st.data_editor(data, key=key, **look)
    except Exception:
        # edits of a table that was never drawn here, so that nothing could judge them; Streamlit has applied them
        slots.forget_widget(key)
        return st.data_editor(data, key=f"{key}_anew", **look)


def chosen_row(data: Mapping[str, Sequence[Any]], *, key: str, **look: Any) -> int:
    """Draw a table in which a row can be chosen, and return the row's index, at first 0."""
    drawn = st.dataframe(data, key=key, on_select="rerun", selection_mode="single-row", **look)
    rows, count = drawn.selection.rows, len(next(iter(data.values())))
    chosen = rows[0] if isinstance(rows, list) and rows else 0
    return chosen if isinstance(chosen, int) and chosen in range(count) else 0


def chosen_rows(data: Mapping[str, Sequence[Any]], *, key: str, most: int, **look: Any) -> list[int]:
    """Draw a table in which several rows can be chosen, and return their indices in order: the first so many."""
    drawn = st.dataframe(data, key=key, on_select="rerun", selection_mode="multi-row", **look)
    rows, count = drawn.selection.rows, len(next(iter(data.values())))
    found = [row for row in rows if isinstance(row, int) and row in range(count)] if isinstance(rows, list) else []
    return sorted({*found})[:most]
