"""Several activations in one picture, f or f′, with a cursor at one z."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from pages.figures.activations.curves import Curve, Trace, curves_layout, heights, line
from pages.figures.theme import Theme

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def comparison(theme: Theme, curves: Sequence[Curve], slopes: bool, z: float, reach: float) -> dict[str, Any]:
    """Return f (or f′, with `slopes`) of each curve from -reach to reach, and a cursor that marks each at z."""
    lines = [_curve(theme, curve, slopes, reach, index) for index, curve in enumerate(curves)]
    values = [float((c.slope if slopes else c.f)(np.array([z]))[0]) for c in curves]
    marks = {
        "type": "scatter", "mode": "markers", "x": [z] * len(values), "y": values, "showlegend": False,
        "hoverinfo": "skip", "marker": {"size": 10, "color": [_colour(theme, k) for k in range(len(values))],
                                        "line": {"width": 1.5, "color": theme.background}},
    }  # fmt: skip
    layout = curves_layout(theme, "f′(z)" if slopes else "f(z)", reach, heights(lines, *values, 0.0))
    layout["shapes"] = [{"type": "line", "x0": z, "x1": z, "yref": "paper", "y0": 0, "y1": 1,
                         "line": {"color": theme.text, "width": 1, "dash": "dot"}}]  # fmt: skip
    return {"data": [*lines, marks], "layout": layout}


def _curve(theme: Theme, curve: Curve, slopes: bool, reach: float, index: int) -> Trace:
    points = (curve.slope_line if slopes else curve.line)(-reach, reach)
    return line(points, _colour(theme, index), curve.title, DASHES[index % len(DASHES)])


def _colour(theme: Theme, index: int) -> str:
    return theme.series[index % len(theme.series)]
