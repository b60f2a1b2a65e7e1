"""The large panel of a run's player: a map over two inputs, a curve over one, or outputs against targets over more."""

from typing import Any

import numpy as np

from engine.arrays import Array
from engine.dataset import Dataset
from engine.history import History
from engine.stacked import activations
from pages.figures.charts import linear
from pages.figures.responses import SHADES, Window, output_map, shade
from pages.figures.theme import Theme

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
    if len(shown.low) == 2:
        return _map(history, data, test, shown)
    return _curve(theme, history, data, test, shown)


def _map(history: History, data: Dataset, test: Dataset | None, shown: Window) -> tuple[Header, Arrays]:
    header = {
        "kind": "map",
        "side": MAP,
        # where two classes are equally likely
        "level": 127.5 if data.kind == "classification" and len(data.outputs) == 2 else None,
        "x": axis(data.inputs[0], shown.low[0], shown.high[0]),
        "y": axis(data.inputs[1], shown.low[1], shown.high[1]),
        "legend": list(data.outputs) if data.kind == "classification" else [],
        "legendShades": _legend_shades(data),
    }
    arrays = {"map": output_map(history, shown, data, MAP)}
    for name, part in (("train", data), ("test", test)):
        if part:
            arrays |= _dots(name, shown.share(part.x[:DOTS]), _shades_of(part)[:DOTS], part)
    return header, arrays


def _dots(name: str, places: Array, shades: np.ndarray[Any, Any], part: Dataset) -> Arrays:
    shapes = part.classes[:DOTS] if part.classes is not None and len(part.outputs) > 2 else np.zeros(len(places))
    return {
        f"{name}Dots": places.astype(np.float32),
        f"{name}Shades": shades,
        f"{name}Shapes": shapes.astype(np.uint8),
    }


def _curve(theme: Theme, history: History, data: Dataset, test: Dataset | None, shown: Window) -> tuple[Header, Arrays]:
    outputs = activations(history.network, history.snapshot_parameters, shown.grid(CURVE))[-1]
    low, high = _range([data.y] + ([test.y] if test else []))
    header = {
        "kind": "curve",
        "x": axis(data.inputs[0], shown.low[0], shown.high[0]),
        "y": axis("output" if data.kind == "classification" else data.outputs[0], low, high),
        "strokes": [theme.accent] if outputs.shape[-1] == 1 else list(theme.classes[: outputs.shape[-1]]),
        "legend": list(data.outputs) if outputs.shape[-1] > 1 else [],
        "legendShades": _legend_shades(data),
    }
    curves = np.clip((np.moveaxis(outputs, -1, 1) - low) / (high - low), -2.0, 3.0)
    arrays: Arrays = {"curves": curves.astype(np.float32)}
    for name, part in (("train", data), ("test", test)):
        if part:
            # of one-hot targets the dot lies where the output of its class should be
            heights = part.y.max(axis=1)
            places = np.column_stack((shown.share(part.x)[:, 0], (heights - low) / (high - low)))[:DOTS]
            arrays |= _dots(name, places, _shades_of(part)[:DOTS], part)
    return header, arrays


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
