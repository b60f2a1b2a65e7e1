"""One number of an experiment over a range of values: what each value would make of the loss, and what the gradient
promised of it.

A gradient is a promise about small changes: ΔL is about ∂L/∂w · Δw. Beside the loss itself one sees how far it holds.
"""

from collections.abc import Iterable

import numpy as np

from engine.backprop.learning_step import learning_step
from engine.backprop.stacked import Stack, stacked
from engine.errors import InvalidExperiment
from engine.formulas.numbers import digits_between, text
from engine.network.editing import number_at, with_numbers
from engine.network.model import ExampleInBatch, Experiment
from engine.network.places import Bias, Given, Input, Target, Weight


def evaluated(experiment: Experiment, place: Given, numbers: Iterable[float]) -> tuple[Stack, tuple[float, ...]]:
    """Return the learning steps of the experiment and, after it, of those with another number at a place; and those.

    Numbers that the experiment may not hold there are left out; what overflows is infinite or NaN in the stack.
    Raises InvalidExperiment for a place that it does not have.
    """
    if not place.within(experiment.network.sizes):
        raise InvalidExperiment(f"The network has no {place.text}.")
    allowed = [(number, made) for number in numbers if (made := _with_number(experiment, place, number))]
    return stacked([experiment, *(made for _, made in allowed)]), tuple(number for number, _ in allowed)


def _with_number(experiment: Experiment, place: Given, number: float) -> Experiment | None:
    try:
        return with_numbers(experiment, {place: number})
    except InvalidExperiment:
        return None


def gradient(experiment: Experiment, place: Given) -> float | None:
    """Return ∂L/∂p for the number p at a place; None for a target, which training never changes.

    The loss is that of the whole batch, where there is one.

    Raises InvalidExperiment where numbers leave the range of float64.
    """
    made = learning_step(experiment).gradients
    match place:
        case Weight():
            return place.of(made.dW)
        case Bias():
            return place.of(made.db)
        case Input():
            looked_at = experiment.number if isinstance(experiment, ExampleInBatch) else 1
            return float(np.atleast_2d(made.dx)[(place.example or looked_at) - 1, place.number - 1])
        case Target():
            return None


def note(place: Given, losses: tuple[float, float], slope: float | None, change: float) -> str:
    """Return in words how the loss went from the first to the second when a number changed, and what was promised.

    `slope` is ∂L/∂p before the change, `change` is Δp.
    """
    before, after = losses
    if not change:
        return f"loss {text(before)}; nothing has changed yet"
    digits = digits_between(before, after)
    old, new = (text(loss, digits, padded=True) for loss in losses)
    went = f"loss {old} → {new}, {_change(after - before)}"
    if slope is None:
        return f"{went}; training never changes a target"
    letter = place.text[0]
    return f"{went}; the gradient promised ∂L/∂{letter} · Δ{letter} = {_change(slope * change)}"


def note_between(before: Experiment, after: Experiment, place: Given) -> str:
    """Return the same for two experiments that differ in the number at a place only."""
    losses = (learning_step(before).gradients.loss, learning_step(after).gradients.loss)
    change = number_at(after, place) - number_at(before, place)
    return note(place, losses, gradient(before, place), change)


def _change(difference: float) -> str:
    return text(difference, 3, signed=True, padded=bool(difference))
