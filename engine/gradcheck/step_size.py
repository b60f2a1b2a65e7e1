"""The error of difference quotients against their step: large steps truncate, small ones drown in rounding.

The curve has the shape of a V, and its lowest point says which step to take; each scheme has its own.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.passes import BackwardPass, backward, forward
from engine.errors import InvalidExperiment
from engine.gradcheck.check import affordable, flat_gradients
from engine.gradcheck.numeric import measure, over_mean
from engine.gradcheck.schemes import SCHEMES
from engine.network.model import Network

# steps from 1 to 1e-14, eight to a factor of ten
STEPS: tuple[float, ...] = tuple((10.0 ** (-np.arange(0, 113) / 8)).tolist())


@dataclass(frozen=True, eq=False)
class VCurve:
    """One scheme's error at each step: |numeric - analytic| / |analytic| of the gradient as one vector.

    NaN where the losses left the range of float64.
    """

    scheme: str
    steps: tuple[float, ...]
    errors: Array

    @property
    def best(self) -> tuple[float, float]:
        """The step with the smallest error, and that error."""
        index = int(np.nanargmin(self.errors))
        return self.steps[index], float(self.errors[index])


@checked_afterwards
def v_curve(
    network: Network,
    x: Array,
    y: Array,
    scheme: str,
    steps: tuple[float, ...] = STEPS,
    backward_pass: BackwardPass | None = None,
    reduction: str = "mean",
) -> VCurve:
    """Return the error of `scheme` at each of `steps`, against `backward_pass` or the engine's own, at x and y.

    x and y are one example or a batch, with the reduction of `backward`.
    Against a wrong backward pass there is no V: the error stays where it is.
    Raises InvalidExperiment for wrong input, and where a number leaves the range of float64.
    """
    forward_pass = forward(network, x)
    analytic = flat_gradients(backward_pass or backward(network, forward_pass, y, reduction))
    # in a large network the curve is that of some parameters
    chosen = affordable(network, 10 * len(steps))
    y = np.asarray(y, dtype=np.float64)
    measured = measure(network, forward_pass, y, 0.0, SCHEMES[scheme], np.array(steps), chosen)
    measured = measured.times(over_mean(y, reduction))
    off = measured.value.reshape(len(chosen), len(steps)) - analytic[chosen, np.newaxis]
    errors = np.linalg.norm(off, axis=0)
    size = float(np.linalg.norm(analytic[chosen])) or 1.0
    if not np.isfinite(errors).any():
        raise InvalidExperiment("The numbers grow too large to compute: no step gives a finite difference quotient.")
    return VCurve(scheme, steps, errors / size)
