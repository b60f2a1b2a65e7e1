"""Distributions layer under layer, as ridges: how a network's numbers spread, shrink or grow on the way through it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.analysis.init_experiment import Spread
from engine.arrays import Array
from engine.formulas.numbers import compact, percent
from pages.figures import theme as look
from pages.figures.log_axis import decade
from pages.figures.theme import Palette, Theme

BINS = 80
# how many rows a ridge may reach up
OVERLAP = 2.2
# sizes below are drawn at the left end
LOWEST = -30.0


@dataclass(frozen=True)
class Span:
    """The horizontal axis: from low to high, of the numbers themselves or (log) of the power of ten of their size."""

    low: float
    high: float
    log: bool

    def places(self, values: Array) -> Array:
        """Return where numbers stand on the axis; in a logarithmic one zeros have no place."""
        if not self.log:
            return np.clip(values, self.low, self.high)
        size = np.abs(values[values != 0])
        return np.clip(np.log10(size), self.low, self.high)


def span(spreads: Sequence[Spread], log: bool) -> Span:
    """Return the axis that shows all of some distributions, but for the outermost hundredths."""
    samples = [spread.sample[spread.sample != 0] if log else spread.sample for spread in spreads]
    if log:
        samples = [np.log10(np.abs(sample)) for sample in samples]
    ends = [np.percentile(sample, (1, 99)) for sample in samples if len(sample)]
    if not ends:
        return Span(-1.0, 1.0, log)
    low, high = float(min(end[0] for end in ends)), float(max(end[1] for end in ends))
    air = 0.05 * (high - low) or 0.5
    return Span(max(low - air, LOWEST) if log else low - air, high + air, log)


def ridges(theme: Theme, spreads: Sequence[Spread], axis: Span, gradient: bool, height: int) -> dict[str, Any]:
    """Return one ridge a layer, the first layer at the top; on a logarithmic axis each with a mark at its rms."""
    palette = theme.gradient if gradient else theme.value
    traces = [_ridge(theme, palette, spread, number, axis) for number, spread in enumerate(spreads, start=1)]
    if axis.log:
        traces.append(_means(theme, spreads, axis))
    step = max(1, round(len(spreads) / 10))
    layout = look.layout(
        theme,
        height,
        margin={"l": 44, "r": 8, "t": 8, "b": 42},
        xaxis=_x_axis(theme, axis),
        yaxis={"title": {"text": "layer", "standoff": 4}, "range": [len(spreads) + 0.4, 1 - OVERLAP - 0.1],
               "tickvals": list(range(1, len(spreads) + 1, step)), "showgrid": False, "zeroline": False,
               "fixedrange": True},
        showlegend=False,
        hovermode="closest",
    )  # fmt: skip
    return {"data": traces, "layout": layout}


def _ridge(theme: Theme, palette: Palette, spread: Spread, number: int, axis: Span) -> dict[str, Any]:
    edges = np.linspace(axis.low, axis.high, BINS + 1)
    counts = np.histogram(axis.places(spread.sample), edges)[0].astype(float)
    smooth = np.convolve(counts, (0.25, 0.5, 0.25), mode="same")
    top = smooth / smooth.max() * OVERLAP if smooth.any() else smooth
    centres = (edges[1:] + edges[:-1]) / 2
    return {
        "type": "scatter", "mode": "lines", "fill": "toself", "fillcolor": palette.positive,
        "x": np.round([axis.low, *centres, axis.high], 4).tolist(),
        "y": np.round([number, *(number - top), number], 3).tolist(),
        "line": {"color": theme.background, "width": 1}, "opacity": 1, "hoveron": "fills", "hoverinfo": "text",
        "text": f"layer {number}: rms {compact(spread.rms)}, {percent(spread.zeros)} zeros",
    }  # fmt: skip


def _means(theme: Theme, spreads: Sequence[Spread], axis: Span) -> dict[str, Any]:
    some = [(number, spread) for number, spread in enumerate(spreads, start=1) if spread.rms]
    return {
        "type": "scatter", "mode": "markers", "x": [float(axis.places(np.array([s.rms]))[0]) for _, s in some],
        "y": [number - 0.25 for number, _ in some], "hoverinfo": "skip",
        "marker": {"symbol": "line-ns", "size": 8, "line": {"width": 2, "color": theme.text}},
    }  # fmt: skip


def _x_axis(theme: Theme, axis: Span) -> dict[str, Any]:
    shared = {"range": [axis.low, axis.high], "gridcolor": theme.line, "zeroline": not axis.log,
              "zerolinecolor": theme.muted, "fixedrange": True}  # fmt: skip
    if not axis.log:
        return shared | {"nticks": 6}
    step = max(1, round((axis.high - axis.low) / 6))
    powers = [power for power in range(int(np.ceil(axis.low)), int(axis.high) + 1) if power % step == 0]
    return shared | {"tickvals": powers, "ticktext": [decade(power) for power in powers]}
