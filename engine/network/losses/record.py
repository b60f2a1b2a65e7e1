"""What a loss is: value, gradient, what outputs and targets it allows, and its joint forms as data.

A joint form takes loss and output activation as one function of the pre-activations z.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.arrays import Array, saturating
from engine.network.source import Code

# how far the sum of targets may be from 1 by rounding: 0.7 + 0.2 + 0.1 is not 1 in float64
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Logarithm:
    r"""A logarithm in an entropy: `of(z)` has its value also where its argument has rounded to 0; `share(y)` times it.

    In the LaTeX, in the tokens of Loss, arguments below `least` cannot be read off an activation as it is shown.
    """

    latex: str
    least: float
    share: Callable[[Array], Array]
    of: Callable[[Array], Array]


@dataclass(frozen=True, kw_only=True)
class JointForm:
    """Loss and output activation in one: an entropy made of logarithms, and `delta(z, y)` = dL/dz of the shape of z.

    `latex` is delta_j, in the tokens of Loss.
    """

    logarithms: tuple[Logarithm, ...]
    delta: Callable[[Array, Array], Array]
    latex: str
    code: Code
    # the same where the targets sum to 1
    normalised_latex: str = ""
    # whether delta_j can be written with the j-th output and target alone
    local: bool = True
    min_outputs: int = 1

    def latex_for(self, y: Array) -> str:
        """Return delta_j as it is written for these targets."""
        return self.normalised_latex if self.normalised_latex and adds_up_to_one(y) else self.latex

    @saturating
    def value(self, z: Array, y: Array) -> Array:
        """Return the loss of pre-activations z and targets y, summed over the last axis."""
        first, *others = (log.share(y) * log.of(z) for log in self.logarithms)
        return -sum(others, first).sum(axis=-1)


@dataclass(frozen=True, kw_only=True)
class Loss:
    r"""A loss of outputs a and targets y: `value(a, y)` sums over the last axis, `gradient(a, y, n)` is elementwise.

    `n` is the number of outputs, given apart so that one neuron's gradient can be computed from its own a and y.
    In the LaTeX, `\a` and `\y` stand for output and target and `\n` for n; `latex` is the whole, made of one term an
    output (`term_latex`) put together as in `sum_latex` (`\s`). `targets` are the limits of an allowed target;
    `joint` maps an output activation to the joint form with it. A loss with `only_joint` allows no other activation,
    and so has no code of its own. `elsewhere` says how books and libraries write it, where that is not one of the
    squared errors, which are there with a ½ and without, as sum and as mean.
    """

    name: str
    title: str
    symbol: str
    latex: str
    term_latex: str
    sum_latex: str
    gradient_latex: str
    remark: str
    value: Callable[[Array, Array], Array]
    gradient: Callable[[Array, Array, int], Array]
    targets: tuple[float, float] = (-np.inf, np.inf)
    joint: Mapping[str, JointForm] = field(default_factory=dict)
    only_joint: bool = False
    code: Code | None = None
    elsewhere: str = ""

    def allows(self, activation: str, n_out: int) -> bool:
        """Return whether an output layer of this activation with so many neurons goes with the loss."""
        form = self.joint.get(activation)
        return n_out >= form.min_outputs if form else not self.only_joint

    def allows_targets(self, y: Array) -> bool:
        """Return whether all targets are within the loss's limits."""
        return not self.outside(y).size

    def outside(self, y: Array) -> Array:
        """Return the targets that are beyond the limits."""
        low, high = self.targets
        return y[(y < low) | (y > high)]


def adds_up_to_one(y: Array) -> bool:
    """Return whether the targets y (..., n_out) add up to 1, but for rounding; of a batch each example's."""
    return bool((np.abs(np.sum(y, axis=-1) - 1.0) <= _ROUNDING).all())
