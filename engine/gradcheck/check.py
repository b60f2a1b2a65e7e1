"""The gradient check: backpropagation's gradient of every parameter beside the one that difference quotients give.

The two ways share nothing but the forward pass, so where they agree to many digits the backward pass is right.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Array, Flags, Indices, checked_afterwards
from engine.backprop.passes import BackwardPass, backward, forward
from engine.errors import InvalidExperiment
from engine.gradcheck.numeric import Numeric, loss_noise, measure, over_mean, resolve
from engine.gradcheck.schemes import SCHEMES
from engine.network.model import Network
from engine.network.parameters import parameter, parameters
from engine.network.places import Parameter
from engine.validation import finite_number

# A right backward pass stays far below this, and a gradient that is wrong by 0.05 % far above.
TOLERANCE = 1e-6
# With a scheme and a step of the reader's choice, gradients below this part of the largest are measured against it.
SMALLEST_PART = 1e-3
# Multiplications that a look at a network may cost: some tenths of a second. An activation takes as long as so many.
WORK = 4e9
ACTIVATION = 1_000
FEWEST = 8


@dataclass(frozen=True, kw_only=True)
class ParameterCheck:
    """One parameter: both gradients and the relative error between them. `judged` is False at a kink."""

    parameter: Parameter
    analytic: float
    numeric: float
    error: float
    judged: bool


@dataclass(frozen=True, eq=False, kw_only=True)
class GradientReport:
    """The check of parameters, as arrays in the order of engine.network.parameters: a neuron's weights, then its bias.

    error: |analytic - numeric| / max(|analytic|, |numeric|, floor), where floor is what keeps a rounding error from
    looking like a large relative error. By default it is 2 · uncertainty / TOLERANCE with the uncertainty of each
    difference quotient, so that a right gradient stays below TOLERANCE however small it is; with a scheme or a step
    of one's own it is SMALLEST_PART of the largest gradient; where it is not judged, 0.
    judged: False where a neuron's z lies on a kink of its activation (or within the step): there the loss has no
    derivative to compare with, and the parameter counts neither for nor against.
    right: what backpropagation gives, for the same parameters.
    """

    places: tuple[Parameter, ...]
    analytic: Array
    numeric: Array
    error: Array
    uncertainty: Array
    h: Array
    judged: Flags
    right: Array

    @property
    def overlooked(self) -> int:
        """How many gradients differ from `right` and could not be judged, as they belong to neurons at a kink."""
        return int((~self.judged & (np.abs(self.analytic - self.right) > TOLERANCE * np.abs(self.right))).sum())

    @property
    def largest_relative_error(self) -> float:
        """The largest error of the parameters that could be judged; 0 if there is none."""
        return float(self.error[self.judged].max(initial=0.0))

    @property
    def passed(self) -> bool:
        """Whether every parameter that could be judged is right to within TOLERANCE."""
        return self.largest_relative_error <= TOLERANCE

    @property
    def resolved(self) -> Flags:
        """Where a gradient wrong by 0.05 % would show; elsewhere it is too small beside the loss for a quotient."""
        return self.uncertainty <= 2.5e-4 * np.abs(self.numeric)

    @property
    def blind(self) -> bool:
        """Whether rounding hides every gradient that could be judged and is not 0, so that to pass means nothing."""
        there = self.judged & ((self.analytic != 0) | (self.right != 0))
        return bool(there.any() and not (there & self.resolved).any())

    @cached_property
    def parameters(self) -> tuple[ParameterCheck, ...]:
        """The same numbers, one record a parameter."""
        columns = (self.analytic.tolist(), self.numeric.tolist(), self.error.tolist(), self.judged.tolist())
        return tuple(
            ParameterCheck(parameter=place, analytic=analytic, numeric=numeric, error=error, judged=judged)
            for place, analytic, numeric, error, judged in zip(self.places, *columns, strict=True)
        )

    def __iter__(self) -> Iterator[ParameterCheck]:
        return iter(self.parameters)

    def __len__(self) -> int:
        return len(self.places)


@checked_afterwards
def check_gradients(
    network: Network,
    x: Array,
    y: Array,
    backward_pass: BackwardPass | None = None,
    *,
    scheme: str | None = None,
    h: float | None = None,
    chosen: Indices | None = None,
    reduction: str = "mean",
) -> GradientReport:
    """Compare the gradients of `backward_pass` (by default the engine's own) with difference quotients of the loss.

    x (n_in,) and y (n_out,), or a batch of both. Without `scheme` and `h` each parameter gets a fourth-order quotient
    with the step that suits it; with them, all get that scheme of SCHEMES and that step. `chosen` are the parameters to
    check, ascending in the order of engine.network.parameters; by default all, which takes their number times the
    network's size. `reduction` is that of `backward`.
    Raises InvalidExperiment for a wrong input, and where a number leaves the range of float64.
    """
    forward_pass = forward(network, x)
    own = backward(network, forward_pass, y, reduction)
    y, times = np.asarray(y, dtype=np.float64), over_mean(y, reduction)
    noise = loss_noise(network, forward_pass, own if times == 1 else backward(network, forward_pass, y), y)
    right = flat_gradients(own)
    analytic = flat_gradients(backward_pass) if backward_pass else right
    chosen = np.arange(len(analytic)) if chosen is None else chosen
    places = _places(network, chosen)
    if scheme is None and h is None:
        numeric = resolve(network, forward_pass, y, noise, chosen).times(times)
        return _report(places, analytic[chosen], right[chosen], numeric, 2 * numeric.uncertainty / TOLERANCE)
    record = SCHEMES[scheme or "fourth_order"]
    steps = np.array([_step(record.h if h is None else h)])
    numeric = measure(network, forward_pass, y, noise, record, steps, chosen).times(times)
    return _report(places, analytic[chosen], right[chosen], numeric, SMALLEST_PART * np.abs(right).max())


def affordable(network: Network, evaluations: int) -> Indices:
    """Return all parameters, or as many evenly chosen ones as WORK allows to evaluate the network for so often each."""
    count = network.parameter_count
    once = count + ACTIVATION * sum(layer.n_out for layer in network.layers)
    most = max(FEWEST, int(WORK / (evaluations * once)))
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))


def flat_gradients(backward_pass: BackwardPass) -> Array:
    """Return the gradients of all parameters as one vector, in the order of engine.network.parameters."""
    tables = zip(backward_pass.dW, backward_pass.db, strict=True)
    return np.concatenate([np.column_stack(table).ravel() for table in tables])


def _places(network: Network, chosen: Indices) -> tuple[Parameter, ...]:
    # all at once where all are wanted: to find one takes a walk through the layers
    if len(chosen) == network.parameter_count:
        return parameters(network)
    return tuple(parameter(network, index) for index in chosen.tolist())


def _report(
    places: tuple[Parameter, ...], analytic: Array, right: Array, numeric: Numeric, floor: Array | float
) -> GradientReport:
    judged = ~numeric.crosses_kink
    if not np.isfinite(np.where(judged, analytic + numeric.value + numeric.uncertainty, 0.0)).all():
        raise InvalidExperiment(
            "The numbers grow too large to compute: the gradients or the difference quotients leave the range of "
            "64-bit numbers. Make the weights, the input or the step smaller."
        )
    # at a kink there is nothing to resolve: the quotient is of both sides
    scale = np.maximum(np.maximum(np.abs(analytic), np.abs(numeric.value)), np.where(judged, floor, 0.0))
    difference = np.abs(analytic - numeric.value)
    error = np.divide(difference, scale, out=np.zeros_like(scale), where=scale > 0)
    for array in (analytic, right, numeric.value, error, numeric.uncertainty, numeric.h, judged):
        array.setflags(write=False)
    return GradientReport(
        places=places,
        analytic=analytic,
        numeric=numeric.value,
        error=error,
        uncertainty=numeric.uncertainty,
        h=numeric.h,
        judged=judged,
        right=right,
    )


def _step(h: float) -> float:
    step = finite_number(h, "The step h")
    if step <= 0:
        raise InvalidExperiment(f"The step h must be larger than 0; {step:g} was given.")
    return step
