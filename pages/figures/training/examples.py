"""The examples of a run as dots of its large panel, and the legend of their classes."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.data import Dataset
from pages.figures import theme as look
from pages.figures.theme import Theme
from pages.figures.training.marks import Arrays, Dots, Key
from pages.figures.training.responses import SHADES, Bytes, ramp, shade

# Dots that are drawn at most: more only cover each other
MOST = 1_500


def examples(
    theme: Theme, data: Dataset, parts: dict[str, Dataset], places: Callable[[Dataset], Array]
) -> tuple[tuple[Dots, ...], Arrays]:
    """Return the examples of each part of the data as dots, at the places (n, 2) of each."""
    marks: list[Dots] = []
    arrays: Arrays = {}
    for name, whole in parts.items():
        part = whole.take(np.arange(min(whole.size, MOST)))
        x, y = places(part).T.astype(np.float32)
        arrays |= {f"{name}X": x[np.newaxis], f"{name}Y": y[np.newaxis]}
        arrays |= {f"{name}Shades": _shades(part)[np.newaxis], f"{name}Shapes": _shapes(part)[np.newaxis]}
        marks.append(_dots(theme, data, name, part.size))
    return tuple(marks), arrays


def _dots(theme: Theme, data: Dataset, name: str, count: int) -> Dots:
    classes, plane = data.kind == "classification", data.x.shape[1] > 1
    # a number close to 0 has nearly the colour of the ground
    edge = theme.muted if plane and not classes else theme.background
    return Dots(
        x=f"{name}X",
        y=f"{name}Y",
        shades=f"{name}Shades" if classes or plane else "",
        colour="" if classes or plane else theme.muted,
        shapes=f"{name}Shapes",
        radius=3 if count > 300 else 4.5,
        edge=theme.outline if name == "test" else edge,
        thickness=2 if name == "test" else 1,
    )


def _shades(part: Dataset) -> Bytes:
    """Return the place of each example's target in the ramp: classes at full certainty."""
    if part.classes is not None and len(part.outputs) > 2:
        return (part.classes * SHADES + SHADES - 1).astype(np.uint8)
    return shade(part.y, part)


def _shapes(part: Dataset) -> Bytes:
    if part.classes is not None and len(part.outputs) > 2:
        return part.classes.astype(np.uint8)
    return np.zeros(part.size, dtype=np.uint8)


def classes(theme: Theme, data: Dataset) -> tuple[Key, ...]:
    """Return the legend of the classes, each in its colour at full certainty."""
    if data.kind != "classification":
        return ()
    colours = ramp(theme, data)
    several = len(data.outputs) > 2
    places = [index * SHADES + SHADES - 1 if several else 255 * index for index in range(len(data.outputs))]
    return tuple(
        Key(words=name, colour=look.css(colours[place]), shape=index if several else 0)
        for index, (name, place) in enumerate(zip(data.outputs, places, strict=True))
    )
