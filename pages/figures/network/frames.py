"""What an animated figure consists of: the traces before the first step, and what each step changes in them."""

from dataclasses import dataclass
from typing import Any

from pages.figures.network.canvas import Patch, Trace


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One step as it is played. `column` is where in the picture it happens.

    `line` is its formula in LaTeX, with the places of its numbers (engine/formulas/marks.py); `why` is a sentence on
    how it comes out so (engine/reasons).
    """

    title: str
    phase: str
    line: str
    why: str
    column: float
    setup: Patch
    move: Patch
    reveal: Patch


@dataclass(frozen=True)
class Animation:
    """The traces before the first step, the layout, and the frames, one a step."""

    traces: list[Trace]
    layout: dict[str, Any]
    frames: tuple[Frame, ...]
