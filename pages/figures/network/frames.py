"""What an animated figure consists of: the traces before the first step, and what each step changes in them."""

from dataclasses import dataclass
from typing import Any

from engine import Step
from engine.backprop.learning_step import Computed
from engine.formulas.equations import line_with_places, title
from engine.formulas.notations import Notation
from engine.reasons import why
from pages.figures.network.canvas import Patch, Trace


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said of a step: `line` is its formula in LaTeX, with the places of its numbers, `why` a sentence on how
    it comes out so (engine/formulas/marks.py, engine/reasons).
    """

    title: str
    phase: str
    line: str
    why: str


def words(step: Step, known: Computed, notation: Notation) -> Words:
    """Return what is said of a step of a trace, in a notation."""
    experiment = known.experiment
    return Words(
        title=title(step, experiment),
        phase=step.phase,
        line=line_with_places(step, experiment, notation),
        why=why(step, known, notation),
    )


@dataclass(frozen=True, kw_only=True)
class Frame(Words):
    """One step as it is played. `column` is where in the picture it happens."""

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
