"""Slips in putting examples, or outputs, together: a mean for a sum, one for all, or numbers left from another."""

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import MEAN, Worked, weight_gradient
from engine.gradcheck.slips.functions import Factor, all_outputs, at_the_loss, per_output
from engine.gradcheck.slips.record import Rule, Slip


def _several(worked: Worked) -> bool:
    return worked.problem.examples > 1


def _averaged(worked: Worked) -> float | None:
    """The factor that makes a mean of a sum: over the examples where there are several, else over the outputs."""
    if not _several(worked):
        return per_output(worked)
    return None if worked.problem.reduction == MEAN else 1 / worked.problem.examples


def _summed(worked: Worked) -> float | None:
    if not _several(worked):
        return all_outputs(worked)
    return float(worked.problem.examples) if worked.problem.reduction == MEAN else None


def _over_examples(factor: Factor) -> dict[str, Rule]:
    """Return rules for the loss and, over several examples, for all that is put together of theirs."""
    one = at_the_loss(lambda worked: None if _several(worked) else factor(worked))

    def scaled(kind: str) -> Rule:
        def of(worked: Worked, layer: int) -> Array | None:
            by = factor(worked) if _several(worked) else None
            return None if by is None else worked.of(kind, layer) * by

        return of

    def new_w(worked: Worked, layer: int) -> Array | None:
        dw = scaled("dw")(worked, layer)
        return None if dw is None else stepped(worked, layer, dw)

    return {**one, "loss": at_the_loss(factor)["loss"], "dw": scaled("dw"), "db": scaled("db"), "new_w": new_w}


def stepped(worked: Worked, layer: int, dw: Array) -> Array:
    """Return a layer's weights after a step with other gradients."""
    return worked.problem.layer(layer).W - worked.problem.learning_rate * dw


def _last_weights(worked: Worked, layer: int) -> Array | None:
    return worked.delta[layer - 1][-1:].T @ worked.a[layer - 1][-1:] if _several(worked) else None


def _last_biases(worked: Worked, layer: int) -> Array | None:
    return worked.delta[layer - 1][-1] if _several(worked) else None


def _last_loss(worked: Worked, layer: int) -> Array | None:
    return np.asarray(worked.losses[-1]) if _several(worked) else None


def _stale_gradient(worked: Worked, layer: int) -> Array | None:
    if not _several(worked):
        return None
    left = np.broadcast_to(worked.a[layer - 1][-1], worked.a[layer - 1].shape)
    return weight_gradient(worked.problem, worked.delta[layer - 1], left)


RECORDS = (
    Slip(
        name="mean_for_sum",
        title="A mean instead of a sum",
        said="the mean is taken instead of the sum",
        values=_over_examples(_averaged),
    ),
    Slip(
        name="sum_for_mean",
        title="A sum instead of a mean",
        said="the sum is taken instead of the mean",
        values=_over_examples(_summed),
    ),
    Slip(
        name="one_example",
        title="One example instead of all",
        said="only the last example counts, instead of all",
        values={"loss": _last_loss, "dw": _last_weights, "db": _last_biases},
    ),
    Slip(
        name="stale_outputs",
        title="Outputs left from another example",
        said="the activations left from the last example are taken for all examples",
        values={"dw": _stale_gradient},
    ),
)
