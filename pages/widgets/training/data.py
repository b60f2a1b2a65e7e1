"""The choice of data: the example at hand, a data set that is generated, or the user's own."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import DATASETS, InvalidExperiment
from engine.data import Dataset, of_example
from engine.data.recorded import RECORDED
from pages.widgets import fields
from pages.widgets.session import at_hand
from pages.widgets.shared.markdown import plain
from pages.widgets.training import views
from pages.widgets.training.added_points import added_points
from pages.widgets.training.own_data import csv_data, recorded_data

EXAMPLE, CSV = "example", "csv"
TITLES = {EXAMPLE: "The example at hand", CSV: "A CSV file of your own"}
KEY = "training_data"
FIRST = "moons"
MAX_POINTS = 2_000


@dataclass(frozen=True, eq=False, kw_only=True)
class Chosen:
    """The data chosen under a name: all of them, and parted into training and test data."""

    name: str
    whole: Dataset
    train: Dataset
    test: Dataset | None

    @property
    def hidden(self) -> tuple[int, ...]:
        """Sizes of the hidden layers that suit the data."""
        known = {**DATASETS, **RECORDED}
        return known[self.name].hidden if self.name in known else (8,)


def title_of(name: str) -> str:
    """Return what a choice of data is called."""
    return TITLES[name] if name in TITLES else {**DATASETS, **RECORDED}[name].title


def data_select(width: int) -> str:
    """Draw the choice of data and return its name."""
    return fields.choice(
        st.selectbox,
        "Data",
        [*DATASETS, *RECORDED, EXAMPLE, CSV],
        first=FIRST,
        key=KEY,
        format_func=title_of,
        persist_state="session",
        width=width,
        take=lambda _: views.bring_up(views.DATA),
    )


def data_settings(name: str) -> DeltaGenerator:
    """Draw what opens on the settings of the data called `name`, where these do not stand beside the data."""
    return st.container(width="stretch") if name == EXAMPLE else st.expander(_heading(name), icon=":material/tune:")


def settings_heading(name: str) -> None:
    """Draw the heading of the settings that stand beside the data called `name`."""
    if name != EXAMPLE:
        st.markdown(f"**{_heading(name)}**")


def _heading(name: str) -> str:
    if name == CSV:
        return "File and columns"
    return "Columns" if name in RECORDED else "Noise, size and more"


def chosen_data(name: str) -> Chosen | str:
    """Draw the settings of the data called `name` and return them, or why they cannot be used."""
    try:
        whole = _whole(name)
        if whole is None:
            return "Choose a CSV file under “File and columns”."
        share, seed = _split(name, whole)
        train, test = whole.split(share, np.random.default_rng(seed))
        return Chosen(name=name, whole=whole, train=train, test=test)
    except InvalidExperiment as error:
        words = plain(str(error))
        st.error(words, icon=":material/error:")
        return words


def columns(data: Dataset) -> dict[str, Any]:
    """Return the data as columns for a table, in their own units and with classes by their names."""
    inputs = dict(zip(data.inputs, data.own_x.T, strict=True))
    if data.classes is not None:
        targets = {"class": [data.outputs[index] for index in data.classes]}
    else:
        targets = dict(zip(data.outputs, data.own_y.T, strict=True))
    # an input may have the name of a target
    return inputs | {f"{name} (target)" if name in inputs else name: values for name, values in targets.items()}


def _whole(name: str) -> Dataset | None:
    if name == CSV:
        return csv_data()
    if name in RECORDED:
        return recorded_data(RECORDED[name])
    if name == EXAMPLE:
        experiment = at_hand.experiment()
        count = "one example" if experiment.examples == 1 else f"{experiment.examples} examples"
        st.caption(f"The input and the target of the Network page: {count}, learned over and over.")
        return of_example(experiment.x, experiment.y)
    return added_points(name, _generated(name))


def _generated(name: str) -> Dataset:
    record = DATASETS[name]
    st.caption(record.remark)
    size = fields.number(
        st.slider, "Points", 4, MAX_POINTS, first=record.size, step=2, key=f"training_size_{name}",
        persist_state="session",
    )  # fmt: skip
    noise = fields.number(
        st.slider, "Noise", 0.0, 1.0, first=record.noise, step=0.01, key=f"training_noise_{name}",
        persist_state="session",
        help="The standard deviation of what is added to the inputs, or to the targets of a regression.",
    )  # fmt: skip
    seed = fields.number(
        st.number_input, "Seed of the data", 0, 999_999, key="training_data_seed", persist_state="session"
    )
    return record.make(size, noise, seed)


def _split(name: str, whole: Dataset) -> tuple[float, int]:
    if whole.size < 10:
        return 0.0, 0
    share = fields.number(
        st.slider, "Share of test data", 0, 50, first=20, step=5, format="%d%%", key=f"training_test_{name}",
        persist_state="session",
        help="The network is not trained on these points. They show whether it has learned the rule.",
    )  # fmt: skip
    return share / 100, 0
