"""Why parameters go up or down at the update, and whether the loss did what the gradient promised."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.arrays import Array, saturating
from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.formulas import plain
from engine.formulas.numbers import digits_between, text
from engine.network.places import Bias, Parameter, Weight
from engine.reasons.words import at_kink, raises, signed, tied

# of the loss: a smaller change may be nothing but rounding
ROUNDING = 1e-9


def weight_update(step: Step, known: Computed) -> str:
    """Tell of the weight that changes most."""
    return _update(step, known, "weight", lambda j, i: Weight(step.layer, j + 1, i + 1))


def bias_update(step: Step, known: Computed) -> str:
    """Tell of the bias that changes most."""
    return _update(step, known, "bias", lambda j, _: Bias(step.layer, j + 1))


def of_one(step: Step, known: Computed, place: Parameter) -> str:
    """Tell of one weight or bias."""
    *tables, rate = step.operands
    alone = tuple(slice(number, number + 1) for number in place.index)
    old, slopes = (table[alone] for table in tables)
    kind = "weight" if isinstance(place, Weight) else "bias"
    one = replace(step, operands=(old, slopes, rate), value=step.value[alone])
    return _update(one, known, kind, lambda j, i: place)


def _update(step: Step, known: Computed, kind: str, place: Callable[[int, int], Parameter]) -> str:
    old, slopes, rate = step.operands
    new = step.value
    if np.array_equal(old, new):
        return _nothing(slopes, rate, kind, plain.parameter(place(0, 0)))
    sizes = np.abs(new - old)
    j, i = divmod(int(sizes.argmax()), old[0].size)
    before, slope, after = (float(table.reshape(len(old), -1)[j, i]) for table in (old, slopes, new))
    name, digits = plain.parameter(place(j, i)), digits_between(before, after)
    goes = f"so it goes {'up' if after > before else 'down'}: {text(before, digits)} → {text(after, digits)}."
    if _some_at_kink(known):
        # the slope may be that of one side, and the loss do otherwise on the other
        return f"Backpropagation gives {name}{_among(sizes)} the gradient {signed(slope)}, {goes}"
    return f"Raising {name}{_among(sizes)} would {raises(slope)} the loss ({signed(slope)} for each unit), {goes}"


def _some_at_kink(known: Computed) -> bool:
    """Return whether a neuron lies on a kink, with any of the examples that the step is made with."""
    z = known.step.batch.z if known.step.batch else known.forward.z
    return any(at_kink(known, number, z[number - 1]) for number in range(1, len(z) + 1))


@saturating
def _among(sizes: Array) -> str:
    if sizes.size == 1:
        return ""
    return ", one of those that change most," if tied(sizes) else ", which changes most,"


def _nothing(slopes: Array, rate: float, kind: str, name: str) -> str:
    # of one alone nothing is said about the others of its layer
    alone = slopes.size == 1
    stays = f"{name} does not change" if alone else f"no {kind} changes"
    if not slopes.any() and alone:
        return f"The gradient of {name} is 0, so it does not change."
    if not slopes.any():
        return f"All gradients here are 0, so {stays}."
    if rate == 0:
        return f"The learning rate is 0, so {stays}."
    return f"The step{' is' if alone else 's are'} too small to show in a 64-bit number, so {stays}."


def new_loss(step: Step, known: Computed) -> str:
    """Tell what the update did to the loss, and what the gradient had promised."""
    before, promised, *_ = step.operands
    after, digits = float(step.value), digits_between(before, float(step.value))
    change = after - before
    if change == 0:
        return f"The loss stayed at {text(before)}{_unmoved(promised, known)}"
    went = f"{text(before, digits)} → {text(after, digits)}, {signed(change)}"
    if change < 0:
        return f"The loss went down: {went}. The gradient promised −η‖∇L‖² = {signed(promised)}."
    return f"The loss went up: {went}. {_overshot(promised, known, change)}"


def _unmoved(promised: float, known: Computed) -> str:
    if known.experiment.learning_rate == 0:
        return ": the learning rate is 0, so nothing changed."
    if promised == 0 and known.updated != known.experiment.network:
        return ": the change that the gradient promised is too small for a 64-bit number."
    if promised == 0:
        return ": the gradient promised no change."
    return f", though the gradient promised −η‖∇L‖² = {signed(promised)}."


def _overshot(promised: float, known: Computed, change: float) -> str:
    if known.too_far:
        return (
            f"The gradient promised −η‖∇L‖² = {signed(promised)}, but that holds for small steps only, and this one "
            "was too large: make the learning rate smaller."
        )
    return f"The gradient promised −η‖∇L‖² = {signed(promised)}. {no_smaller_step(known, change)}"


def no_smaller_step(known: Computed, change: float) -> str:
    """Return why the loss went up by `change` although no smaller rate would have lowered it."""
    if _some_at_kink(known):
        return (
            "A neuron lies on a kink, where the loss has no gradient; the slope of one side was taken. No smaller rate "
            "lowers the loss."
        )
    if abs(change) <= ROUNDING * abs(known.gradients.loss):
        return "No smaller rate lowers the loss: so small a change is the rounding of 64-bit numbers."
    return "No smaller rate lowers the loss either."
