"""The loss against one parameter: the curve, the tangent at a point, and the steps of gradient descent on it."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import text
from engine.landscape import Descent
from pages.figures import theme as look
from pages.figures.landscape.walk import Move, Stepped, numbers
from pages.figures.theme import Theme

# Half the length of the tangent, as a share of the width
TANGENT = 0.14
# How much higher than the descent the picture reaches, unless that leaves out most of the curve: of what rises above
# its bottom this share is drawn
CLIMB, DRAWN = 8.0, 0.4
# A curve that is no more than so much higher than that is drawn whole
WHOLE = 2.0
# Of the loss: less than this is rounding; and what is too small to be divided
ROUNDING, LEAST = 1e-9, 1e-290


@dataclass(frozen=True, eq=False)
class Profile:
    """The loss (N,) over values (N,) of one parameter: its name, and what its gradient is called if not ∂L/∂ of it."""

    values: Array
    loss: Array
    title: str
    gradient: str = ""


def slice_figure(theme: Theme, profile: Profile, descent: Descent, gradients: Array) -> Stepped:
    """Return the curve with the descent, whose points (n, 1) have these gradients (n, 1)."""
    axis = {"gridcolor": theme.line, "zeroline": False, "automargin": True, "showgrid": True}
    layout = look.layout(
        theme,
        xaxis=axis
        | {
            "title": {"text": profile.title, "font": {"size": 13}},
            "range": [float(profile.values[0]), float(profile.values[-1])],
        },
        yaxis=axis | {"title": {"text": "loss", "font": {"size": 13}}, "range": _heights(profile.loss, descent.loss)},
        margin={"l": 56, "r": 12, "t": 36, "b": 48},
    )
    curve = {"type": "scatter", "mode": "lines", "name": "loss", "x": numbers(profile.values),
             "y": numbers(profile.loss), "line": {"color": theme.accent, "width": 3}, "hoverinfo": "skip"}  # fmt: skip
    reach = TANGENT * float(np.ptp(profile.values))
    steps = range(len(descent.points))
    return Stepped(
        [{"data": [curve, *_walk(theme, profile.gradient or f"∂L/∂{profile.title}")], "layout": layout}],
        [_title(profile, descent, gradients, step) for step in steps],
        [_moves(descent, gradients, reach, step) for step in steps],
    )


def _heights(curve: Array, walked: Array) -> list[float]:
    """Return the losses between which the picture lies."""
    finite = curve[np.isfinite(curve)]
    low, span = float(finite.min()), float(np.ptp(finite))
    if span <= max(ROUNDING * float(np.abs(finite).max()), LEAST):
        room = 0.1 * max(abs(low), 1.0)
        return [low - room, low + room]
    rising = finite[finite > low + ROUNDING * span] - low
    # a curve that climbs far above the descent would leave it lying flat at the bottom
    top = float(walked[np.isfinite(walked)].max(initial=low)) - low
    high = max(CLIMB * top, float(np.quantile(rising, DRAWN)))
    high = span if span <= WHOLE * high else high
    return [low - 0.08 * high, low + 1.08 * high]


def _walk(theme: Theme, slope: str) -> list[dict[str, Any]]:
    return [
        {"type": "scatter", "mode": "lines+markers", "name": "steps of gradient descent", "x": [], "y": [],
         "line": {"color": theme.outline, "width": 1.5, "dash": "dot"}, "marker": {"size": 7, "color": theme.outline},
         "hoverinfo": "skip"},
        {"type": "scatter", "mode": "lines", "name": f"tangent: its slope is {slope}", "x": [], "y": [],
         "line": {"color": theme.gradient.positive, "width": 3}, "hoverinfo": "skip"},
        {"type": "scatter", "mode": "markers", "name": "here", "x": [], "y": [], "hoverinfo": "skip",
         "marker": {"size": 14, "color": theme.value.negative, "line": {"color": theme.outline, "width": 2}}},
    ]  # fmt: skip


def _moves(descent: Descent, gradients: Array, reach: float, step: int) -> list[Move]:
    w, loss, slope = descent.points[step, 0], descent.loss[step], gradients[step, 0]
    return [
        (0, 1, {"x": numbers(descent.points[: step + 1, 0]), "y": numbers(descent.loss[: step + 1])}),
        (0, 2, {"x": numbers([w - reach, w + reach]), "y": numbers([loss - slope * reach, loss + slope * reach])}),
        (0, 3, {"x": numbers([w]), "y": numbers([loss])}),
    ]


def _title(profile: Profile, descent: Descent, gradients: Array, step: int) -> str:
    w, loss, slope = text(descent.points[step, 0]), text(descent.loss[step]), text(gradients[step, 0], 3)
    return f"Step {step} of {len(descent.points) - 1} · {profile.title} = {w} · loss {loss} · slope {slope}"
