"""Walks through the steps of the calculation: previous, slider, next, and the keys ← and →."""

import streamlit as st

from engine.equations import title
from pages.widgets import state

# the parts of the page that follow the step; each runs alone
STEPPER, PLACE = "stepper", "place"


@st.fragment(key=STEPPER)
def stepper() -> None:
    """Draw the controls; the step is shared with the other pages."""
    steps = state.steps()
    last = len(steps)
    now = state.step() or last
    st.caption(f"Step {now} of {last} · {title(steps[now - 1], state.experiment())}", text_alignment="center")
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="step_controls", wrap=False):
        st.button(
            "Previous",
            icon=":material/chevron_left:",
            key="previous_step",
            shortcut="Left",
            disabled=now == 1,
            on_click=_go,
            args=(now - 1,),
        )
        _slider(now, last)
        st.button(
            "Next",
            icon=":material/chevron_right:",
            icon_position="right",
            key="next_step",
            shortcut="Right",
            disabled=now == last,
            on_click=_go,
            args=(now + 1,),
        )


def _slider(now: int, last: int) -> None:
    if last == 1:
        return
    # a slider forgets its value when its end changes, so each end has a key of its own
    key = f"step_slider_{last}"
    if state.widget(key) != now:
        state.set_widget(key, now)
    st.slider("Step", 1, last, key=key, label_visibility="collapsed", on_change=lambda: _go(int(state.widget(key))))


def _go(step: int) -> None:
    state.set_step(step)
    st.rerun([STEPPER, PLACE])
