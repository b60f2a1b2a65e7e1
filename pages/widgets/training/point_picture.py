"""The picture of a generated data set, in which points of the user's own are added, moved and taken away."""

from pathlib import Path

import streamlit as st

from engine.data import Dataset
from engine.formulas import numbers
from pages.figures.theme import Theme
from pages.figures.training.data import points_figure
from pages.widgets import fields
from pages.widgets.training.added_points import drawn, places
from pages.widgets.training.data import Chosen
from pages.widgets.training.plane import plane

_component = plane(Path(__file__).parent, "points").registered("points")


def point_picture(theme: Theme, chosen: Chosen) -> None:
    """Draw the data with what a click adds beside, and take what is done in the picture."""
    whole = chosen.whole
    target, words = _added(chosen.name, whole)
    editing = drawn(chosen.name, whole)
    across, up = (*whole.inputs, *whole.outputs)[:2]
    known = places(chosen.name)
    _component(
        key=editing.key,
        data={
            "figure": points_figure(theme, chosen.train, chosen.test),
            "points": [{"row": row, "x": x, "y": y} for row, x, y in known.whole],
            "rows": known.rows,
            "most": known.most,
            "columns": 3 if target else 2,
            "target": target,
            "names": [across, up],
            "adds": words,
            "alt": f"The data: {whole.title}",
            **editing.data,
        },
        on_edits_change=editing.told,
    )
    editing.catch_up()


def _added(name: str, data: Dataset) -> tuple[str, str]:
    """Draw what a click adds; return its text for the table, none where the click shows it, and in words."""
    if data.kind == "classification":
        chosen = fields.choice(
            st.pills, "A click in the picture adds a point of class", list(data.outputs), key=f"drawn_class_{name}",
            persist_state="session",
        )  # fmt: skip
        return chosen, f"a point of class {chosen}"
    if data.x.shape[1] == 1:
        return "", "a point"
    value = fields.number(
        st.number_input, f"A click in the picture adds a point with {data.outputs[0]}", -1e6, 1e6, first=0.0, step=0.1,
        format="%g", key=f"drawn_value_{name}", persist_state="session", width=300,
    )  # fmt: skip
    return numbers.exact(value), f"a point with {data.outputs[0]} {numbers.text(value)}"
