"""What a slip is: a classical mistake in one step of the calculation, with the number that comes of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from engine.arrays import Array
from engine.gradcheck.by_hand import Worked
from engine.network.activations import ACTIVATIONS

# what a slip makes of all numbers of a kind in a layer, laid out as they are: NaN where it cannot be made, None nowhere
Rule = Callable[[Worked, int], Array | None]


@dataclass(frozen=True, kw_only=True)
class Slip:
    """A mistake in one step: `said` ends the sentence "That is what comes out when …".

    `values` has a rule for each kind of number (engine.gradcheck.by_hand.KINDS) that comes out wrong by it.
    """

    name: str
    title: str
    said: str
    values: Mapping[str, Rule] = field(default_factory=dict)


def square(worked: Worked, layer: int) -> bool:
    """Return whether a layer has as many neurons as the one before, and more than one."""
    own = worked.problem.layer(layer)
    return own.n_in == own.n_out > 1


def is_last(worked: Worked, layer: int) -> bool:
    """Return whether a layer is the output."""
    return layer == len(worked.problem.network.layers)


def has_slope(worked: Worked, layer: int) -> bool:
    """Return whether delta is worked out as dL/da times f'(z) in a layer, and in no joint form."""
    return not (is_last(worked, layer) and worked.problem.network.joint_form)


def elementwise(worked: Worked, layer: int) -> bool:
    """Return whether each activation of a layer depends on its own z alone."""
    return ACTIVATIONS[worked.problem.layer(layer).activation].elementwise
