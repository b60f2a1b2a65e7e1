"""The data before any training: a picture in which points are added or examples chosen, or a table."""

import streamlit as st

from engine import DATASETS
from pages.figures.theme import Theme
from pages.figures.training.data import points_figure
from pages.figures.training.responses import drawable
from pages.widgets import fields
from pages.widgets.shared.chart import chart
from pages.widgets.training.data import EXAMPLE, Chosen, columns
from pages.widgets.training.example_picture import MOST_POINTS, example_picture
from pages.widgets.training.point_picture import point_picture

# what a click in the picture does
ADDS, SHOWS, CHOOSES = "adds", "shows", "chooses"
WORDS = {ADDS: "adds a point", SHOWS: "shows what is there", CHOOSES: "chooses an example for the network"}


def preview(theme: Theme, chosen: Chosen, rate: float | None) -> None:
    """Draw the data; the learning rate is that of the run to come, None where the network does not fit them."""
    if not drawable(chosen.whole):
        st.dataframe(columns(chosen.whole), hide_index=True)
        return
    clicks = _click(chosen)
    if clicks == ADDS:
        point_picture(theme, chosen)
    elif clicks == CHOOSES:
        example_picture(theme, chosen, rate)
    else:
        alt = f"The data: {chosen.whole.title}"
        chart(points_figure(theme, chosen.train, chosen.test), key="training_points", alt=alt)


def _click(chosen: Chosen) -> str:
    """Draw the choice of what a click does, where there is one."""
    first = ADDS if chosen.name in DATASETS else SHOWS
    # the example at hand is in the network already
    if chosen.name == EXAMPLE or chosen.train.size > MOST_POINTS:
        return first
    return fields.choice(
        st.segmented_control, "A click in the picture", [first, CHOOSES], key=f"training_click_{first}",
        format_func=WORDS.__getitem__, persist_state="session",
    )  # fmt: skip
