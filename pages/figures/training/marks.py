"""What the large panel of a run is made of: said once, and drawn by the player's canvas and by the figure for a file.

Places are shares of the axes, from 0 to 1. Marks name the arrays that hold them; the first axis of an array has an
entry for each snapshot, or a single one that stays.
"""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np

Arrays = dict[str, np.ndarray[Any, Any]]


class Shape(NamedTuple):
    """The outline of a dot: Plotly's name, and for a canvas its corners (0: round) and the angle of the first, in °."""

    symbol: str
    corners: int = 0
    angle: int = -90


# a class is told by its shape too
SHAPES = (
    Shape("circle"),
    Shape("triangle-up", 3),
    Shape("square", 4, 45),
    Shape("diamond", 4),
    Shape("pentagon", 5),
    Shape("hexagon", 6),
    Shape("triangle-down", 3, 90),
    Shape("triangle-left", 3, 180),
    Shape("triangle-right", 3, 0),
    Shape("octagon", 8, 22),
)


@dataclass(frozen=True, kw_only=True)
class Axis:
    """A title, and ticks as (share, label)."""

    title: str
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """A map (S, side, side) of places in the ramp, from the top row down, and the line where it crosses a level.

    It is `blended` if what lies between two places in the ramp has a colour between theirs.
    """

    array: str
    side: int
    blended: bool
    level: float | None = None
    colour: str = ""
    width: float = 1.8
    opacity: float = 0.62
    kind: Literal["ground"] = "ground"


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Heights (S or 1, lines, points) at equal steps across, each line in a colour."""

    array: str
    colours: tuple[str, ...]
    width: float
    kind: Literal["lines"] = "lines"


@dataclass(frozen=True, kw_only=True)
class Dots:
    """Dots at x, y (S or 1, dots), all in a colour or, with `shades`, each at a place in the ramp; sizes in pixels.

    `beside` is how far they are moved to the right, so that those at the same place are seen.
    """

    x: str
    y: str
    radius: float
    edge: str
    thickness: float = 1
    colour: str = ""
    shades: str = ""
    shapes: str = ""
    beside: float = 0
    kind: Literal["dots"] = "dots"


Mark = Ground | Lines | Dots


@dataclass(frozen=True, kw_only=True)
class Key:
    """A line of the legend; `shape` is a place in SHAPES."""

    words: str
    colour: str
    shape: int = 0


@dataclass(frozen=True, kw_only=True)
class Panel:
    """All of the panel: its marks from the lowest up, those that stay before those that move, the ground first.

    `neuron` is the mark that stands in for the one of its kind when a neuron is pointed at, whose answers it shows;
    `parts` are the parts of the data that are told apart.
    """

    name: str
    x: Axis
    y: Axis
    marks: tuple[Mark, ...]
    keys: tuple[Key, ...] = ()
    parts: tuple[str, ...] = ()
    neuron: Ground | Lines | None = None
