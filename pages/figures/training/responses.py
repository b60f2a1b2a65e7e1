"""What every neuron of a run's networks answers over the plane of the inputs, as one byte a point.

A byte is a place in a ramp of 256 colours, so that the browser only looks colours up and can do so at every frame.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.arrays import Array
from engine.backprop.many_networks import activations
from engine.data import Dataset
from engine.training.history import History
from pages.figures import theme as look
from pages.figures.theme import Theme

Bytes = NDArray[np.uint8]

# Bytes that all tiles of a run may take together
_BUDGET = 420_000
# Shades of one class, from uncertain to certain
SHADES = 25


@dataclass(frozen=True)
class Window:
    """The range of each input that is shown; all the data lie inside."""

    low: tuple[float, ...]
    high: tuple[float, ...]

    def grid(self, resolution: int) -> Array:
        """Return points (resolution^n, n), the first input fastest, the last one from top to bottom."""
        axes = [np.linspace(low, high, resolution) for low, high in zip(self.low, self.high, strict=True)]
        if len(axes) > 1:
            axes[1] = axes[1][::-1]
        return np.stack(np.meshgrid(*axes), axis=-1).reshape(-1, len(axes))

    def axes(self, data: Dataset) -> list[tuple[str, float, float]]:
        """Return title and range of each axis, in the data's own units."""
        ends = zip(data.inputs, self.low, self.high, strict=True)
        return [(name, *data.input_scaling(index).ends(low, high)) for index, (name, low, high) in enumerate(ends)]

    def share(self, values: Array) -> Array:
        """Return inputs (n, n_in) as shares of the window, from 0 to 1."""
        low, high = np.array(self.low), np.array(self.high)
        return (values - low) / (high - low)


def drawable(data: Dataset) -> bool:
    """Return whether a plane can show the data: of one or two inputs, with as many classes as there are shades for."""
    return data.x.shape[1] <= 2 and (data.kind != "classification" or len(data.outputs) <= 256 // SHADES)


def window(data: Dataset, own_units: bool = False, margin: float = 0.12) -> Window:
    """Return the range of the data with a margin; two inputs of about the same range get the same one.

    It is in the network's units, or in those that the data had before they were standardised.
    """
    x = data.own_x if own_units else data.x
    low, high = x.min(axis=0), x.max(axis=0)
    reach = np.where(high > low, high - low, 1.0)
    if len(reach) == 2 and reach.max() < 2 * reach.min():
        reach[:] = reach.max()
    middle, half = (low + high) / 2, reach * (0.5 + margin)
    return Window(tuple((middle - half).tolist()), tuple((middle + half).tolist()))


def output_map(history: History, shown: Window, data: Dataset, resolution: int) -> Bytes:
    """Return the output at every snapshot, (S, resolution, resolution): as a number, or as class and certainty."""
    grid = shown.grid(resolution)
    maps = [
        shade(activations(history.network, theta[np.newaxis], grid)[-1][0], data)
        for theta in history.snapshot_parameters
    ]
    return np.stack(maps).reshape(-1, resolution, resolution)


def ramp(theme: Theme, data: Dataset) -> list[list[int]]:
    """Return the 256 colours of the data's output: from negative to positive, or the shades of each class."""
    if data.kind == "classification" and len(data.outputs) > 2:
        shades = [look.ramp((theme.zero, colour), SHADES) for colour in theme.classes[: len(data.outputs)]]
        return [colour for shade in shades for colour in shade]
    return look.ramp((theme.value.negative, theme.zero, theme.value.positive), 256)


def shade(output: Array, data: Dataset) -> Bytes:
    """Return outputs (..., n_out) as places in the data's ramp."""
    if output.shape[-1] > 1 and data.kind == "classification" and len(data.outputs) > 2:
        best = np.clip(output.max(axis=-1), 0.0, 1.0)
        return _bytes(output.argmax(axis=-1) * SHADES + best * (SHADES - 1))
    if data.kind == "classification":
        positive = output[..., 0] if output.shape[-1] == 1 else output[..., 1]
        return _bytes(255 * positive)
    return signed(output[..., 0], float(np.abs(data.y).max()))


def signed(values: Array, largest: float) -> Bytes:
    """Return values from -largest to largest as places from 0 to 255, 0 in the middle."""
    return _bytes(127.5 + 127.5 * values / max(largest, 1e-12))


def tiles(history: History, shown: Window | None, data: Dataset) -> tuple[list[Bytes], int]:
    """Return each layer's neurons at every snapshot, (n, S, points), and the number of points along a side.

    Two inputs make a square, one a row; of more inputs a neuron's tile is its mean over the data.
    Each neuron's largest value of the run is the end of its ramp.
    """
    count = sum(history.network.sizes[1:]) * len(history.snapshot_epochs)
    side = int(np.clip(np.sqrt(_BUDGET / count), 8, 26)) if shown else 1
    points = shown.grid(side) if shown else data.x
    layers = activations(history.network, history.snapshot_parameters, points)
    if shown is None:
        layers = [layer.mean(axis=1, keepdims=True) for layer in layers]
    return [_scaled(layer) for layer in layers], side


def _scaled(layer: Array) -> Bytes:
    neurons = np.moveaxis(layer, -1, 0)
    largest = np.abs(neurons).max(axis=(1, 2), keepdims=True)
    return _bytes(127.5 + 127.5 * neurons / np.maximum(largest, 1e-12))


def _bytes(values: Array) -> Bytes:
    return np.clip(np.nan_to_num(values, nan=127.0), 0, 255).round().astype(np.uint8)
