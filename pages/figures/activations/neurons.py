"""The neurons of a layer on the curve of their activation, and on that of another one which is tried instead."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.analysis.flow import conditions
from engine.arrays import Array
from engine.formulas.numbers import compact
from engine.network.activations import ACTIVATIONS
from engine.network.model import Layer, Network
from pages.figures.activations.curves import Curve, Trace, curves_layout, heights, line
from pages.figures.theme import Theme

# of more neurons than this no names are written, and of a softmax no more curves are drawn
MANY = 12
# the sign of a condition, so that colour is not all that tells
SYMBOLS = {"active": "circle", "saturated": "diamond", "inactive": "x"}


@dataclass(frozen=True, kw_only=True)
class Standing:
    """A neuron on a curve: name, z, a = f(z), slope f′(z), its condition (engine/analysis/flow.py) and its curve.

    In a layer whose activation belongs to the whole layer only the MANY neurons with the largest z have a curve drawn.
    """

    name: str
    z: float
    a: float
    slope: float
    condition: str
    curve: Curve | None


def standing(network: Network, z: Array, index: int, names: Sequence[str]) -> tuple[Standing, ...]:
    """Return the neurons of a layer (from 0) at their z (n,), each on its curve."""
    own = network.layers[index]
    record = ACTIVATIONS[own.activation]
    numbers = (z.tolist(), record.f(z, own.parameter).tolist(), record.df(z, own.parameter).tolist())
    return tuple(
        Standing(name=name, z=at, a=a, slope=slope, condition=condition, curve=curve)
        for name, at, a, slope, condition, curve in zip(
            names, *numbers, conditions(own, z), _curves_of(own, z), strict=True
        )
    )


def _curves_of(own: Layer, z: Array) -> list[Curve | None]:
    if ACTIVATIONS[own.activation].elementwise:
        return [Curve(own.activation, own.parameter)] * len(z)
    # with the others where they are, which makes each curve as long as the layer
    highest = set(np.argsort(-z, kind="stable")[:MANY].tolist())
    return [
        Curve(own.activation, own.parameter, tuple(np.delete(z, k).tolist())) if k in highest else None
        for k in range(len(z))
    ]


def neurons_on_curve(
    theme: Theme,
    neurons: Sequence[Standing],
    tried: Sequence[Standing],
    slopes: bool,
    reach: float,
    say: Callable[[str], str] = str,
) -> dict[str, Any]:
    """Return a layer's neurons standing on its activation (solid), and on one that is tried instead (dashed).

    `say` puts what an axis is called into another notation.
    """
    lines = [*_curves(theme, tried, slopes, reach, "dash"), *_curves(theme, neurons, slopes, reach, "solid")]
    marks = [_standing(theme, tried, slopes, "tried"), *_by_condition(theme, neurons, slopes)]
    values = [_height(neuron, slopes) for neuron in (*neurons, *tried)]
    limits = heights(lines, *values, 0.0)
    return {
        "data": [*lines, *marks],
        "layout": curves_layout(theme, say("slope f′(z)" if slopes else "a = f(z)"), reach, limits)
        | {"hovermode": "closest"},
    }


def _curves(theme: Theme, neurons: Sequence[Standing], slopes: bool, reach: float, dash: str) -> list[Trace]:
    highest = sorted(neurons, key=lambda neuron: -neuron.z)
    curves = tuple(dict.fromkeys(neuron.curve for neuron in highest if neuron.curve))
    colour, width = (theme.accent, 2.6) if dash == "solid" else (theme.value.negative, 2.0)
    return [
        line((curve.slope_line if slopes else curve.line)(-reach, reach), colour, curve.title, dash, width)
        | {"showlegend": index == 0}
        for index, curve in enumerate(curves)
    ]


def _by_condition(theme: Theme, neurons: Sequence[Standing], slopes: bool) -> list[Trace]:
    groups = {name: [neuron for neuron in neurons if neuron.condition == name] for name in SYMBOLS}
    return [_standing(theme, group, slopes, name) for name, group in groups.items() if group]


def _standing(theme: Theme, neurons: Sequence[Standing], slopes: bool, name: str) -> Trace:
    tried = name not in SYMBOLS
    written = not tried and len(neurons) <= MANY
    colour = theme.background if tried else {"inactive": theme.text}.get(name, theme.accent)
    values = [_height(neuron, slopes) for neuron in neurons]
    return {
        "type": "scatter", "mode": "markers+text" if written else "markers", "name": name, "showlegend": not tried,
        "x": [neuron.z for neuron in neurons], "y": values, "text": [neuron.name for neuron in neurons],
        "textposition": [("top center", "bottom center")[k % 2] for k in range(len(neurons))],
        "textfont": {"color": theme.text, "size": 13}, "cliponaxis": False, "hoverinfo": "text",
        "hovertext": [f"{n.name}: z = {compact(n.z)}, {'f′' if slopes else 'f'}(z) = {compact(value)}, {n.condition}"
                      for n, value in zip(neurons, values, strict=True)],
        "marker": {"size": 9 if tried else 12, "symbol": [SYMBOLS[neuron.condition] for neuron in neurons],
                   "color": colour, "line": {"width": 1.5, "color": theme.value.negative if tried else theme.outline}},
    }  # fmt: skip


def _height(neuron: Standing, slopes: bool) -> float:
    return neuron.slope if slopes else neuron.a
