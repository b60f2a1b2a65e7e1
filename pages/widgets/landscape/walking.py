"""How the walk down goes: the optimizer, its rate and the number of steps."""

from dataclasses import dataclass

import streamlit as st

from engine import OPTIMIZERS
from engine.arrays import Array
from engine.landscape import Descent, Landscape
from pages.widgets import fields

# from steps too small to see to ones that diverge
RATES = tuple(digit * 10.0**power for power in range(-3, 3) for digit in (1, 2, 5))


@dataclass(frozen=True)
class Walking:
    """An optimizer with its default settings, a learning rate and a number of steps."""

    optimizer: str
    learning_rate: float
    steps: int

    def descent(self, landscape: Landscape, start: Array) -> Descent:
        """Return the descent from `start`."""
        return landscape.descend(start, optimizer=self.optimizer, learning_rate=self.learning_rate, steps=self.steps)


def walking(optimizers: bool, width: int) -> Walking:
    """Draw the choices and return them; without a choice of optimizers it is plain gradient descent."""
    optimizer = "sgd"
    if optimizers:
        optimizer = fields.choice(
            st.selectbox, "Optimizer", list(OPTIMIZERS), key="landscape_optimizer", width=width,
            persist_state="session", format_func=lambda name: OPTIMIZERS[name].title,
        )  # fmt: skip
    rate = fields.choice(
        st.select_slider, "Learning rate η", RATES, first=0.5, key="landscape_rate", width=width,
        persist_state="session", format_func=lambda value: f"{value:g}",
    )  # fmt: skip
    steps = fields.number(
        st.slider, "Steps", 1, 100, first=20, key="landscape_steps", width=width, persist_state="session"
    )
    return Walking(optimizer, rate, steps)
