"""Following through: what a question's answer is, if the learner's own earlier answers are taken on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.formulas.notations import OURS, Layout, Notation
from engine.gradcheck.by_hand import Change, Problem, computed, followed
from engine.practice.quantity import Quantity, quantity
from engine.practice.question import Question, placed, told
from engine.practice.tolerance import same
from engine.practice.typed import read_number, read_table
from engine.practice.words import named

Answers = Mapping[Quantity, Array]


@dataclass(frozen=True, eq=False, kw_only=True)
class Own:
    """What follows for a question from a learner's own earlier answers, and what each slip would give there."""

    value: Array
    slips: Mapping[str, Array]
    question: Question
    answers: Answers
    notation: Notation

    @staticmethod
    def of(question: Question, given: Mapping[str, object], notation: Notation = OURS) -> "Own | None":
        """Return what follows; None where no answer that was given has to do with the question.

        Tables that were typed run as they do in the notation.
        """
        if question.asked is None or not given:
            return None
        answers = dict(_earlier(question, given, notation.layout))
        worked = followed(question.problem, taking(answers))
        value = question.asked.of(worked)
        if not answers or not np.isfinite(value).all():
            return None
        slips = told(question.asked, worked)
        return Own(value=value, slips=slips, question=question, answers=answers, notation=notation)

    def message(self, verdict: str) -> str:
        """Return the sentence that says what an answer is consistent with."""
        off = _first_off(self.question, self.answers)
        if off is None:
            return f"Consistent with your own earlier answers: {verdict}."
        name = named(self.question.problem, off, self.notation)
        return f"Consistent with your {name}, which is off: {verdict}."


def taking(answers: Answers) -> Change:
    """Return what takes answers on, each at its place, where the calculation comes to it."""

    def change(kind: str, layer: int, numbers: Array) -> Array:
        for asked, value in answers.items():
            if (asked.kind, asked.layer) == (kind, layer):
                numbers = asked.put(numbers, value)
        return numbers

    return change


def _earlier(question: Question, given: Mapping[str, object], layout: Layout) -> Iterator[tuple[Quantity, Array]]:
    """Yield the answers that are not the question's own, in the order of the calculation."""
    asked, problem = question.asked, question.problem
    assert asked is not None
    found = {}
    for place, typed in given.items():
        name = str(place).partition("@")[0]
        one = quantity(name, problem) if place == placed(name, question.network) else None
        if one is None or _overlap(one, asked):
            continue
        value = _read(typed, one, question, layout)
        if value is not None:
            found[one] = value
    yield from ((one, found[one]) for one in sorted(found, key=Quantity.order))


def _overlap(one: Quantity, other: Quantity) -> bool:
    same_layer = (one.kind, one.layer) == (other.kind, other.layer)
    return same_layer and (one == other or one.is_table or other.is_table)


def _read(typed: object, one: Quantity, question: Question, layout: Layout) -> Array | None:
    """An answer as numbers of the right shape; None for what is no answer to the question."""
    shape = one.of(computed(question.problem)).shape
    try:
        value = _typed(typed, shape, one, layout) if isinstance(typed, str) else np.asarray(typed, dtype=np.float64)
    except (InvalidExperiment, TypeError, ValueError):
        return None
    return value if value.shape == shape and np.isfinite(value).all() else None


def _typed(text: str, shape: tuple[int, ...], one: Quantity, layout: Layout) -> Array:
    if not shape:
        return np.array(read_number(text))
    turned = one.turned(layout)
    value = read_table(text, shape[::-1] if turned else shape)
    return value.T if turned else value


def _first_off(question: Question, answers: Answers) -> Quantity | None:
    """Return the first answer that is a mistake of its own, and that matters here; None where none is."""
    right = computed(question.problem)
    off = {one for one, value in answers.items() if not same(value, one.of(right), one.of(right))}
    before = _from_before(question.problem, answers)
    mistakes = [one for one in answers if one in off and not same(answers[one], before[one], before[one])]
    kept = {one: value for one, value in answers.items() if one in mistakes or one not in off}
    follows = _following(question, kept)
    for asked in mistakes:
        others = {one: value for one, value in kept.items() if one != asked}
        if not np.array_equal(_following(question, others), follows):
            return asked
    return None


def _from_before(problem: Problem, answers: Answers) -> Answers:
    """Return what stands at the place of each answer if only those before it are taken on."""
    found, take = dict[Quantity, Array](), taking(answers)

    def change(kind: str, layer: int, numbers: Array) -> Array:
        for asked in answers:
            if (asked.kind, asked.layer) == (kind, layer):
                found[asked] = asked.within(numbers, problem)
        return take(kind, layer, numbers)

    followed(problem, change)
    return found


def _following(question: Question, answers: Answers) -> Array:
    assert question.asked is not None
    return question.asked.of(followed(question.problem, taking(answers)))
