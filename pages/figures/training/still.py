"""One snapshot of a training run as a figure that stands alone: the player's large panel, and the loss up to there.

The panel is drawn from the very marks that the player is given, so that both show the same.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np

from engine.data import Dataset
from engine.training.history import History
from pages.figures import theme as look
from pages.figures.markup import literal
from pages.figures.theme import Theme
from pages.figures.training.marks import SHAPES, Arrays, Axis, Dots, Ground, Lines, Mark, Panel
from pages.figures.training.panel import panel
from pages.figures.training.playback import title
from pages.figures.training.principal import view
from pages.figures.training.responses import ramp

Trace = dict[str, Any]
Ramp = list[str]
WIDTH, HEIGHT = 1100, 520
MARGIN = {"l": 64, "r": 24, "t": 80, "b": 56}
# shares of the width for the panel and for the loss
PANEL, LOSS = (0.0, 0.42), (0.53, 1.0)
# of the panel, in pixels
ACROSS = (PANEL[1] - PANEL[0]) * (WIDTH - MARGIN["l"] - MARGIN["r"])


def run_still(theme: Theme, history: History, data: Dataset, test: Dataset | None, snapshot: int) -> dict[str, Any]:
    """Return the figure of a snapshot, counted from 0, with its width and height in the layout."""
    main, arrays = panel(theme, history, data, test, view(data))
    now = {name: array[snapshot % len(array)] for name, array in arrays.items()}
    colours = [look.css(colour) for colour in ramp(theme, data)]
    drawn = [
        *(trace for mark in main.marks for trace in _traces(mark, now, colours)),
        *_keys(main),
        *_loss(history, theme, snapshot),
    ]
    # only what has a name of its own stands in the legend
    traces = [{"showlegend": "name" in trace} | trace for trace in drawn]
    return {"data": traces, "layout": _layout(main, history, theme, snapshot)}


def _traces(mark: Mark, now: Arrays, ramp: Ramp) -> Iterator[Trace]:
    match mark:
        case Ground():
            return _ground(mark, now[mark.array], ramp)
        case Lines():
            return _lines(mark, now[mark.array])
        case Dots():
            return _dots(mark, now, ramp)


def _ground(mark: Ground, shades: np.ndarray[Any, Any], ramp: Ramp) -> Iterator[Trace]:
    step, last = 1 / (mark.side - 1), len(ramp) - 1
    # the bytes run from the top row down
    place = {"x0": 0, "dx": step, "y0": 0, "dy": step, "z": np.flipud(shades).tolist(), "showscale": False}
    yield place | {
        "type": "heatmap", "zmin": 0, "zmax": last, "opacity": mark.opacity,
        "colorscale": [[index / last, colour] for index, colour in enumerate(ramp)],
        "zsmooth": "best" if mark.blended else False,
    }  # fmt: skip
    if mark.level is not None:
        yield place | {
            "type": "contour", "line": {"color": mark.colour, "width": mark.width},
            "contours": {"type": "constraint", "operation": "=", "value": mark.level, "coloring": "none"},
        }  # fmt: skip


def _lines(mark: Lines, heights: np.ndarray[Any, Any]) -> Iterator[Trace]:
    x = np.linspace(0, 1, heights.shape[-1]).round(4).tolist()
    for y, colour in zip(heights, mark.colours, strict=True):
        line = {"color": colour, "width": mark.width}
        yield {"type": "scatter", "mode": "lines", "x": x, "y": y.round(4).tolist(), "line": line}


def _dots(mark: Dots, now: Arrays, ramp: Ramp) -> Iterator[Trace]:
    x, y = now[mark.x] + mark.beside / ACROSS, now[mark.y]
    marker = {
        "color": [ramp[shade] for shade in now[mark.shades]] if mark.shades else mark.colour,
        "size": 2 * mark.radius,
        "symbol": [SHAPES[shape].symbol for shape in now[mark.shapes]] if mark.shapes else SHAPES[0].symbol,
        "line": {"color": mark.edge, "width": mark.thickness},
    }
    yield {"type": "scatter", "mode": "markers", "x": x.tolist(), "y": y.tolist(), "marker": marker}


def _keys(main: Panel) -> Iterator[Trace]:
    """Return traces without points, which give the classes or outputs a place in the legend."""
    for key in main.keys:
        marker = {"color": key.colour, "size": 9, "symbol": SHAPES[key.shape].symbol}
        yield {
            "type": "scatter", "mode": "markers", "name": literal(key.words), "x": [None], "y": [None],
            "marker": marker,
        }  # fmt: skip


def _loss(history: History, theme: Theme, snapshot: int) -> list[Trace]:
    lines = [("training loss", history.loss, {"color": theme.accent, "width": 2.5})]
    if history.test_loss is not None:
        lines.append(("test loss", history.test_loss, {"color": theme.text, "width": 2, "dash": "dash"}))
    epochs = list(history.measured)
    traces: list[Trace] = [
        {"type": "scatter", "mode": "lines", "name": name, "x": epochs, "y": values.tolist(),
         "line": line, "xaxis": "x2", "yaxis": "y2"}
        for name, values, line in lines
    ]  # fmt: skip
    here = history.snapshot_epochs[snapshot]
    marker = {"color": theme.accent, "size": 12, "line": {"color": theme.background, "width": 2}}
    at = {"x": [here], "y": [float(history.loss[epochs.index(here)])]}
    return [*traces, {"type": "scatter", "mode": "markers", "xaxis": "x2", "yaxis": "y2", "marker": marker, **at}]


def _layout(main: Panel, history: History, theme: Theme, snapshot: int) -> dict[str, Any]:
    axis = {"gridcolor": theme.line, "zeroline": False, "linecolor": theme.line, "showline": True, "mirror": True}
    x, y = (_shares(own) | axis | {"showgrid": False} for own in (main.x, main.y))
    return look.layout(
        theme,
        HEIGHT,
        width=WIDTH,
        paper_bgcolor=theme.background,
        title={
            "text": f"<b>{title(history, history.snapshot_epochs[snapshot])}</b>",
            "x": 0.5,
            "y": 0.96,
            "font": {"size": 16},
        },
        margin=MARGIN,
        showlegend=True,
        legend={"orientation": "h", "x": LOSS[1], "xanchor": "right", "y": 1.01, "yanchor": "bottom"},
        xaxis=x | {"domain": list(PANEL)},
        yaxis=y,
        xaxis2=axis | {"domain": list(LOSS), "title": {"text": "epochs"}, "range": [0, max(history.epochs, 1)]},
        yaxis2=axis | {"anchor": "x2", "title": {"text": "loss"}, "rangemode": "tozero", "automargin": True},
    )


def _shares(axis: Axis) -> dict[str, Any]:
    """Return an axis from 0 to 1 that is labelled with the true values."""
    places, words = zip(*axis.ticks, strict=True)
    return {
        "title": {"text": literal(axis.title)},
        "range": [0, 1],
        "tickvals": list(places),
        "ticktext": list(words),
    }
