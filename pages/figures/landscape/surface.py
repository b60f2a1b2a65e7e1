"""The loss over two directions: a surface in space and a contour plot from above, with a descent on both.

Both are drawn from one grid; where the loss spans several orders of magnitude, its logarithm is drawn.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import text
from engine.landscape import Descent
from pages.figures import theme as look
from pages.figures.landscape.walk import Move, Stepped, numbers
from pages.figures.theme import Theme

Trace = dict[str, Any]
# The largest loss over the median from which the logarithm shows more
STEEP = 30.0
# The longest arrow, as a share of the picture
ARROW = 0.16
# How far above the surface the descent is drawn, as a share of its height
LIFT = 0.012
# Contour lines, and the loss up to which they are spread evenly: a few huge values must not take all of them
LEVELS, MOST = 18, 0.98


@dataclass(frozen=True, eq=False, kw_only=True)
class Terrain:
    """The loss (len(second), len(first)) over coordinates of two directions, and what the axes are called."""

    first: Array
    second: Array
    loss: Array
    titles: tuple[str, str]

    @property
    def logarithmic(self) -> bool:
        """Whether the logarithm is drawn."""
        finite = self.loss[np.isfinite(self.loss)]
        return bool(finite.min() > 0 and finite.max() > STEEP * np.median(finite))

    def height(self, loss: Array) -> Array:
        """Return the height at which a loss is drawn."""
        finite = np.where(np.isfinite(loss), loss, np.nan)
        return np.log10(np.maximum(finite, 1e-12)) if self.logarithmic else finite


def landscape_figures(theme: Theme, terrain: Terrain, descent: Descent, gradients: Array) -> Stepped:
    """Return surface and contour plot with the descent, whose points have these gradients (points, 2)."""
    flat = _places(descent.points)
    tall = flat | {"z": numbers(_lifted(terrain, descent))}
    figures = [
        _surface(theme, terrain, {"type": "scatter3d"} | tall),
        _contour(theme, terrain, {"type": "scatter"} | flat),
    ]
    arrows = _arrows(terrain, descent.points, gradients)
    steps = range(len(descent.points))
    titles = [_title(descent, gradients, step) for step in steps]
    return Stepped(figures, titles, [_moves(terrain, descent, arrows, step) for step in steps])


def _surface(theme: Theme, terrain: Terrain, whole: Trace) -> dict[str, Any]:
    words = "log₁₀ loss" if terrain.logarithmic else "loss"
    surface = {
        "type": "surface", "x": numbers(terrain.first), "y": numbers(terrain.second), "z": _heights(terrain),
        "colorscale": _colours(theme), "showscale": False, "hoverinfo": "skip", "opacity": 0.92,
        "contours": {"x": _mesh(theme, terrain.first), "y": _mesh(theme, terrain.second), "z": {"highlight": False}},
        "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
    }  # fmt: skip
    axis = {"gridcolor": theme.line, "color": theme.text, "showbackground": False, "showspikes": False,
            "tickfont": {"size": 11}}  # fmt: skip
    scene = {
        "xaxis": axis | {"title": _words(terrain.titles[0], 12), "range": _ends(terrain.first)},
        "yaxis": axis | {"title": _words(terrain.titles[1], 12), "range": _ends(terrain.second)},
        "zaxis": axis | {"title": _words(words, 12)},
        "aspectmode": "manual",
        "aspectratio": {"x": 1, "y": 1, "z": 0.7},
        "camera": {"eye": {"x": 1.45, "y": -1.45, "z": 1.0}, "center": {"x": 0, "y": 0, "z": -0.1}},
    }
    layout = look.layout(theme, scene=scene, margin={"l": 0, "r": 0, "t": 0, "b": 0}, showlegend=False)
    # a turned surface stays turned when its numbers change
    layout["uirevision"] = "turned"
    return {"data": [surface, *_walk(theme, whole, 4)], "layout": layout}


def _contour(theme: Theme, terrain: Terrain, whole: Trace) -> dict[str, Any]:
    heights = terrain.height(terrain.loss)
    low, high = float(np.nanmin(heights)), float(np.nanquantile(heights, MOST))
    contour = {
        "type": "contour", "x": numbers(terrain.first), "y": numbers(terrain.second), "z": _heights(terrain),
        "colorscale": _colours(theme), "zmin": low, "zmax": max(high, low + 1e-9), "hoverinfo": "skip",
        "autocontour": False,
        "contours": {"start": low, "end": high, "size": max((high - low) / LEVELS, 1e-9)},
        "line": {"width": 0.6, "color": theme.muted},
        "colorbar": {"thickness": 8, "exponentformat": "power", "tickfont": {"size": 11}, "outlinewidth": 0,
                     "title": _words("log₁₀ loss" if terrain.logarithmic else "loss", 12)},
    }  # fmt: skip
    axis = {"zeroline": False, "showgrid": False, "automargin": True}
    layout = look.layout(
        theme,
        xaxis=axis | {"title": _words(terrain.titles[0]), "range": _ends(terrain.first), "constrain": "domain"},
        # a square, in which the gradient stands upright on the contour lines
        yaxis=axis
        | {
            "title": _words(terrain.titles[1]),
            "range": _ends(terrain.second),
            "constrain": "domain",
            "scaleanchor": "x",
            # beside numbers too large for the range, an axis may have no length
            "scaleratio": float(np.ptp(terrain.first) / (np.ptp(terrain.second) or 1.0)) or 1.0,
        },
        margin={"l": 48, "r": 4, "t": 12, "b": 48},
        showlegend=False,
    )
    return {"data": [contour, *_walk(theme, whole, 2)], "layout": layout}


def _mesh(theme: Theme, values: Array) -> dict[str, Any]:
    """Return lines drawn on the surface across an axis, which show its shape where it has one colour."""
    low, high = _ends(values)
    return {"show": True, "start": low, "end": high, "size": (high - low) / 12, "color": theme.muted, "width": 1,
            "highlight": False}  # fmt: skip


def _walk(theme: Theme, whole: Trace, width: float) -> list[Trace]:
    """Return the whole descent, and the traces that move: what is behind, the gradient there, and the point itself."""
    kind, stroke = whole["type"], {"color": theme.outline, "width": width}
    return [
        whole | {"mode": "lines", "line": stroke | {"width": width / 2, "dash": "dot"}, "hoverinfo": "skip"},
        {"type": kind, "mode": "lines+markers", "x": [], "y": [], "line": stroke,
         "marker": {"size": width + 1, "color": theme.outline}, "hoverinfo": "skip"},
        {"type": kind, "mode": "lines", "x": [], "y": [], "hoverinfo": "skip",
         "line": {"color": theme.gradient.positive, "width": width + 2}},
        {"type": kind, "mode": "markers", "x": [], "y": [], "hoverinfo": "skip",
         "marker": {"size": 6 + width, "color": theme.value.negative, "line": {"color": theme.outline, "width": 2}}},
    ]  # fmt: skip


def _moves(terrain: Terrain, descent: Descent, arrows: Array, step: int) -> list[Move]:
    so_far, here, tip = descent.points[: step + 1], descent.points[step], arrows[step]
    heights = _lifted(terrain, descent)
    level = numbers([heights[step]] * 2)
    flat = [_places(so_far), _arrow(here, tip), _places(here[np.newaxis])]
    tall = [
        _places(so_far) | {"z": numbers(heights[: step + 1])},
        {"x": numbers([here[0], tip[0]]), "y": numbers([here[1], tip[1]]), "z": level},
        _places(here[np.newaxis]) | {"z": level[:1]},
    ]
    return [
        (figure, index + 2, places) for figure, part in enumerate((tall, flat)) for index, places in enumerate(part)
    ]


def _lifted(terrain: Terrain, descent: Descent) -> Array:
    """Return the heights of the descent a little above the surface, which would hide half of a line that lies in it."""
    heights = terrain.height(terrain.loss)
    lifted: Array = terrain.height(descent.loss) + LIFT * float(np.nanmax(heights) - np.nanmin(heights))
    return lifted


def _places(points: Array) -> dict[str, list[float | None]]:
    return {"x": numbers(points[:, 0]), "y": numbers(points[:, 1])}


def _arrow(start: Array, tip: Array) -> dict[str, list[float | None]]:
    """Return a line with a head."""
    back = start - tip
    side = np.array([-back[1], back[0]])
    points = [start, tip, tip + 0.28 * back + 0.16 * side, tip, tip + 0.28 * back - 0.16 * side]
    return _places(np.array(points))


def _arrows(terrain: Terrain, points: Array, gradients: Array) -> Array:
    """Return the tip of the gradient at each point: uphill, the steepest of the descent the longest."""
    reach = np.array([np.ptp(terrain.first), np.ptp(terrain.second)])
    # in shares of the picture, so that an axis of another range does not bend the arrow's length
    shares = gradients * reach
    largest = float(np.linalg.norm(shares, axis=1).max())
    lengths = shares / largest if largest > 0 else shares
    tips: Array = points + ARROW * reach * lengths
    return tips


def _title(descent: Descent, gradients: Array, step: int) -> str:
    slope = ", ".join(text(value, 3) for value in gradients[step])
    return f"Step {step} of {len(descent.points) - 1} · loss {text(descent.loss[step])} · gradient ({slope})"


def _heights(terrain: Terrain) -> list[list[float | None]]:
    return [numbers(row) for row in terrain.height(terrain.loss)]


def _ends(values: Array) -> list[float]:
    return [float(values[0]), float(values[-1])]


def _words(words: str, size: int = 13) -> dict[str, Any]:
    return {"text": words, "font": {"size": size}}


def _colours(theme: Theme) -> list[list[float | str]]:
    return [[0.0, theme.zero], [1.0, theme.accent]]
