"""Numbers of an input that is an image, as images: x itself, and the weights with which a neuron looks at it.

A neuron's weights, drawn where the pixels are that they belong to, show what it answers to: z is their sum of products.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import compact
from engine.formulas.plain import subscript
from pages.figures.network.canvas import Trace
from pages.figures.theme import Theme, layout

# pixels on a side; of fewer inputs numbers say more
LEAST_SIDE = 8
PER_ROW, MOST_SHOWN = 6, 12
# of one image, in pixels of the screen, without its name
_TALL, _NAME = 92, 24


def side(n_in: int) -> int | None:
    """Return the pixels on a side if so many inputs are taken for a square image, or None."""
    root = math.isqrt(n_in)
    return root if root >= LEAST_SIDE and root**2 == n_in else None


def input_image(theme: Theme, x: Array) -> dict[str, Any]:
    """Return the input x (n,), n a square, as an image."""
    return _figure(theme, [x], ["x"], float(np.abs(x).max()), 1)


def weight_images(theme: Theme, W: Array, first: int) -> dict[str, Any]:
    """Return the weights of MOST_SHOWN neurons from `first` on, counted from 1, of W (n_out, n), in one scale."""
    rows = W[first - 1 : first - 1 + MOST_SHOWN]
    names = [f"w{subscript(first + k)}" for k in range(len(rows))]
    return _figure(theme, list(rows), names, float(np.abs(W).max()), min(PER_ROW, len(rows)))


def _figure(theme: Theme, images: Sequence[Array], names: Sequence[str], largest: float, per_row: int) -> Trace:
    n = math.isqrt(len(images[0]))
    # room for the name above each image
    gap = max(2, n // 8)
    name_room = round(n * _NAME / _TALL) + 1
    rows = -(-len(images) // per_row)
    sheet = np.full((rows * (n + name_room), per_row * (n + gap) - gap), np.nan)
    annotations = []
    for k, (image, name) in enumerate(zip(images, names, strict=True)):
        row, column = divmod(k, per_row)
        top, left = row * (n + name_room) + name_room, column * (n + gap)
        sheet[top : top + n, left : left + n] = image.reshape(n, n)
        annotations.append(_name(theme, name, left + n / 2 - 0.5, top - 0.5))
    return {
        "data": [
            {"type": "heatmap", "z": _cells(sheet), "zmin": -(largest or 1.0), "zmax": largest or 1.0,
             "colorscale": theme.value_colorscale, "showscale": False, "hoverongaps": False,
             "hovertemplate": "%{z}<extra></extra>"}
        ],
        "layout": layout(theme, rows * (_TALL + _NAME) + 8)
        | {
            "margin": {"l": 0, "r": 0, "t": 0, "b": 4},
            "xaxis": {"visible": False, "constrain": "domain", "fixedrange": True},
            "yaxis": {"visible": False, "autorange": "reversed", "scaleanchor": "x", "constrain": "domain",
                      "fixedrange": True},
            "annotations": annotations,
        },
    }  # fmt: skip


def _name(theme: Theme, name: str, x: float, y: float) -> dict[str, Any]:
    return {"x": x, "y": y, "text": f"<i>{name}</i>", "showarrow": False, "yanchor": "bottom",
            "font": {"size": 12, "color": theme.text}}  # fmt: skip


def _cells(sheet: Array) -> list[list[float | None]]:
    # four digits are more than a colour shows, and a third of what is sent
    return [[None if math.isnan(value) else float(f"{value:.4g}") for value in row] for row in sheet.tolist()]


def scale_words(values: Array) -> str:
    """Return what the colours mean, in words: the range of the numbers."""
    return f"from {compact(float(values.min()))} to {compact(float(values.max()))}"
