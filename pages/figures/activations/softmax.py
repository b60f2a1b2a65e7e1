"""The softmax: logits and probabilities as bars, and its Jacobian as a heat map with the numbers in it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import compact, text
from pages.figures import theme as look
from pages.figures.theme import Theme

HEIGHT = 280


def bars(theme: Theme, values: Array, names: Sequence[str], limits: tuple[float, float]) -> dict[str, Any]:
    """Return one bar a value, its number above (or, if negative, below) it."""
    trace = {
        "type": "bar", "x": list(names), "y": values.tolist(), "text": [compact(v) for v in values.tolist()],
        "textposition": "outside", "textfont": {"size": 13, "color": theme.text}, "cliponaxis": False,
        "marker": {"color": [theme.value.mark(value) for value in values.tolist()]},
        "hovertemplate": "%{x}: %{customdata}<extra></extra>", "customdata": [text(v) for v in values.tolist()],
    }  # fmt: skip
    axis = {"gridcolor": theme.line, "zerolinecolor": theme.muted, "fixedrange": True, "automargin": True}
    layout = look.layout(
        theme,
        HEIGHT,
        margin={"l": 36, "r": 8, "t": 16, "b": 32},
        xaxis=axis | {"tickfont": {"size": 15}},
        yaxis=axis | {"range": list(limits)},
        bargap=0.45,
        showlegend=False,
    )
    return {"data": [trace], "layout": layout}


def jacobian(theme: Theme, J: Array, outputs: Sequence[str], inputs: Sequence[str]) -> dict[str, Any]:
    """Return J[i, j] = ∂p_i/∂z_j as a heat map: one row an output, one column an input."""
    most = float(np.abs(J).max()) or 1.0
    trace = {
        "type": "heatmap", "z": J.tolist(), "x": list(inputs), "y": list(outputs), "xgap": 3, "ygap": 3,
        "colorscale": theme.value_colorscale, "zmin": -most, "zmax": most, "showscale": False,
        "hovertemplate": "∂%{y}/∂%{x} = %{customdata}<extra></extra>",
        "customdata": [[text(entry) for entry in row] for row in J.tolist()],
    }  # fmt: skip
    numbers = [
        {"x": inputs[j], "y": outputs[i], "text": compact(float(J[i, j])), "showarrow": False,
         "font": {"size": 14, "color": look.ink_on(theme, float(J[i, j]) / most)}}
        for i in range(len(J))
        for j in range(len(J))
    ]  # fmt: skip
    axis = {"showgrid": False, "zeroline": False, "fixedrange": True, "tickfont": {"size": 15}, "automargin": True,
            "ticks": ""}  # fmt: skip
    layout = look.layout(
        theme,
        72 + 46 * len(J),
        margin={"l": 40, "r": 8, "t": 36, "b": 8},
        xaxis=axis | {"side": "top"},
        yaxis=axis | {"autorange": "reversed"},
        annotations=numbers,
    )
    return {"data": [trace], "layout": layout}
