"""The examples of a data set as points: over two inputs, coloured by target, or over one input and its target."""

from typing import Any

import numpy as np

from engine.arrays import Array
from engine.data import Dataset
from pages.figures import theme as look
from pages.figures.markup import literal, shortened
from pages.figures.theme import Theme
from pages.figures.training.marks import SHAPES
from pages.figures.training.responses import Window, window

Trace = dict[str, Any]

# characters that there is room for
AXIS, LEGEND = 40, 24


def points_figure(theme: Theme, train: Dataset, test: Dataset | None) -> dict[str, Any]:
    """Return training and test data of one or two inputs as a figure; test points are hollow."""
    traces = points(theme, train, "training") + (points(theme, test, "test") if test else [])
    return {"data": traces, "layout": plane(theme, train, window(train, own_units=True))}


def plane(theme: Theme, data: Dataset, shown: Window, height: int = 460) -> dict[str, Any]:
    """Return the layout of a figure over the inputs of the data, in their own units."""
    ranges = [list(pair) for pair in zip(shown.low, shown.high, strict=True)]
    x = {
        "title": {"text": shortened(data.inputs[0], AXIS)},
        "range": ranges[0],
        "showgrid": True,
        "gridcolor": theme.line,
        "zeroline": False,
    }
    y: dict[str, Any] = {"gridcolor": theme.line, "zeroline": False, "automargin": True}
    if len(ranges) == 2:
        y |= {"title": {"text": shortened(data.inputs[1], AXIS)}, "range": ranges[1]}
        if _as_wide_as_high(shown):
            y |= {"scaleanchor": "x", "constrain": "domain"}
            x["constrain"] = "domain"
    else:
        y |= {"title": {"text": "class" if data.kind == "classification" else shortened(data.outputs[0], AXIS)}}
    return look.layout(theme, height, template=look.quiet(theme), xaxis=x, yaxis=y, hovermode="closest")


def _as_wide_as_high(shown: Window) -> bool:
    width, height = np.subtract(shown.high, shown.low)
    return bool(np.isclose(width, height))


def points(theme: Theme, part: Dataset, words: str) -> list[Trace]:
    """Return the traces of one part of the data, one a class."""
    hollow = words == "test"
    if part.classes is None:
        return [_numbers(theme, part, words, hollow)]
    return [_marks(theme, part, index, words, hollow) for index in range(len(part.outputs))]


def _marks(theme: Theme, part: Dataset, index: int, words: str, hollow: bool) -> Trace:
    colour, called = theme.classes[index], part.outputs[index]
    several = len(part.outputs) > 2
    marker = {
        "color": theme.background if hollow else colour,
        "line": {"color": colour if hollow else theme.background, "width": 2 if hollow else 1},
        "size": 8 if part.size > 300 else 10,
        "symbol": SHAPES[index if several else 0].symbol,
    }
    return {
        "type": "scatter", "mode": "markers", "name": f"{shortened(called, LEGEND)}, {words}", "marker": marker,
        **_places(part, np.flatnonzero(part.classes == index)),
        "hovertemplate": _tooltip(part, f"{literal(called)}, {words}"),
    }  # fmt: skip


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
            "colorbar": {"thickness": 12, "title": {"text": shortened(part.outputs[0], LEGEND)}},
        }  # fmt: skip
    return {
        "type": "scatter", "mode": "markers", "name": words, "marker": marker, **_places(part, rows),
        "hovertemplate": _tooltip(part, words),
    }  # fmt: skip


def _tooltip(part: Dataset, words: str) -> str:
    """Return what is said of a point that is pointed at, with the whole of all names."""
    up = part.inputs[1] if part.x.shape[1] > 1 else "class" if part.kind == "classification" else part.outputs[0]
    # what is in curly brackets Plotly would fill in
    names = (name.replace("{", "(").replace("}", ")") for name in (literal(part.inputs[0]), literal(up), words))
    return "<extra></extra>{}: %{{x}}\n<br>{}: %{{y}}\n<br>{}".format(*names)


def _places(part: Dataset, rows: np.ndarray[Any, Any]) -> Trace:
    x = part.own_x[rows]
    y = x[:, 1] if x.shape[1] > 1 else part.own_y[rows].max(axis=1)
    return {"x": rounded(x[:, 0]), "y": rounded(y)}


def placed(part: Dataset) -> tuple[list[float], list[float]]:
    """Return where the examples of a part are in the figure, across and up, in their order."""
    places = _places(part, np.arange(part.size))
    return places["x"], places["y"]


def rounded(values: Array) -> list[float]:
    """Return numbers with as many digits as a picture shows, however large or small they are."""
    return [float(f"{value:.6g}") for value in values.tolist()]
