"""Tables in which numbers are typed, pasted, stepped and dragged: a component of our own.

Streamlit's data editor keeps its edits to itself: it cannot show what came of one, ignores a value that is set back,
and turns 1/3 into 13.
"""

from dataclasses import asdict
from pathlib import Path

from pages.figures.theme import Theme
from pages.widgets.grid.answers import Editing
from pages.widgets.shared.component import Component

_component = Component.of(Path(__file__).parent, "grid").registered("grid")


def grids(editing: Editing, theme: Theme) -> None:
    """Draw tables whose edits are taken; what is refused stays in its field, with the reason."""
    _component(
        key=editing.key,
        data={
            "grids": [asdict(table) for table in editing.make()],
            "colours": {"vp": theme.value.positive_text, "vn": theme.value.negative_text},
            **editing.data,
        },
        on_edits_change=editing.told,
    )
    editing.catch_up()
