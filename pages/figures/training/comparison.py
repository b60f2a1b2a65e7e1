"""Several runs laid over each other: their loss curves in one figure, their boundaries or fitted curves in another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.backprop.many_networks import activations
from engine.data import Dataset
from engine.formulas.numbers import text
from engine.training.history import History
from pages.figures import theme as look
from pages.figures.theme import Theme
from pages.figures.training.data import plane, points, rounded
from pages.figures.training.responses import window

Trace = dict[str, Any]
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
RESOLUTION = 90


@dataclass(frozen=True, eq=False)
class Compared:
    """A run with what tells it from the others."""

    title: str
    history: History


def compared_losses(theme: Theme, runs: Sequence[Compared]) -> dict[str, Any]:
    """Return the losses of all runs over the epochs, on a logarithmic axis; test losses are thin."""
    traces = []
    for index, run in enumerate(runs):
        for loss, words, width in ((run.history.loss, "", 2.4), (run.history.test_loss, ", test", 1.2)):
            if loss is not None:
                traces.append(_loss(theme, index, run, loss, words, width))
    axis = {"gridcolor": theme.line, "zeroline": False, "automargin": True}
    layout = look.layout(
        theme,
        460,
        template=look.quiet(theme),
        margin={"l": 56, "r": 16, "t": 16, "b": 44},
        xaxis=axis | {"title": {"text": "epochs"}},
        yaxis=axis | {"title": {"text": "loss"}} | _log_axis(runs),
        showlegend=False,
        hovermode="x unified",
    )
    return {"data": traces, "layout": layout}


def _log_axis(runs: Sequence[Compared]) -> Trace:
    """Return a logarithmic axis, with powers of ten alone where there are enough of them."""
    losses = np.concatenate([run.history.loss for run in runs])
    positive = losses[losses > 0]
    decades = np.log10(positive.max() / positive.min()) if positive.size else 1.0
    return {"type": "log", "exponentformat": "power", "tickfont": {"size": 12}, "dtick": 1 if decades > 1.5 else "D2"}


def _loss(theme: Theme, index: int, run: Compared, loss: Array, words: str, width: float) -> Trace:
    return {
        "type": "scatter", "mode": "lines", "name": f"{index + 1}{words}", "x": list(run.history.measured),
        "y": [float(f"{value:.5g}") for value in loss],
        "line": {"color": theme.runs[index], "dash": DASHES[index], "width": width},
        "text": [text(value) for value in loss], "hovertemplate": "%{text}",
    }  # fmt: skip


def compared_boundaries(theme: Theme, runs: Sequence[tuple[int, Compared]], data: Dataset) -> dict[str, Any]:
    """Return the data of one or two inputs with the boundary between classes, or the curve, of each numbered run."""
    shown = window(data, own_units=True)
    traces = points(theme, data, "training")
    for trace in traces:
        trace["opacity"] = 0.55
    grid = shown.grid(RESOLUTION)
    for index, run in runs:
        inputs = data.x_scaling.scaled(grid) if data.x_scaling else grid
        output = activations(run.history.network, run.history.snapshot_parameters[-1:], inputs)[-1][0]
        traces += _outline(theme, index, output, data, grid)
    return {"data": traces, "layout": plane(theme, data, shown) | {"showlegend": False}}


def _outline(theme: Theme, index: int, output: Array, data: Dataset, grid: Array) -> list[Trace]:
    line = {"color": theme.runs[index], "dash": DASHES[index], "width": 3}
    if grid.shape[1] == 1:
        x, own = rounded(grid[:, 0]), data.y_scaling.undone(output) if data.y_scaling else output
        return [
            {"type": "scatter", "mode": "lines", "name": str(index + 1), "x": x, "y": rounded(y), "line": line}
            for y in own.T
        ]
    return [
        {
            "type": "contour", "name": str(index + 1), "showscale": False, "hoverinfo": "skip", "line": line,
            "x": rounded(grid[:RESOLUTION, 0]), "y": rounded(grid[::RESOLUTION, 1]),
            "z": lead.reshape(RESOLUTION, RESOLUTION).round(4).tolist(),
            "contours": {"type": "constraint", "operation": "=", "value": level, "coloring": "none"},
        }
        for lead, level in _leads(output, data)
    ]  # fmt: skip


def _leads(output: Array, data: Dataset) -> list[tuple[Array, float]]:
    """Return functions whose crossing of a level is the boundary: how far each class is ahead of the best other."""
    if output.shape[1] == 1:
        level = 0.5 if data.kind == "classification" else float(data.y.mean())
        return [(output[:, 0], level)]
    others = [np.delete(output, index, axis=1).max(axis=1) for index in range(output.shape[1])]
    count = output.shape[1] if output.shape[1] > 2 else 1
    return [(output[:, index] - others[index], 0.0) for index in range(count)]
