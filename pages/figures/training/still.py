"""One snapshot of a training run as a figure that stands alone: the player's large panel, and the loss up to there.

The panel is drawn from the very numbers that the player is given, so that both show the same.
"""

from typing import Any

import numpy as np

from engine.data import Dataset
from engine.training.history import History
from pages.figures import theme as look
from pages.figures.markup import literal
from pages.figures.theme import Theme
from pages.figures.training.playback import Playback, playback

Trace = dict[str, Any]
WIDTH, HEIGHT = 1100, 520
# shares of the width for the panel and for the loss
PANEL, LOSS = (0.0, 0.42), (0.53, 1.0)
SYMBOLS = ("circle", "triangle-up", "square", "diamond", "pentagon", "hexagon")


def run_still(theme: Theme, history: History, data: Dataset, test: Dataset | None, snapshot: int) -> dict[str, Any]:
    """Return the figure of a snapshot, counted from 0, with its width and height in the layout."""
    shown = playback(theme, history, data, test)
    main = shown.header["main"]
    drawn = [
        *PANELS[main["kind"]](shown, snapshot, theme),
        *_dots(shown, "train", theme),
        *_dots(shown, "test", theme),
        *_names(shown),
        *_loss(history, theme, snapshot),
    ]
    # only what has a name of its own stands in the legend
    traces = [{"showlegend": "name" in trace} | trace for trace in drawn]
    return {"data": traces, "layout": _layout(shown, history, theme, snapshot)}


def _map(shown: Playback, snapshot: int, theme: Theme) -> list[Trace]:
    side, level, ramp = shown.header["main"]["side"], shown.header["main"]["level"], shown.header["ramp"]
    # the bytes run from the top row down
    z = np.flipud(shown.arrays["map"].reshape(-1, side, side)[snapshot])
    place = {"x0": 0, "dx": 1 / (side - 1), "y0": 0, "dy": 1 / (side - 1), "z": z.tolist(), "showscale": False}
    colours = [[index / (len(ramp) - 1), "rgb({}, {}, {})".format(*colour)] for index, colour in enumerate(ramp)]
    several = len(shown.header["main"]["legend"]) > 2
    ground: Trace = {"type": "heatmap", "zmin": 0, "zmax": len(ramp) - 1, "colorscale": colours, "opacity": 0.62,
                     "zsmooth": False if several else "best"}  # fmt: skip
    if level is None:
        return [ground | place]
    line = {"type": "contour", "contours": {"type": "constraint", "operation": "=", "value": level, "coloring": "none"},
            "line": {"color": theme.text, "width": 1.8}}  # fmt: skip
    return [ground | place, line | place]


def _curve(shown: Playback, snapshot: int, theme: Theme) -> list[Trace]:
    x = np.linspace(0, 1, shown.arrays["curves"].shape[-1]).round(4).tolist()
    strokes = shown.header["main"]["strokes"]
    return [
        {"type": "scatter", "mode": "lines", "x": x, "y": y.round(4).tolist(), "line": {"color": colour, "width": 3}}
        for y, colour in zip(shown.arrays["curves"][snapshot], strokes, strict=True)
    ]


def _fit(shown: Playback, snapshot: int, theme: Theme) -> list[Trace]:
    targets, outputs = shown.arrays["targets"], shown.arrays["outputs"][snapshot]
    strokes, edge = shown.header["main"]["strokes"], {"color": theme.background, "width": 1}
    diagonal = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 1],
        "y": [0, 1],
        "line": {"color": theme.muted, "width": 1.5},
    }
    return [
        diagonal,
        *(
            {"type": "scatter", "mode": "markers", "x": x.tolist(), "y": y.tolist(),
             "marker": {"color": colour, "size": 8, "line": edge}}
            for x, y, colour in zip(targets.T, outputs.T, strokes, strict=True)
        ),
    ]  # fmt: skip


PANELS = {"map": _map, "curve": _curve, "fit": _fit}


def _dots(shown: Playback, part: str, theme: Theme) -> list[Trace]:
    if f"{part}Dots" not in shown.arrays:
        return []
    x, y = shown.arrays[f"{part}Dots"].T
    main, ramp = shown.header["main"], shown.header["ramp"]
    shades, shapes = shown.arrays[f"{part}Shades"].ravel(), shown.arrays[f"{part}Shapes"].ravel()
    colours = main["dots"] or ["rgb({}, {}, {})".format(*ramp[shade]) for shade in shades]
    edge = {"color": theme.outline, "width": 2} if part == "test" else {"color": main["edge"], "width": 1}
    marker = {"color": colours, "size": 7 if len(x) > 300 else 9, "symbol": [SYMBOLS[s] for s in shapes], "line": edge}
    return [{"type": "scatter", "mode": "markers", "x": x.tolist(), "y": y.tolist(), "marker": marker}]


def _names(shown: Playback) -> list[Trace]:
    """Return traces without points, which give the classes or outputs a place in the legend."""
    main, ramp = shown.header["main"], shown.header["ramp"]
    shades = ["rgb({}, {}, {})".format(*ramp[shade]) for shade in main["legendShades"]]
    colours = shades or main.get("strokes", [])[: len(main["legend"])]
    return [
        {"type": "scatter", "mode": "markers", "name": name, "x": [None], "y": [None],
         "marker": {"color": colour, "size": 9, "symbol": SYMBOLS[index % len(SYMBOLS)] if shades[2:] else "circle"}}
        for index, (name, colour) in enumerate(zip(map(literal, main["legend"]), colours, strict=True))
    ]  # fmt: skip


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


def _layout(shown: Playback, history: History, theme: Theme, snapshot: int) -> dict[str, Any]:
    main = shown.header["main"]
    axis = {"gridcolor": theme.line, "zeroline": False, "linecolor": theme.line, "showline": True, "mirror": True}
    x, y = (_shares(main[name]) | axis | {"showgrid": False} for name in ("x", "y"))
    return look.layout(
        theme,
        HEIGHT,
        width=WIDTH,
        paper_bgcolor=theme.background,
        title={"text": f"<b>{shown.header['titles'][snapshot]}</b>", "x": 0.5, "y": 0.96, "font": {"size": 16}},
        margin={"l": 64, "r": 24, "t": 80, "b": 56},
        showlegend=True,
        legend={"orientation": "h", "x": LOSS[1], "xanchor": "right", "y": 1.01, "yanchor": "bottom"},
        xaxis=x | {"domain": list(PANEL)},
        yaxis=y,
        xaxis2=axis | {"domain": list(LOSS), "title": {"text": "epochs"}, "range": [0, max(history.epochs, 1)]},
        yaxis2=axis | {"anchor": "x2", "title": {"text": "loss"}, "rangemode": "tozero", "automargin": True},
    )


def _shares(axis: dict[str, Any]) -> dict[str, Any]:
    """Return an axis from 0 to 1 that is labelled with the true values."""
    places, words = zip(*axis["ticks"], strict=True)
    return {
        "title": {"text": literal(axis["title"])},
        "range": [0, 1],
        "tickvals": list(places),
        "ticktext": list(words),
    }
