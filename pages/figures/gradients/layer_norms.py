"""Sizes per layer on a logarithmic axis: what vanishes falls, what explodes rises, and a straight line is a factor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from engine.formulas.numbers import compact
from pages.figures import theme as look
from pages.figures.log_axis import decades
from pages.figures.theme import Theme


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """One line: its name, one size a layer (0: none), whether it is a gradient, and its dash and symbol."""

    name: str
    values: tuple[float, ...]
    gradient: bool = False
    dash: str = "solid"
    symbol: str = "circle"


def layer_norms(theme: Theme, lines: Sequence[Sizes], title: str, height: int = 320) -> dict[str, Any]:
    """Return the lines over the layers, counted from 1; a size of 0 has no place and leaves a gap."""
    depth = max(len(line.values) for line in lines)
    layout = look.layout(
        theme,
        height,
        margin={"l": 52, "r": 12, "t": 44, "b": 44},
        xaxis={"title": {"text": "layer"}, "gridcolor": theme.line, "zeroline": False, "fixedrange": True,
               "range": [0.7, depth + 0.3], "tickformat": "d", "dtick": max(1, round(depth / 10))},
        yaxis={"title": {"text": title, "standoff": 4}, "gridcolor": theme.line, "zeroline": False,
               "fixedrange": True, "automargin": True, **decades(v for line in lines for v in line.values)},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.01, "x": 0, "font": {"size": 13}},
        hovermode="x unified",
    )  # fmt: skip
    return {"data": [_line(theme, line) for line in lines], "layout": layout}


def _line(theme: Theme, line: Sizes) -> dict[str, Any]:
    colour = (theme.gradient if line.gradient else theme.value).positive
    few = len(line.values) <= 12
    return {
        "type": "scatter", "mode": "lines+markers" if few else "lines", "name": line.name,
        "x": list(range(1, len(line.values) + 1)), "y": [value or None for value in line.values],
        "text": [compact(value) for value in line.values], "hovertemplate": "%{text}",
        "line": {"color": colour, "width": 2.4, "dash": line.dash},
        "marker": {"size": 9, "symbol": line.symbol, "color": colour},
    }  # fmt: skip
