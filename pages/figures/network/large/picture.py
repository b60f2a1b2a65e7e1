"""The traces of the picture of a large network, before the first step.

Every cell is a number of the network: where there is no room for all, the one of the largest size in its block.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.notations import OURS, Notation
from engine.formulas.numbers import compact
from engine.formulas.symbols import layer_name
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.places import Neuron, Weight
from pages.figures.network.canvas import Trace
from pages.figures.network.large.geometry import APART, MAP, NARROW, STRIP, Summary
from pages.figures.network.large.pooling import Pooled, pooled
from pages.figures.network.letters import letter
from pages.figures.network.picture import EMPTY, layout
from pages.figures.theme import Palette, Theme

# up to so many cells a strip has room for its numbers
MOST_WRITTEN = 12


def blank(numbers: Summary, theme: Theme, notation: Notation = OURS) -> dict[str, Trace]:
    """Return all traces by name: input, weights, biases and targets are known, the rest is not."""
    network, geometry = numbers.experiment.network, numbers.geometry
    column = partial(strip, numbers, theme, notation=notation)
    traces = {"focus": _outline(theme), "pulses": _pulses(theme), "connectors": _connectors(numbers, theme)}
    for number, layer in enumerate(network.layers, start=1):
        traces[f"map{number}"] = _cells(numbers, number, geometry.x(number - 0.5), MAP, layer.W) | in_colours(
            theme, layer.W, "w", notation
        )
        for name, side in (("bias", -APART), ("delta", APART)):
            traces[f"{name}{number}"] = column(number, geometry.x(number) + side, NARROW, layer.b, "b")
        traces[f"delta{number}"] |= {"z": unknown(layer.b)}
    for number, values in enumerate(numbers.forward.a):
        traces[f"strip{number}"] = column(number, geometry.x(number), STRIP, values, "a")
        if number:
            traces[f"strip{number}"] |= {"z": unknown(values), "text": [[EMPTY]] * len(pooled_strip(values).values)}
    traces["target"] = column(geometry.last, geometry.target_column, STRIP, numbers.experiment.y, "y")
    return traces | {"captions": _captions(numbers, theme, notation), "loss": _loss(numbers, theme)}


def picture_layout(numbers: Summary, theme: Theme) -> dict[str, Any]:
    """Return the layout, with the number of neurons in the headings and a frame around every strip and map."""
    return layout(numbers, theme) | {
        # what is under the pointer: over a small picture lie spots instead
        "hovermode": "closest",
        "annotations": list(_headings(numbers, theme)),
        "shapes": list(_frames(numbers, theme)),
    }


def strip(
    numbers: Summary, theme: Theme, layer: int, x: float, width: float, values: Array, kind: str, notation: Notation
) -> Trace:
    """Return the cells of a vector beside each other from top to bottom, in the colours of their kind."""
    cells = pooled_strip(values)
    trace = _cells(numbers, layer, x, width, values[:, np.newaxis]) | in_colours(
        theme, values[:, np.newaxis], kind, notation
    )
    places = [Neuron(layer, row + 1).text for row in cells.rows[:, 0].tolist()]
    return trace | {
        "customdata": [[place] for place in places],
        "text": written(values) if width == STRIP else [[EMPTY]] * len(places),
        "texttemplate": "%{text}",
        "textfont": {"size": 12},
    }


def in_colours(theme: Theme, values: Array, kind: str, notation: Notation = OURS) -> Trace:
    """Return what a heat map shows of `values`: numbers, colours and the text under the mouse."""
    largest = float(np.abs(values).max()) or 1.0
    gradient = kind in ("δ", "∂w", "∂b")
    cells = pooled(values)
    whole = "" if cells.values.shape == values.shape else "<br>the largest of its block"
    return {
        "z": rounded(cells.values),
        "zmin": -largest,
        "zmax": largest,
        "colorscale": theme.gradient_colorscale if gradient else theme.value_colorscale,
        "hovertemplate": f"<i>{letter(kind, notation)}</i> = %{{z}}{whole}<extra></extra>",
    }


def rounded(values: Array) -> list[list[float]]:
    """Return the numbers to four digits, which is more than a colour shows."""
    return [[float(f"{value:.4g}") for value in row] for row in values.tolist()]


def written(values: Array) -> list[list[str]]:
    """Return the numbers of a strip as text, or blanks where there is no room."""
    cells = pooled_strip(values).values[:, 0]
    return [[compact(value, digits=2) if len(values) <= MOST_WRITTEN else EMPTY] for value in cells]


def pooled_strip(values: Array) -> Pooled:
    """Return a vector as a column of cells."""
    return pooled(values[:, np.newaxis])


def unknown(values: Array) -> list[list[None]]:
    """Return the cells of a vector that is not computed yet."""
    return [[None]] * len(pooled_strip(values).values)


def spread(name: str, values: Array, palette: Palette) -> str:
    """Return the smallest and the largest of the numbers, in the palette's colours."""
    ends = [float(values.min()), float(values.max())]
    low, high = (f"<span style='color:{palette.ink(end)}'>{compact(end)}</span>" for end in ends)
    return f"<i>{name}</i> {low} … {high}"


