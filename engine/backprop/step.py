"""One step of a calculation: which op was applied to what, and what came out."""

from dataclasses import dataclass
from typing import Any

from engine.backprop.ops import OPS


@dataclass(frozen=True, eq=False, kw_only=True)
class Step:
    """One op applied: OPS[op].compute(*operands) is exactly `value`, a number or an array.

    layer counts from 1; neuron counts from 1 within its layer and is None where the step is the whole layer's.
    Of a batch, `stacked` is whether the layer's numbers are those of all examples at once, a row for each, and
    `example` whose step it is otherwise, counted from 1.
    """

    op: str
    layer: int
    neuron: int | None
    operands: tuple[Any, ...]
    value: Any
    stacked: bool = False
    example: int | None = None

    @property
    def phase(self) -> str:
        """One of "forward", "loss", "backward", "update"; of a batch also "examples", where their gradients meet."""
        return OPS[self.op].phase
