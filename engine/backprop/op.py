"""What a kind of step is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Op:
    """A kind of step: its phase, what it is called, its rule in LaTeX, why it is so, and how it is computed.

    `compute(*operands)` takes one neuron's numbers, a whole layer's, or (in the passes) a batch.
    """

    name: str
    phase: str
    title: str
    rule: str
    why: str
    compute: Callable[..., Any]
    # what it is called where it is of several neurons at once
    titles: str = ""
    # the rule of a whole layer's step, where it is another one; and whether a step is the whole network's
    layer_rule: str = ""
    everywhere: bool = False
    # whether only a batch has such steps
    together: bool = False
