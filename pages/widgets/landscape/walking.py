"""How the walk down goes: the optimizer, its rate and the number of steps."""

from dataclasses import dataclass

import streamlit as st

from engine import OPTIMIZERS
from engine.arrays import Array
from engine.formulas.numbers import text
from engine.landscape import Descent, Landscape
from pages.widgets import fields
from pages.widgets.session import at_hand
from pages.widgets.session.shown import translation
from pages.widgets.session.slots import Slot

# from steps too small to see to ones that diverge
RATES = tuple(digit * 10.0**power for power in range(-3, 3) for digit in (1, 2, 5))


# the network's learning rate, and the one that was chosen in its place
_rate: Slot[tuple[float | None, float]] = Slot("landscape_rate_chosen", (None, 0.0))


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
    """Draw the choices and return them; without a choice of optimizers it is plain gradient descent.

    The learning rate is the network's own, until another is chosen.
    """
    own = at_hand.experiment().learning_rate
    network, chosen = _rate.get()
    optimizer = "sgd"
    if optimizers:
        optimizer = fields.choice(
            st.selectbox, "Optimizer", list(OPTIMIZERS), key="landscape_optimizer", width=width,
            persist_state="session", format_func=lambda name: OPTIMIZERS[name].title,
        )  # fmt: skip
    rate = fields.choice(
        st.select_slider, translation().words("Learning rate η"), sorted({*RATES, own}), key="landscape_rate",
        width=width, held=chosen if network == own else own, take=lambda rate: _rate.set((own, rate)), format_func=text,
    )  # fmt: skip
    steps = fields.number(
        st.slider, "Steps", 1, 100, first=20, key="landscape_steps", width=width, persist_state="session"
    )
    return Walking(optimizer, rate, steps)
