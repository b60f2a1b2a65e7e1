"""What a walk along one parameter says about the learning rate, in words."""

import streamlit as st

from engine import PRESETS
from engine.arrays import Array
from engine.formulas.numbers import text
from engine.landscape import Descent, Landscape
from pages.widgets.landscape.course import course, has_valley, overshoots
from pages.widgets.session import changes
from pages.widgets.session.shown import translation

# An example whose loss is a parabola of each weight into the output
VALLEY = "first-look"
# The distance over which the slope is compared to find the curvature
NEAR = 1e-4
# A curvature within the rounding of these slopes
FLAT = 1e-9


def verdict(landscape: Landscape, descent: Descent, slopes: Array, rate: float, loss: Array) -> None:
    """Say how the steps went, and at which rates they would creep, swing and diverge; `loss` is the whole curve."""
    if has_valley(loss) or overshoots(slopes).any():
        st.markdown(f"**{course(descent, slopes)}** {_limits(landscape, descent, rate)}")
        return
    st.markdown(
        f"**{course(descent, slopes)}** There is no valley in sight along this parameter, so there is none that a step "
        "could overshoot."
    )
    example = PRESETS[VALLEY]
    if st.button(
        f"Take an example with a valley: {example.title}", key="landscape_valley", icon=":material/u_turn_right:"
    ):
        changes.adopt(example.experiment)
        st.rerun()


def _limits(landscape: Landscape, descent: Descent, rate: float) -> str:
    near, nearer = (_curvature(landscape, descent.points[0], distance) for distance in (NEAR, NEAR / 2))
    if abs(nearer - near) > 0.5 * abs(near) + FLAT:
        return "At the start the slope jumps, so there is no curvature that would set a limit to the rate."
    if near <= FLAT:
        return "At the start the curve is not bent upwards, so it sets no limit to the rate there."
    return translation().words(
        f"At the start the curvature is {text(near, 3)}. If it were the same everywhere, steps would creep below "
        f"η = {text(1 / near, 3)}, swing but close in up to {text(2 / near, 3)}, and diverge beyond; "
        f"here η = {text(rate, 3)}."
    )


def _curvature(landscape: Landscape, point: Array, distance: float) -> float:
    ahead, behind = (landscape.gradient(point + offset)[0] for offset in (distance, -distance))
    return float((ahead - behind) / (2 * distance))
