"""Slips in the learning step: the learning rate, and which way the step goes."""

from collections.abc import Callable

from engine.arrays import Array
from engine.gradcheck.by_hand import Worked
from engine.gradcheck.slips.record import Rule, Slip

Step = Callable[[float], float]


def _weights(step: Step) -> Rule:
    def of(worked: Worked, layer: int) -> Array:
        return worked.problem.layer(layer).W - step(worked.problem.learning_rate) * worked.dw[layer - 1]

    return of


def _biases(step: Step) -> Rule:
    def of(worked: Worked, layer: int) -> Array | None:
        if not worked.problem.update_biases:
            return None
        return worked.problem.layer(layer).b - step(worked.problem.learning_rate) * worked.db[layer - 1]

    return of


def _both(step: Step) -> dict[str, Rule]:
    return {"new_w": _weights(step), "new_b": _biases(step)}


RECORDS = (
    Slip(
        name="rate_forgotten",
        title="The learning rate forgotten",
        said="the gradient is subtracted without the learning rate",
        values=_both(lambda rate: 1.0),
    ),
    Slip(
        name="rate_twice",
        title="The learning rate applied twice",
        said="the learning rate is multiplied in twice",
        values=_both(lambda rate: rate * rate),
    ),
    Slip(
        name="added",
        title="Added instead of subtracted",
        said="the step is added instead of subtracted, which goes uphill",
        values=_both(lambda rate: -rate),
    ),
)
