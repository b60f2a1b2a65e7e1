"""What the last change made of the loss, if it was one number, and what the gradient had promised of it."""

from typing import Any

import numpy as np

from engine import Experiment
from engine.analysis.ranges import evaluated, gradient, note_between
from engine.formulas.notations import Notation, Translation
from engine.memory import remembered
from engine.network.editing import number_at, only_difference
from pages.figures.size import is_large
from pages.widgets.session import changes, shown

# of the curve, and how far it goes on beyond the change, as a share of it
POINTS, BEYOND = 41, 0.6


def promised() -> dict[str, Any] | None:
    """Return what the player shows of the last change: its place, the loss and what is said of it, and a curve."""
    before = changes.before()
    number = shown.example()
    # what stands in the picture is one example's: of another one's numbers nothing is seen there
    if before is None or number > before.examples:
        return None
    return _promised(before.in_batch(number), shown.looked_at(), shown.notation())


@remembered
def _promised(before: Experiment, after: Experiment, notation: Notation) -> dict[str, Any] | None:
    place = None if is_large(after.network.sizes) else only_difference(before, after)
    if place is None:
        return None
    old, new = number_at(before, place), number_at(after, place)
    beyond = BEYOND * abs(new - old)
    numbers = np.linspace(min(old, new) - beyond, max(old, new) + beyond, POINTS).tolist()
    stack, allowed = evaluated(before, place, [new, *numbers])
    losses = stack.batch_loss.tolist()
    return {
        "place": place.text,
        "number": new,
        "loss": losses[1],
        "note": Translation(notation, after.network.sizes).words(note_between(before, after, place)),
        "base": {"number": old, "loss": losses[0], "gradient": gradient(before, place)},
        "points": sorted(point for point in zip((old, *allowed), losses, strict=True) if np.isfinite(point[1])),
    }
