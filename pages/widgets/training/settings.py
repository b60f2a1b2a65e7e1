"""How the network is trained: optimizer, rate, epochs, batches, and behind a button everything else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from engine import INITIALIZERS, OPTIMIZERS, Network
from engine.formulas.numbers import text
from engine.training.adaptation import drawn
from engine.training.hyperparameters import Hyperparameter
from engine.training.schedules import SCHEDULES
from engine.training.settings import TrainingSettings
from pages.widgets import fields
from pages.widgets.session import at_hand
from pages.widgets.session.shown import translation

KEEP = "keep"
MAX_EPOCHS = 10_000
FIRST = TrainingSettings(optimizer="adam", epochs=100, batch_size=10, seed=0)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to train, and the weights to start from: those at hand or, by an initializer and its scale, new ones."""

    training: TrainingSettings
    initializer: str
    scale: float

    def start(self, network: Network) -> Network:
        """Return the network that the run starts from: as it is, or with weights drawn anew."""
        if self.initializer == KEEP:
            return network
        return drawn(network, np.random.default_rng(self.training.seed), self.initializer, self.scale)

    def title(self) -> str:
        """Return what tells the run from others, in a few words."""
        how = self.training
        parts = [
            OPTIMIZERS[how.optimizer].title,
            translation().words(f"η {text(how.learning_rate)}"),
            f"batch {how.batch_size}",
        ]
        if how.schedule != "constant":
            parts.append(SCHEDULES[how.schedule].title)
        parts += [f"{name} {text(value)}" for name, value in (("L1", how.l1), ("L2", how.l2)) if value]
        if self.initializer != KEEP:
            parts.append(INITIALIZERS[self.initializer].title)
        return ", ".join(parts)


def main_settings() -> dict[str, Any]:
    """Draw the settings that matter most, and return them by name."""
    optimizer = fields.choice(
        st.selectbox, "Optimizer", list(OPTIMIZERS), first=FIRST.optimizer, key="training_optimizer",
        format_func=lambda name: OPTIMIZERS[name].title, persist_state="session", width=190,
    )  # fmt: skip
    rate = fields.number(
        st.number_input, translation().words("Learning rate η"), 0.0, 1000.0, first=FIRST.learning_rate, format="%g",
        step=0.01, key="training_rate", persist_state="session", width=125,
    )  # fmt: skip
    epochs = fields.number(
        st.number_input, "Epochs", 1, MAX_EPOCHS, first=FIRST.epochs, step=50, key="training_epochs",
        persist_state="session", width=125,
        help="How often every training point is visited. A run ends after two minutes at the latest.",
    )  # fmt: skip
    batch = fields.number(
        st.number_input, "Batch size", 1, 5_000, first=FIRST.batch_size, key="training_batch",
        persist_state="session", width=125,
        help="How many points make one step. If there are no more points than that, every step uses all of them.",
    )  # fmt: skip
    return {"optimizer": optimizer, "learning_rate": rate, "epochs": epochs, "batch_size": batch}


def more_settings(main: Mapping[str, Any]) -> Plan:
    """Draw all other settings, with the update rule, and return them with the main ones."""
    record = OPTIMIZERS[main["optimizer"]]
    st.markdown(f"**{record.title}.** {record.remark}")
    st.latex(rf"\begin{{gathered}}{translation().formula(record.latex)}\end{{gathered}}")
    settings = _hyperparameters(f"training_{record.name}", record.hyperparameters)
    schedule = fields.choice(
        st.selectbox, "Learning-rate schedule", list(SCHEDULES), key="training_schedule", persist_state="session",
        format_func=lambda name: SCHEDULES[name].title, help=" ".join(s.remark for s in SCHEDULES.values()),
    )  # fmt: skip
    st.latex(translation().formula(SCHEDULES[schedule].latex))
    schedule_settings = _hyperparameters(f"training_{schedule}", SCHEDULES[schedule].hyperparameters)
    left, right = st.columns(2)
    penalties = {
        name: fields.number(
            place.number_input, f"{name.upper()} penalty", 0.0, 10.0, step=0.001, format="%g", key=f"training_{name}",
            persist_state="session",
        )
        for name, place in (("l1", left), ("l2", right))
    }  # fmt: skip
    initializer, scale, seed = _start()
    how = TrainingSettings(
        **main,
        **penalties,
        optimizer_settings=settings,
        schedule=schedule,
        schedule_settings=schedule_settings,
        seed=seed,
        update_biases=at_hand.experiment().update_biases,
    )
    return Plan(training=how, initializer=initializer, scale=scale)


def _start() -> tuple[str, float, int]:
    initializer = fields.choice(
        st.selectbox, "Start from", [KEEP, *INITIALIZERS], key="training_initializer", persist_state="session",
        format_func=lambda name: "the weights at hand" if name == KEEP else f"new weights, {INITIALIZERS[name].title}",
    )  # fmt: skip
    scale = 0.5
    if initializer != KEEP:
        st.caption(INITIALIZERS[initializer].remark)
        if INITIALIZERS[initializer].scaled:
            scale = fields.number(
                st.number_input, "Scale s", 0.0, 10.0, first=scale, step=0.1, key="training_scale",
                persist_state="session",
            )  # fmt: skip
    seed = fields.number(
        st.number_input, "Seed", 0, 999_999, key="training_seed", persist_state="session",
        help="For the order of the points and for new weights: the same seed gives the same run.",
    )  # fmt: skip
    return initializer, scale, seed


def _hyperparameters(key: str, wanted: tuple[Hyperparameter, ...]) -> dict[str, float]:
    return {
        one.name: fields.number(
            st.number_input,
            f"{one.title[0].upper()}{one.title[1:]} (${translation().formula(one.symbol)}$)",
            float(one.low),
            float(one.high),
            first=float(one.default),
            format="%g",
            step=_step(one),
            key=f"{key}_{one.name}",
            persist_state="session",
        )
        for one in wanted
    }


def _step(one: Hyperparameter) -> float:
    return 1.0 if one.default >= 1 else 10.0 ** np.floor(np.log10(max(one.default, 1e-3)) - 1)