def _cells(numbers: Summary, layer: int, x: float, width: float, values: Array) -> Trace:
    cells = pooled(values)
    rows, columns = cells.values.shape
    trace: Trace = {"type": "heatmap", "showscale": False, "hoverongaps": False}
    if columns > 1 or width == MAP:
        trace["customdata"] = [
            [Weight(layer, row + 1, column + 1).text for row, column in zip(*pair, strict=True)]
            for pair in zip(cells.rows.tolist(), cells.columns.tolist(), strict=True)
        ]
    return trace | numbers.geometry.cells(x, width, layer, (rows, columns))


def _outline(theme: Theme) -> Trace:
    return {"type": "scatter", "mode": "lines", "x": [], "y": [], "hoverinfo": "skip",
            "line": {"color": theme.outline, "width": 3}}  # fmt: skip


def _pulses(theme: Theme) -> Trace:
    return {"type": "scatter", "mode": "markers", "x": [], "y": [], "hoverinfo": "skip",
            "marker": {"size": [], "color": [], "line": {"width": 1, "color": theme.background}}}  # fmt: skip


def _connectors(numbers: Summary, theme: Theme) -> Trace:
    geometry = numbers.geometry
    middle = geometry.loss[1]
    output, target = geometry.x(geometry.last) + APART + NARROW, geometry.target_column
    x = [output, target - STRIP / 2, None, target + STRIP / 2, geometry.loss[0]]
    y = [middle, middle, None, middle, middle]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "hoverinfo": "skip",
            "line": {"color": theme.line, "width": 1.5, "dash": "dot"}}  # fmt: skip


def _captions(numbers: Summary, theme: Theme, notation: Notation) -> Trace:
    geometry = numbers.geometry
    first = spread(letter("x", notation), numbers.experiment.x, theme.value)
    return {
        "type": "scatter", "mode": "text", "hoverinfo": "skip", "textposition": "bottom center", "cliponaxis": False,
        "textfont": {"size": 12, "color": theme.muted},
        "x": [geometry.x(layer) for layer in range(len(geometry.sizes))],
        "y": [geometry.top(layer) - geometry.tall(layer) - 4 for layer in range(len(geometry.sizes))],
        "text": [first] + [EMPTY] * geometry.last,
    }  # fmt: skip


def _loss(numbers: Summary, theme: Theme) -> Trace:
    x, y = numbers.geometry.loss
    return {
        "type": "scatter", "mode": "markers+text", "cliponaxis": False, "x": [x], "y": [y], "text": [EMPTY],
        "textfont": {"size": 14, "color": theme.text}, "hoverinfo": "text",
        "hovertext": ["The loss: how far the output is from the target"],
        "marker": {"symbol": ["diamond"], "size": [64], "color": theme.surface,
                   "line": {"width": 1.5, "color": theme.muted}},
    }  # fmt: skip


def _headings(numbers: Summary, theme: Theme) -> Iterator[dict[str, Any]]:
    network, geometry = numbers.experiment.network, numbers.geometry
    below = [(), *((ACTIVATIONS[layer.activation].title,) for layer in network.layers)]
    words = [
        (geometry.x(layer), layer_name(network, layer), (*named, f"{size} neurons"))
        for layer, (named, size) in enumerate(zip(below, geometry.sizes, strict=True))
    ]
    words.append((geometry.target_column, "Target", ()))
    words.append((geometry.loss[0], "Loss", (LOSSES[network.loss].title,)))
    for x, name, lines in words:
        muted = "".join(f"<br><span style='color:{theme.muted}'>{line}</span>" for line in lines)
        yield {"x": x, "y": geometry.height - 6, "yanchor": "top", "showarrow": False, "text": f"<b>{name}</b>{muted}",
               "font": {"size": 13, "color": theme.text}}  # fmt: skip


def _frames(numbers: Summary, theme: Theme) -> Iterator[dict[str, Any]]:
    geometry = numbers.geometry
    boxes = [(layer, geometry.x(layer), STRIP) for layer in range(len(geometry.sizes))]
    for layer in range(1, len(geometry.sizes)):
        boxes += [(layer, geometry.x(layer) + side, NARROW) for side in (-APART, APART)]
        boxes.append((layer, geometry.x(layer - 0.5), MAP))
    boxes.append((geometry.last, geometry.target_column, STRIP))
    for layer, x, width in boxes:
        top = geometry.top(layer)
        yield {"type": "rect", "x0": x - width / 2, "x1": x + width / 2, "y0": top - geometry.tall(layer), "y1": top,
               "line": {"color": theme.line, "width": 1}, "layer": "above"}  # fmt: skip
