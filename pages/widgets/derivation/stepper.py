"""Walks through the steps in the order of the text: previous, slider, next, and the keys ← and →.

Steps are counted in this order here. In the address and on other pages they are counted in that of the calculation.
"""

from collections.abc import Sequence
from functools import partial
from typing import Literal

import streamlit as st

from engine.derivation import reading_order
from engine.formulas.equations import title
from pages.widgets import fields
from pages.widgets.session import shown

# the parts of the page that follow the step; each runs alone
STEPPER, PLACE = "stepper", "place"


@st.fragment(key=STEPPER)
def stepper() -> None:
    """Draw the controls; the step is shared with the other pages."""
    steps, step = shown.steps(), shown.step()
    order = reading_order(steps)
    now, last = order.index(step) + 1, len(order)
    st.caption(f"Step {now} of {last} · {title(steps[step - 1], shown.looked_at())}", text_alignment="center")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="step_controls", wrap=False):
        _button("Previous", "Left", "left", order, now - 1)
        _slider(order, now)
        _button("Next", "Right", "right", order, now + 1)


def _button(label: str, key: str, side: Literal["left", "right"], order: Sequence[int], to: int) -> None:
    there = 1 <= to <= len(order)
    st.button(
        label,
        icon=f":material/chevron_{side}:",
        icon_position=side,
        key=f"{label.lower()}_step",
        shortcut=key,
        disabled=not there,
        on_click=_go,
        args=(order[to - 1] if there else None,),
    )


def _slider(order: Sequence[int], now: int) -> None:
    last = len(order)
    if last == 1:
        return
    # a slider forgets its value when its end changes, so each end has a key of its own
    key = f"step_slider_{last}"
    take = partial(_go_to, order)
    fields.number(st.slider, "Step", 1, last, key=key, held=now, label_visibility="collapsed", take=take)


def _go_to(order: Sequence[int], now: int) -> None:
    _go(order[now - 1])


def _go(step: int | None) -> None:
    shown.set_step(step)
    st.rerun([STEPPER, PLACE])
