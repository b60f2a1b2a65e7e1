"""Slips in the loss and in slopes: a factor, a sign, a logarithm, a slope that does not belong there."""

import math
from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Worked, slopes
from engine.gradcheck.slips.record import Rule, Slip, has_slope, is_last
from engine.network.losses import LOSSES, Loss

# what everything after a place is multiplied with by a slip there
Factor = Callable[[Worked], float | None]
_OFF, _HIT = np.array([1.0]), np.array([0.0])


def _loss(worked: Worked) -> Loss:
    return LOSSES[worked.problem.network.loss]


def _logarithmic(loss: Loss) -> bool:
    return bool(loss.joint)


def halved(loss: Loss) -> bool:
    """Return whether a loss has a ½ before its square."""
    return not _logarithmic(loss) and float(loss.value(_OFF, _HIT)) == 0.5


def averaged(loss: Loss) -> bool:
    """Return whether a loss is a mean over the outputs, and not a sum."""
    return not _logarithmic(loss) and float(loss.value(np.repeat(_OFF, 2), np.repeat(_HIT, 2))) == float(
        loss.value(_OFF, _HIT)
    )


def at_the_loss(factor: Factor) -> dict[str, Rule]:
    """Return rules that multiply the loss, and the first gradients on the way back, with what `factor` returns."""

    def loss(worked: Worked, layer: int) -> Array | None:
        by = factor(worked)
        return None if by is None else np.asarray(worked.loss * by)

    def da(worked: Worked, layer: int) -> Array | None:
        by = factor(worked) if is_last(worked, layer) and not worked.problem.network.joint_form else None
        return None if by is None else worked.da[layer - 1] * by

    def delta(worked: Worked, layer: int) -> Array | None:
        by = factor(worked) if is_last(worked, layer) else None
        return None if by is None else worked.delta[layer - 1] * by

    return {"loss": loss, "da": da, "delta": delta}


def _doubled(worked: Worked) -> float | None:
    return 2.0 if halved(_loss(worked)) else None


def _halved(worked: Worked) -> float | None:
    return 0.5 if averaged(_loss(worked)) else None


def per_output(worked: Worked) -> float | None:
    """Return what makes a mean over the outputs of a sum; None where there is one output or it is a mean."""
    outputs = worked.problem.y.shape[1]
    return None if outputs == 1 or averaged(_loss(worked)) else 1 / outputs


def all_outputs(worked: Worked) -> float | None:
    """Return what makes a sum over the outputs of a mean; None where there is one output or it is a sum."""
    outputs = worked.problem.y.shape[1]
    return float(outputs) if outputs > 1 and averaged(_loss(worked)) else None


def _common_logarithm(worked: Worked, layer: int) -> Array | None:
    return np.asarray(worked.loss / math.log(10)) if _logarithmic(_loss(worked)) else None


def _slope_on_top(worked: Worked, layer: int) -> Array | None:
    if has_slope(worked, layer):
        return None
    return worked.delta[layer - 1] * slopes(worked.problem.layer(layer), worked.z[layer - 1])


def _minus_loss(worked: Worked, layer: int) -> Array | None:
    return -worked.loss if _logarithmic(_loss(worked)) else None


def _minus_da(worked: Worked, layer: int) -> Array | None:
    # at the output it has a name of its own
    return None if is_last(worked, layer) else -worked.da[layer - 1]


def _minus_delta(worked: Worked, layer: int) -> Array | None:
    return None if is_last(worked, layer) else -worked.delta[layer - 1]


RECORDS = (
    Slip(
        name="sign",
        title="The sign",
        said="the sign is turned around",
        values={
            "loss": _minus_loss,
            "da": _minus_da,
            "delta": _minus_delta,
            "dw": lambda worked, layer: -worked.dw[layer - 1],
            "db": lambda worked, layer: -worked.db[layer - 1],
        },
    ),
    Slip(
        name="factor_two",
        title="The factor 2",
        said="the ½ of the loss is forgotten, so everything is twice as large",
        values=at_the_loss(_doubled),
    ),
    Slip(
        name="factor_half",
        title="The factor ½",
        said="the 2 that comes of the square is forgotten, or a ½ is put before the loss that has none",
        values=at_the_loss(_halved),
    ),
    Slip(
        name="common_logarithm",
        title="log₁₀ for ln",
        said="the logarithm to the base 10 is taken instead of the natural one, ln",
        values={"loss": _common_logarithm},
    ),
    Slip(
        name="slope_on_joint",
        title="f′ on top of ŷ − y",
        said="f′(z) is multiplied with ŷ − y, in which it is contained already",
        values={"delta": _slope_on_top},
    ),
)
