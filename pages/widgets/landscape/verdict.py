"""What a walk along one parameter says about the learning rate, in words."""

import numpy as np
import streamlit as st

from engine import PRESETS
from engine.arrays import Array
from engine.formulas.numbers import text
from engine.landscape import Descent, Landscape
from pages.widgets.session import changes

# An example whose loss is a parabola of each weight into the output
VALLEY = "first-look"
# The distance over which the slope is compared to find the curvature
NEAR = 1e-4


def verdict(landscape: Landscape, descent: Descent, rate: float, loss: Array) -> None:
    """Say how the steps went, and at which rates they would creep, swing and diverge; `loss` is the whole curve."""
    st.markdown(f"**{_course(descent)}** {_limits(landscape, descent, rate)}")
    if 0 < int(np.nanargmin(loss)) < len(loss) - 1:
        return
    st.markdown("There is no valley in sight along this parameter, so no rate can overshoot it.")
    example = PRESETS[VALLEY]
    if st.button(
        f"Take an example with a valley: {example.title}", key="landscape_valley", icon=":material/u_turn_right:"
    ):
        changes.adopt(example.experiment)
        st.rerun()


def _course(descent: Descent) -> str:
    steps = np.diff(descent.points[:, 0])
    if descent.diverged or descent.loss[-1] > descent.loss[0]:
        return "The rate is too large: the steps climb out of the valley."
    if len(steps) > 1 and (np.diff(np.sign(steps)) != 0).sum() >= (len(steps) - 1) / 2 and np.abs(steps).max() > 1e-6:
        return "The steps swing from side to side: each overshoots the bottom, but comes closer to it."
    left = abs(steps[-1]) / max(np.abs(steps).max(), 1e-12)
    if left > 0.5:
        return "The steps go down, but have not arrived: a larger rate or more steps would get further."
    return "The steps go down and become smaller as the slope does."


def _limits(landscape: Landscape, descent: Descent, rate: float) -> str:
    start = descent.points[0]
    ahead, behind = (landscape.gradient(start + offset)[0] for offset in (NEAR, -NEAR))
    curvature = (ahead - behind) / (2 * NEAR)
    if curvature <= 1e-9:
        return "At the start the curve is not bent upwards, so it sets no limit to the rate there."
    return (
        f"At the start the curvature is {text(curvature, 3)}. If it were the same everywhere, steps would creep below "
        f"η = {text(1 / curvature, 3)}, swing but close in up to {text(2 / curvature, 3)}, and diverge beyond; "
        f"here η = {text(rate, 3)}."
    )
