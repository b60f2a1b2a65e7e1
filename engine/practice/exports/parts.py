"""A question as the numbers that a quiz system asks for: a table cell by cell, a shape as its rows and its columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.formulas.notations import OURS, Layout, Notation, Translation
from engine.network.model import Experiment
from engine.practice.exports.sheet import Sheet
from engine.practice.judging import said
from engine.practice.question import TOGETHER, Question
from engine.practice.tolerance import FORGIVEN, TOLD, far, unit


@dataclass(frozen=True, kw_only=True)
class Part:
    """One number of a question: `label` names it within a table, `tolerance` is how far off an answer may be.

    slips: name → value, of those that differ from the answer here; values that are too near to each other stand once.
    say: puts what is said of them into the notation of the text.
    """

    variant: int
    number: int
    label: str
    text: str
    answer: float
    tolerance: float
    slips: Mapping[str, float]
    say: Callable[[str], str] = str

    @property
    def name(self) -> str:
        """What a quiz system calls it: Variant 1, question 2, row 1, column 2."""
        return f"Variant {self.variant}, question {self.number}{f', {self.label}' if self.label else ''}"

    def sentence(self, slip: str) -> str:
        """Return what is said to whoever gives a slip's value."""
        return f"That is what comes out when {said(slip, self.say)}."


def parts(sheet: Sheet, experiment: Experiment | None = None, notation: Notation = OURS) -> Iterator[Part]:
    """Yield all numbers that a worksheet asks for, variant by variant; tables run as they do in the notation."""
    for variant in range(1, sheet.variants + 1):
        for number, question in enumerate(sheet.variant(variant, experiment), start=1):
            yield from _of_question(variant, number, question, notation)


def _of_question(variant: int, number: int, question: Question, notation: Notation) -> Iterator[Part]:
    value, layout = question.laid_out(question.value, notation.layout), notation.layout
    setting, text = question.wording.setting(notation), question.wording.text(notation)
    for index in np.ndindex(value.shape):
        label = _label(question, index)
        answer = value[index]
        yield Part(
            variant=variant,
            number=number,
            label=label,
            text=f"{setting}\n{text}{f' Here: {label}.' if label else ''}".strip(),
            answer=float(answer),
            tolerance=tolerance(float(answer), float(answer)),
            slips=_slips(question, index, answer, layout),
            say=Translation(notation, question.problem.network.sizes).words,
        )


def _label(question: Question, index: tuple[int, ...]) -> str:
    if question.is_shape:
        return ("rows", "columns")[index[0]]
    if len(index) == 2:
        return f"row {index[0] + 1}, column {index[1] + 1}"
    return f"number {index[0] + 1}" if index else ""


def tolerance(value: float, right: float) -> float:
    """Return how far an answer may be off beside the right one: a unit and a half in the fourth significant digit."""
    return float(FORGIVEN * unit(np.asarray(value), np.asarray(right)))


def _slips(question: Question, index: tuple[int, ...], answer: Array, layout: Layout) -> dict[str, float]:
    kept: dict[str, float] = {}
    for name, table in question.slips.items():
        if np.shape(table) != question.value.shape:
            continue
        values = question.laid_out(np.asarray(table), layout)
        if not far(values[index], answer, TOLD):
            continue
        # a quiz system takes the first answer that fits
        same = next((one for one, value in kept.items() if not far(np.asarray(value), values[index], TOLD)), None)
        if same is None:
            kept[name] = float(values[index])
        else:
            kept = {(f"{one}{TOGETHER}{name}" if one == same else one): value for one, value in kept.items()}
    return kept
