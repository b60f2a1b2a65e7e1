"""Walks through the steps of the calculation: previous, slider, next, and the keys ← and →."""

from typing import Literal

import streamlit as st

from engine.formulas.equations import title
from pages.widgets import fields
from pages.widgets.session import shown

# the parts of the page that follow the step; each runs alone
STEPPER, PLACE = "stepper", "place"


@st.fragment(key=STEPPER)
def stepper() -> None:
    """Draw the controls; the step is shared with the other pages."""
    steps = shown.steps()
    last = len(steps)
    now = shown.step()
    st.caption(f"Step {now} of {last} · {title(steps[now - 1], shown.looked_at())}", text_alignment="center")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="step_controls", wrap=False):
        _button("Previous", "Left", "left", now - 1, disabled=now == 1)
        _slider(now, last)
        _button("Next", "Right", "right", now + 1, disabled=now == last)


def _button(label: str, key: str, side: Literal["left", "right"], step: int, disabled: bool) -> None:
    st.button(
        label,
        icon=f":material/chevron_{side}:",
        icon_position=side,
        key=f"{label.lower()}_step",
        shortcut=key,
        disabled=disabled,
        on_click=_go,
        args=(step,),
    )


def _slider(now: int, last: int) -> None:
    if last == 1:
        return
    # a slider forgets its value when its end changes, so each end has a key of its own
    key = f"step_slider_{last}"
    fields.number(st.slider, "Step", 1, last, key=key, held=now, label_visibility="collapsed", take=_go)


def _go(step: int) -> None:
    shown.set_step(step)
    st.rerun([STEPPER, PLACE])
