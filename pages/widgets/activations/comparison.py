"""Some activations overlaid, f and f′ side by side, with a cursor that reads all of them at one z."""

import numpy as np
import streamlit as st

from engine.formulas.numbers import text
from engine.network.activations import ACTIVATIONS
from pages.figures.activations.comparison import comparison as figure
from pages.figures.activations.curves import Curve
from pages.figures.theme import Theme
from pages.widgets import fields
from pages.widgets.activations.parameter import parameter_slider
from pages.widgets.shared.chart import chart

REACH = 6.0
# a softmax has no curve of its own: it is on the view Softmax
CHOICES = [record.name for record in ACTIVATIONS.values() if record.elementwise]


def comparison(theme: Theme) -> None:
    """Draw the choice of functions, the sliders of those with a parameter, the cursor, both pictures and a table."""
    chosen = fields.choices(
        st.pills,
        "Functions",
        CHOICES,
        first=["sigmoid", "tanh", "relu"],
        format_func=lambda name: ACTIVATIONS[name].title,
        key="compared",
        wrap=True,
        persist_state="session",
    )
    if not chosen:
        st.info("Choose at least one function.")
        return
    curves = _curves(chosen)
    z = fields.number(
        st.slider, "Cursor: z", -REACH, REACH, first=1.0, step=0.05, key="compare_cursor", persist_state="session"
    )
    for column, slopes in zip(st.columns(2), (False, True), strict=True):
        with column:
            chart(
                figure(theme, curves, slopes, z, REACH),
                key=f"comparison_{slopes}",
                alt=f"{'Slopes' if slopes else 'Values'} of {', '.join(chosen)}, marked at z = {text(z)}",
            )
    _readings(curves, z)


def _curves(chosen: list[str]) -> list[Curve]:
    with st.container(horizontal=True):
        return [Curve(name, parameter_slider(name, "compare")) for name in chosen]


def _readings(curves: list[Curve], z: float) -> None:
    at = np.array([z])
    st.dataframe(
        {
            "function": [ACTIVATIONS[curve.activation].title for curve in curves],
            f"f({text(z)})": [float(curve.f(at)[0]) + 0.0 for curve in curves],
            f"f′({text(z)})": [float(curve.slope(at)[0]) + 0.0 for curve in curves],
        },
        hide_index=True,
        key="compare_readings",
        column_config={
            name: st.column_config.NumberColumn(format="%.5f") for name in (f"f({text(z)})", f"f′({text(z)})")
        },
    )
