"""The picture of the data in which examples are chosen, which the network at hand then takes."""

import zlib
from pathlib import Path

import streamlit as st

from engine.data import Dataset
from engine.formulas.numbers import text
from engine.network.editing import MOST_EXAMPLES
from pages.figures.theme import Theme
from pages.figures.training.data import placed, points_figure
from pages.widgets import fields
from pages.widgets.session.slots import Slot
from pages.widgets.shared.markdown import plain
from pages.widgets.training.data import Chosen
from pages.widgets.training.fitting import put_examples
from pages.widgets.training.plane import plane

KEY = "training_examples"
# each of them is looked at to find the one that is nearest to a click
MOST_POINTS = 5_000
# what the browser told of which data: the rows that are chosen, counted from 0, in words
_told: Slot[tuple[int, str]] = Slot("training_examples_chosen", (0, ""))

_component = plane(Path(__file__).parent, "examples").registered("examples")


def example_picture(theme: Theme, chosen: Chosen, rate: float | None) -> None:
    """Draw the training data, take what is chosen in them, and draw the button that puts it into the network.

    With the learning rate; it is None where the network does not fit the data yet.
    """
    data = chosen.train
    sample = zlib.crc32(data.x.tobytes() + data.y.tobytes())
    of, words = _told.get()
    words = words if of == sample else ""
    x, y = placed(data)
    _component(
        key=KEY,
        data={
            "figure": points_figure(theme, data, chosen.test),
            "x": x,
            "y": y,
            "labels": _labels(data),
            "names": [*data.inputs, *data.outputs][:2],
            "sample": sample,
            "chosen": words,
            "most": MOST_EXAMPLES,
            "alt": f"The data: {plain(data.title)}",
        },
        on_chosen_change=lambda: _take(sample),
    )
    rows = _rows(words, data.size)
    label = (
        f"Take the {len(rows)} chosen into the network" if len(rows) != 1 else "Take the one chosen into the network"
    )
    # not a callback: Streamlit would hold on to the data
    if st.button(label, key="training_take_chosen", icon=":material/input:", disabled=not rows or rate is None):
        put_examples(data, rows, rate or 0.0)
        st.rerun()
    if rows and rate is None:
        st.caption("First make the network fit these data, above.")


def _take(sample: int) -> None:
    words = fields.told.words(KEY, "chosen")
    if words is not None:
        _told.set((sample, words))


def _rows(words: str, size: int) -> list[int]:
    """Return the rows that are told; what is no row of the data is left out."""
    known = [int(word) for word in words.split() if word.isascii() and word.isdigit() and len(word) <= 9]
    return [row for row in dict.fromkeys(known) if row < size][:MOST_EXAMPLES]


def _labels(data: Dataset) -> list[str]:
    if data.classes is not None:
        return [f"class {data.outputs[index]}" for index in data.classes]
    return [f"{data.outputs[0]} {text(value)}" for value in data.own_y[:, 0]]
