"""The large panel of a run's player: a map over two inputs, a curve over one, or outputs against targets over more."""

from typing import Any

import numpy as np

from engine.arrays import Array
from engine.backprop.many_networks import activations
from engine.data import Dataset
from engine.training.history import History
from pages.figures.theme import Theme
from pages.figures.training.responses import SHADES, Window, output_map, shade
from pages.figures.training.svg_charts import linear

# Points along a side of the map and along a curve
MAP, CURVE = 56, 160
# Dots that are drawn at most: more only cover each other
DOTS = 1_500

Header = dict[str, Any]
Arrays = dict[str, np.ndarray[Any, Any]]


def panel(
    theme: Theme, history: History, data: Dataset, test: Dataset | None, shown: Window | None
) -> tuple[Header, Arrays]:
    """Return header and arrays of the panel that suits the number of inputs."""
    if shown is None:
        return _fit(theme, history, data)
    parts = {"train": data} | ({"test": test} if test else {})
    if len(shown.low) == 2:
        header, arrays = _map(history, data, shown)
        places = {name: shown.share(part.x) for name, part in parts.items()}
    else:
        low, high = _range([part.y for part in parts.values()])
        header, arrays = _curve(theme, history, data, shown, (low, high))
        # of one-hot targets the dot lies where the output of its class should be
        heights = {name: (part.y.max(axis=1) - low) / (high - low) for name, part in parts.items()}
        places = {name: np.column_stack((shown.share(part.x), heights[name])) for name, part in parts.items()}
    for name, part in parts.items():
        arrays |= _dots(name, places[name][:DOTS], part.take(np.arange(min(part.size, DOTS))))
    return header | _look_of_dots(theme, data, len(shown.low)), arrays


def _look_of_dots(theme: Theme, data: Dataset, n_in: int) -> Header:
    """Return the edge of a dot, its colour if it is not its target's, and the legend."""
    classes = data.kind == "classification"
    return {
        # a number close to 0 has nearly the colour of the ground
        "edge": theme.background if classes or n_in == 1 else theme.muted,
        "dots": None if classes or n_in == 2 else theme.muted,
        "legend": list(data.outputs) if classes else [],
        "legendShades": _legend_shades(data),
    }


def _map(history: History, data: Dataset, shown: Window) -> tuple[Header, Arrays]:
    header = {
        "kind": "map",
        "side": MAP,
        # where two classes are equally likely
        "level": 127.5 if data.kind == "classification" and len(data.outputs) == 2 else None,
        "x": axis(data.inputs[0], shown.low[0], shown.high[0]),
        "y": axis(data.inputs[1], shown.low[1], shown.high[1]),
    }
    return header, {"map": output_map(history, shown, data, MAP)}


def _curve(
    theme: Theme, history: History, data: Dataset, shown: Window, heights: tuple[float, float]
) -> tuple[Header, Arrays]:
    low, high = heights
    outputs = activations(history.network, history.snapshot_parameters, shown.grid(CURVE))[-1]
    header = {
        "kind": "curve",
        "x": axis(data.inputs[0], shown.low[0], shown.high[0]),
        "y": axis("output" if data.kind == "classification" else data.outputs[0], low, high),
        "strokes": [theme.accent] if outputs.shape[-1] == 1 else list(theme.classes[: outputs.shape[-1]]),
    }
    curves = np.clip((np.moveaxis(outputs, -1, 1) - low) / (high - low), -2.0, 3.0)
    return header, {"curves": curves.astype(np.float32)}


def _dots(name: str, places: Array, part: Dataset) -> Arrays:
    shapes = part.classes if part.classes is not None and len(part.outputs) > 2 else np.zeros(part.size)
    return {
        f"{name}Dots": places.astype(np.float32),
        f"{name}Shades": _shades_of(part),
        f"{name}Shapes": shapes.astype(np.uint8),
    }


def _fit(theme: Theme, history: History, data: Dataset) -> tuple[Header, Arrays]:
    y = data.targets_for(history.network.sizes[-1])
    rows = max(DOTS // y.shape[1], 1)
    outputs = activations(history.network, history.snapshot_parameters, data.x[:rows])[-1]
    low, high = _range([y, outputs])
    header = {
        "kind": "fit",
        "x": axis("target", low, high),
        "y": axis("output", low, high),
        "strokes": [theme.classes[index % len(theme.classes)] for index in range(y.shape[1])],
        "legend": [f"output {number}" for number in range(1, y.shape[1] + 1)] if y.shape[1] > 1 else [],
        "legendShades": [],
    }
    return header, {
        "targets": ((y[:rows] - low) / (high - low)).astype(np.float32),
        "outputs": ((outputs - low) / (high - low)).astype(np.float32),
    }


def axis(title: str, low: float, high: float) -> Header:
    """Return an axis from low to high: its title, and its ticks as (share, label)."""
    scale = linear([np.array([low, high])])
    ticks = [
        [round((tick - low) / (high - low), 4), words] for tick, words in zip(scale.ticks, scale.labels, strict=True)
    ]
    return {"title": title, "ticks": ticks}


def _range(parts: list[Array]) -> tuple[float, float]:
    low, high = min(float(p.min()) for p in parts), max(float(p.max()) for p in parts)
    margin = 0.12 * (high - low) or 0.5
    return low - margin, high + margin


def _shades_of(part: Dataset) -> np.ndarray[Any, Any]:
    """Return the place of each example's target in the ramp: classes at full certainty."""
    if part.classes is not None and len(part.outputs) > 2:
        return (part.classes * SHADES + SHADES - 1).astype(np.uint8)
    return shade(part.y, part)


def _legend_shades(data: Dataset) -> list[int]:
    if data.kind != "classification":
        return []
    if len(data.outputs) == 2:
        return [0, 255]
    return [index * SHADES + SHADES - 1 for index in range(len(data.outputs))]
