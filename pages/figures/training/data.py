"""The examples of a data set as points: over two inputs, coloured by target, or over one input and its target."""

from typing import Any

import numpy as np

from engine.arrays import Array
from engine.data import Dataset
from pages.figures import theme as look
from pages.figures.markup import literal
from pages.figures.theme import Theme
from pages.figures.training.marks import SHAPES
from pages.figures.training.responses import Window, window

Trace = dict[str, Any]


def points_figure(theme: Theme, train: Dataset, test: Dataset | None) -> dict[str, Any]:
    """Return training and test data of one or two inputs as a figure; test points are hollow."""
    traces = points(theme, train, "training") + (points(theme, test, "test") if test else [])
    return {"data": traces, "layout": plane(theme, train, window(train, own_units=True))}


def plane(theme: Theme, data: Dataset, shown: Window, height: int = 460) -> dict[str, Any]:
    """Return the layout of a figure over the inputs of the data, in their own units."""
    ranges = [list(pair) for pair in zip(shown.low, shown.high, strict=True)]
    x = {
        "title": {"text": literal(data.inputs[0])},
        "range": ranges[0],
        "showgrid": True,
        "gridcolor": theme.line,
        "zeroline": False,
    }
    y: dict[str, Any] = {"gridcolor": theme.line, "zeroline": False, "automargin": True}
    if len(ranges) == 2:
        y |= {"title": {"text": literal(data.inputs[1])}, "range": ranges[1]}
        if _as_wide_as_high(shown):
            y |= {"scaleanchor": "x", "constrain": "domain"}
            x["constrain"] = "domain"
    else:
        y |= {"title": {"text": "class" if data.kind == "classification" else literal(data.outputs[0])}}
    return look.layout(theme, height, template=look.quiet(theme), xaxis=x, yaxis=y, hovermode="closest")


def _as_wide_as_high(shown: Window) -> bool:
    width, height = np.subtract(shown.high, shown.low)
    return bool(np.isclose(width, height))


def points(theme: Theme, part: Dataset, words: str) -> list[Trace]:
    """Return the traces of one part of the data, one a class."""
    hollow = words == "test"
    if part.classes is None:
        return [_numbers(theme, part, words, hollow)]
    colours = theme.classes[: len(part.outputs)]
    return [
        _marks(part, np.flatnonzero(part.classes == index), f"{literal(name)}, {words}", index, colour, theme, hollow)
        for index, (name, colour) in enumerate(zip(part.outputs, colours, strict=True))
    ]


def _marks(
    part: Dataset, rows: np.ndarray[Any, Any], name: str, index: int, colour: str, theme: Theme, hollow: bool
) -> Trace:
    several = len(part.outputs) > 2
    marker = {
        "color": theme.background if hollow else colour,
        "line": {"color": colour if hollow else theme.background, "width": 2 if hollow else 1},
        "size": 8 if part.size > 300 else 10,
        "symbol": SHAPES[index if several else 0].symbol,
    }
    return {"type": "scatter", "mode": "markers", "name": name, "marker": marker, **_places(part, rows)}


def _numbers(theme: Theme, part: Dataset, words: str, hollow: bool) -> Trace:
    rows = np.arange(part.size)
    middle, reach = float(part.target_scaling().centre[0]), float(np.abs(part.y).max() * part.target_scaling().step[0])
    if part.x.shape[1] == 1:
        fill, line = (theme.background, theme.accent) if hollow else (theme.accent, theme.background)
        marker: dict[str, Any] = {"color": fill, "line": {"color": line, "width": 1.5}, "size": 8}
    else:
        marker = {
            "color": part.own_y[:, 0].tolist(), "colorscale": theme.value_colorscale,
            "cmin": middle - reach, "cmax": middle + reach,
            "size": 9, "symbol": "circle", "showscale": not hollow,
            "line": {"color": theme.outline if hollow else theme.muted, "width": 2 if hollow else 0.5},
            "colorbar": {"thickness": 12, "title": {"text": literal(part.outputs[0])}},
        }  # fmt: skip
    return {"type": "scatter", "mode": "markers", "name": words, "marker": marker, **_places(part, rows)}


def _places(part: Dataset, rows: np.ndarray[Any, Any]) -> Trace:
    x = part.own_x[rows]
    y = x[:, 1] if x.shape[1] > 1 else part.own_y[rows].max(axis=1)
    return {"x": rounded(x[:, 0]), "y": rounded(y)}


def rounded(values: Array) -> list[float]:
    """Return numbers with as many digits as a picture shows, however large or small they are."""
    return [float(f"{value:.6g}") for value in values.tolist()]
