"""The order in which the text tells the steps: chapter by chapter, each layer's update with its gradients.

The order of the calculation is the trace's: there no parameter changes before all gradients are known.
"""

from collections.abc import Sequence

from engine.backprop.ops import OPS
from engine.backprop.step import Step


def reading_order(steps: Sequence[Step]) -> tuple[int, ...]:
    """Return the numbers of a trace's steps, counted from 1, so that no chapter follows a later one."""
    last = max(step.layer for step in steps)
    # sorting is stable: within a chapter it is the order of the calculation
    return tuple(sorted(range(1, len(steps) + 1), key=lambda number: _chapter(steps[number - 1], last)))


def _chapter(step: Step, last: int) -> int:
    """Return a number that grows from chapter to chapter: forward layer by layer, the loss, and back layer by layer."""
    match OPS[step.op].phase, step.op:
        case "forward", _:
            return step.layer
        case _, "weight_gradient" | "bias_gradient" | "weight_update" | "bias_update":
            return 2 * last + 2 - step.layer
        case "backward", _ if step.layer < last:
            return 2 * last + 2 - step.layer
        case "loss" | "backward", _:
            return last + 1
    # what is told after all chapters on layers
    return 2 * last + 2
