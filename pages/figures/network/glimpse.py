"""Glimpses: the picture of an experiment at one step as it would be with other numbers at one place.

No step has to be played again: all numbers come from one stacked pass, and only marks that differ are written. While a
number is dragged, the browser has the pictures of the values around it at hand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.analysis.ranges import evaluated, gradient, note
from engine.formulas.notations import Translation
from engine.formulas.numbers import text
from engine.network.editing import number_at
from engine.network.places import Given
from pages.figures.network.cards import Known, Row, rows
from pages.figures.network.stacked_marks import StackedMarks
from pages.figures.network.view import View
from pages.figures.size import LARGEST

__all__ = ["Glimpse", "View", "glimpses"]


@dataclass(frozen=True, kw_only=True)
class Glimpse:
    """The picture with another number: a patch {trace: {path: value}} over the traces of the step, and what is said.

    `rows` are those of the place's card (pages/figures/network/cards.py).
    """

    number: float
    loss: float
    text: str
    note: str
    formula: str
    why: str
    rows: Sequence[Row]
    patch: Mapping[int, Mapping[str, Any]]


def glimpses(view: View, place: Given, numbers: Sequence[float]) -> list[Glimpse]:
    """Return the glimpses of an experiment with each of these numbers at a place; those that cannot be are left out.

    Raises InvalidExperiment for a place that it does not have.
    """
    stack, allowed = evaluated(view.experiment, place, numbers)
    drawn = StackedMarks(view, stack)
    own = Translation(view.notation, view.experiment.network.sizes)
    before, slope, losses = (
        number_at(view.experiment, place),
        gradient(view.experiment, place),
        stack.batch_loss.tolist(),
    )
    small = (stack.largest <= LARGEST).tolist()
    made_of = []
    for row, number in enumerate(allowed, start=1):
        if small[row]:
            of_row = drawn.numbers(row)
            formula, reason, patch = drawn.glimpse(row, of_row)
            made_of.append(
                Glimpse(
                    number=number,
                    loss=losses[row],
                    text=text(losses[row]),
                    note=own.words(note(place, (losses[0], losses[row]), slope, number - before)),
                    formula=formula,
                    why=reason,
                    rows=rows(Known(of_row, view.plan), place, view.notation),
                    patch=patch,
                )
            )
    return made_of
