"""How the network is trained: optimizer, rate, epochs, batches, and behind a button everything else."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import streamlit as st

from engine import INITIALIZERS, OPTIMIZERS, Network
from engine.formulas.numbers import text
from engine.training.adaptation import drawn
from engine.training.hyperparameters import Option
from engine.training.schedules import SCHEDULES
from pages.widgets import fields

KEEP = "keep"
MAX_EPOCHS = 10_000


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that `engine.train` is told besides network and data, and where the run starts from."""

    optimizer: str = "adam"
    learning_rate: float = 0.03
    epochs: int = 100
    batch_size: int = 10
    seed: int = 0
    settings: Mapping[str, float] = field(default_factory=dict)
    schedule: str = "constant"
    schedule_settings: Mapping[str, float] = field(default_factory=dict)
    l1: float = 0.0
    l2: float = 0.0
    initializer: str = KEEP
    scale: float = 0.5

    def arguments(self) -> dict[str, Any]:
        """Return the keyword arguments for `engine.train`."""
        own = ("initializer", "scale")
        return {name: value for name, value in vars(self).items() if name not in own}

    def start(self, network: Network) -> Network:
        """Return the network that the run starts from: as it is, or with weights drawn anew."""
        if self.initializer == KEEP:
            return network
        return drawn(network, np.random.default_rng(self.seed), self.initializer, self.scale)

    def title(self) -> str:
        """Return what tells the run from others, in a few words."""
        parts = [OPTIMIZERS[self.optimizer].title, f"η {text(self.learning_rate)}", f"batch {self.batch_size}"]
        if self.schedule != "constant":
            parts.append(SCHEDULES[self.schedule].title)
        parts += [f"{name} {text(value)}" for name, value in (("L1", self.l1), ("L2", self.l2)) if value]
        if self.initializer != KEEP:
            parts.append(INITIALIZERS[self.initializer].title)
        return ", ".join(parts)


def main_settings() -> dict[str, Any]:
    """Draw the settings that matter most, and return them by name."""
    first = Settings()
    optimizer = fields.choice(
        st.selectbox, "Optimizer", list(OPTIMIZERS), first=first.optimizer, key="training_optimizer",
        format_func=lambda name: OPTIMIZERS[name].title, persist_state="session", width=190,
    )  # fmt: skip
    rate = fields.number(
        st.number_input, "Learning rate η", 0.0, 1000.0, first=first.learning_rate, format="%g", step=0.01,
        key="training_rate", persist_state="session", width=125,
    )  # fmt: skip
    epochs = fields.number(
        st.number_input, "Epochs", 1, MAX_EPOCHS, first=first.epochs, step=50, key="training_epochs",
        persist_state="session", width=125,
        help="How often every training point is visited. A run ends after two minutes at the latest.",
    )  # fmt: skip
    batch = fields.number(
        st.number_input, "Batch size", 1, 5_000, first=first.batch_size, key="training_batch",
        persist_state="session", width=125,
        help="Points per step. As many as there are, or more, is gradient descent on all of them at once.",
    )  # fmt: skip
    return {"optimizer": optimizer, "learning_rate": rate, "epochs": epochs, "batch_size": batch}


def more_settings(optimizer: str) -> dict[str, Any]:
    """Draw all other settings, with the update rule, and return them by name."""
    record = OPTIMIZERS[optimizer]
    st.markdown(f"**{record.title}.** {record.remark}")
    st.latex(rf"\begin{{gathered}}{record.latex}\end{{gathered}}")
    settings = _options(f"training_{optimizer}", record.options)
    schedule = fields.choice(
        st.selectbox, "Learning-rate schedule", list(SCHEDULES), key="training_schedule", persist_state="session",
        format_func=lambda name: SCHEDULES[name].title, help=" ".join(s.remark for s in SCHEDULES.values()),
    )  # fmt: skip
    st.latex(SCHEDULES[schedule].latex)
    schedule_settings = _options(f"training_{schedule}", SCHEDULES[schedule].options)
    left, right = st.columns(2)
    penalties = {
        name: fields.number(
            place.number_input, f"{name.upper()} penalty", 0.0, 10.0, step=0.001, format="%g", key=f"training_{name}",
            persist_state="session",
        )
        for name, place in (("l1", left), ("l2", right))
    }  # fmt: skip
    return {"settings": settings, "schedule": schedule, "schedule_settings": schedule_settings} | penalties | _start()


def _start() -> dict[str, Any]:
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
    return {"initializer": initializer, "scale": scale, "seed": seed}


def _options(key: str, options: tuple[Option, ...]) -> dict[str, float]:
    return {
        option.name: fields.number(
            st.number_input,
            f"{option.title[0].upper()}{option.title[1:]} (${option.symbol}$)",
            float(option.low),
            float(option.high),
            first=float(option.default),
            format="%g",
            step=_step(option),
            key=f"{key}_{option.name}",
            persist_state="session",
        )
        for option in options
    }


def _step(option: Option) -> float:
    return 1.0 if option.default >= 1 else 10.0 ** np.floor(np.log10(max(option.default, 1e-3)) - 1)
