"""Activation functions as curves: one with a neuron standing on it, one small for the gallery, several compared.

f is solid and f′ dashed throughout; a slope that jumps is drawn with a gap, not with a wall.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import compact, text
from engine.formulas.plain import letter
from engine.network.activations import ACTIVATIONS
from pages.figures import theme as look
from pages.figures.theme import Theme

Trace = dict[str, Any]
HEIGHT = 330
REACH = 5.0
# of the window's width, to either side of the neuron
TANGENT = 0.16


@dataclass(frozen=True)
class Curve:
    """An activation function with its parameter; `others` are the layer's other z, for one of the whole layer."""

    activation: str
    parameter: float | None = None
    others: tuple[float, ...] = ()

    @property
    def title(self) -> str:
        """What the function is called, with its parameter."""
        record = ACTIVATIONS[self.activation]
        if record.parameter is None or self.parameter is None:
            return record.title
        return f"{record.title} ({letter(record.parameter.symbol)} = {text(self.parameter)})"

    def f(self, z: Array) -> Array:
        """Return f at each z (n,)."""
        record = ACTIVATIONS[self.activation]
        return record.f(z, self.parameter) if record.elementwise else record.f(self._layer(z), self.parameter)[:, 0]

    def slope(self, z: Array) -> Array:
        """Return f' at each z (n,), the derivative by the neuron's own z."""
        record = ACTIVATIONS[self.activation]
        return record.df(z, self.parameter) if record.elementwise else record.df(self._layer(z), self.parameter)[:, 0]

    def line(self, low: float, high: float, points: int = 241) -> Trace:
        """Return f as the x and y of a Plotly line."""
        z = np.sort(np.concatenate([np.linspace(low, high, points), self._kinks(low, high)]))
        return {"x": _numbers(z), "y": _numbers(self.f(z))}

    def slope_line(self, low: float, high: float, points: int = 241) -> Trace:
        """Return f' as the x and y of a Plotly line, with a gap at every kink."""
        ends = [low, *self._kinks(low, high), high]
        x: list[float | None] = []
        y: list[float | None] = []
        for start, end in pairwise(ends):
            width = (end - start) * 1e-9
            z = np.linspace(start + width, end - width, max(2, round(points * (end - start) / (high - low))))
            x += [*_numbers(z), None]
            y += [*_numbers(self.slope(z)), None]
        return {"x": x[:-1], "y": y[:-1]}

    def _kinks(self, low: float, high: float) -> list[float]:
        return [kink for kink in ACTIVATIONS[self.activation].kinks if low < kink < high]

    def _layer(self, z: Array) -> Array:
        others = np.broadcast_to(np.array(self.others or (0.0,)), (len(z), len(self.others) or 1))
        return np.column_stack((z, others))


def activation_curve(
    theme: Theme,
    activation: str,
    parameter: float | None,
    z: float,
    label: str,
    others: Sequence[float] = (),
    say: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return f and f′ with a neuron standing on f at z, its tangent and its number; `label` is the neuron's name.

    `others` are the other z of its layer, which a softmax needs. `say` puts f′ and z into another notation.
    """
    curve = Curve(activation, parameter, tuple(others))
    low, high = window([z])
    a, slope = (float(values[0]) for values in (curve.f(np.array([z])), curve.slope(np.array([z]))))
    reach = TANGENT * (high - low)
    tangent = {"x": [z - reach, z + reach], "y": [a - slope * reach, a + slope * reach]}
    name = ACTIVATIONS[activation].title
    traces = [
        line(curve.line(low, high), theme.accent, name),
        line(curve.slope_line(low, high), theme.muted, say("slope f′"), dash="dot", width=1.8),
        line({"x": [z, z], "y": [0.0, a]}, theme.line, "", width=1.5) | {"showlegend": False, "hoverinfo": "skip"},
        line(tangent, theme.text, "tangent", width=2.0) | {"showlegend": False, "hoverinfo": "skip"},
        _neuron(theme, z, a, slope, label),
    ]
    layout = look.layout(
        theme,
        260,
        template=look.quiet(theme),
        margin={"l": 40, "r": 12, "t": 30, "b": 36},
        xaxis=axis(theme, say("z"), [low, high]),
        yaxis=axis(theme, "", heights(traces[:2], a)),
        hovermode="closest",
    )
    return {"data": traces, "layout": layout}


def window(z: Sequence[float]) -> tuple[float, float]:
    """Return the range of z that a curve is drawn over: the usual one, or as far as the neurons stand out."""
    reach = max([REACH, *(1.25 * abs(value) for value in z)])
    return -reach, reach


def _neuron(theme: Theme, z: float, a: float, slope: float, label: str) -> Trace:
    words = f"{label}: z = {compact(z)}, f(z) = {compact(a)}, f′(z) = {compact(slope)}"
    return {
        "type": "scatter", "mode": "markers", "x": [z], "y": [a], "name": label, "showlegend": False,
        "hoverinfo": "text", "text": [words],
        "marker": {"size": 14, "color": theme.value.mark(a), "line": {"width": 2, "color": theme.outline}},
    }  # fmt: skip


def line(points: Trace, colour: str, name: str, dash: str = "solid", width: float = 2.6) -> Trace:
    """Return a curve as a trace."""
    return {"type": "scatter", "mode": "lines", "name": name, **points,
            "line": {"color": colour, "dash": dash, "width": width, "simplify": False},
            "customdata": [_read(z, value) for z, value in zip(points["x"], points["y"], strict=True)],
            "hovertemplate": "%{customdata}<extra>" + name + "</extra>"}  # fmt: skip


def _read(z: float | None, value: float | None) -> str:
    # a gap, where a slope jumps
    return "" if z is None or value is None else f"z = {compact(z)}<br>{compact(value)}"


def axis(theme: Theme, title: str, limits: list[float]) -> dict[str, Any]:
    """Return an axis that stands still, with its zero line."""
    return {"gridcolor": theme.line, "zerolinecolor": theme.muted, "zeroline": True, "title": {"text": title},
            "range": limits, "automargin": True, "fixedrange": True}  # fmt: skip


def curves_layout(theme: Theme, title: str, reach: float, limits: list[float]) -> dict[str, Any]:
    """Return the layout of a picture with some curves, from -reach to reach, beside another one."""
    return look.layout(
        theme,
        HEIGHT,
        margin={"l": 44, "r": 12, "t": 44, "b": 40},
        xaxis=axis(theme, "z", [-reach, reach]),
        yaxis=axis(theme, "", limits) | {"title": {"text": title, "standoff": 4}},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.01, "x": 0, "font": {"size": 13}},
        hovermode="x",
    )


def heights(lines: Sequence[Trace], *also: float) -> list[float]:
    """Return limits that show all of some lines and values with a little air."""
    values = [value for curve in lines for value in curve["y"] if value is not None] + list(also)
    low, high = min(values), max(values)
    air = 0.08 * (high - low or 1.0)
    return [low - air, high + air]


def _numbers(values: Array) -> list[float]:
    # short in the message to the browser: far finer than a pixel
    return [float(f"{value:.5g}") for value in values.tolist()]
