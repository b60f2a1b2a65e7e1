"""A question: what is asked, what is right, what each slip would give, and three hints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Problem, Worked
from engine.practice import hints, words
from engine.practice.quantity import Quantity
from engine.practice.tolerance import TOLD, far

# between the names of slips that give the same number here
TOGETHER = " + "
# of a fresh answer, so that it is friendly to type
SMALLEST, LARGEST = 1e-3, 1e4


@dataclass(frozen=True, eq=False, kw_only=True)
class Question:
    """One question of a worksheet.

    place: unique in its worksheet. kind: "z", "a", "loss", "da", "delta", "dw", "db", "new_w", "new_b" or "shape".
    answer: a number, or an array for a table; of a shape its rows and columns. slips: the value that each classical
    mistake (engine.gradcheck.mistakes.SLIPS) would give here; those that give the same are named together.
    """

    place: str
    kind: str
    text: str
    answer: float | Array
    hints: tuple[str, str, str]
    slips: Mapping[str, float | Array]
    problem: Problem
    # None for a shape, which is no number of the calculation
    asked: Quantity | None
    # what a question about shapes has beside its text
    given: str = ""
    # which of the worksheet's networks it is about: answers to another one's questions say nothing here
    network: int = 1

    @property
    def value(self) -> Array:
        """The answer as an array, of no dimension for a number."""
        return np.asarray(self.answer, dtype=np.float64)

    @property
    def answer_text(self) -> str:
        """The answer in words: with four significant digits, and a shape as 3 × 2."""
        if self.kind == "shape" and self.value.ndim == 1:
            return " × ".join(f"{number:.0f}" for number in self.value)
        return words.rounded(self.value)

    @property
    def step(self) -> int | None:
        """The number of its step in the trace of the one example, by layer for a table; None where there is no such."""
        if self.asked is None or self.problem.examples > 1:
            return None
        return hints.number(self.problem, self.asked)

    @property
    def solution(self) -> tuple[str, str]:
        """The whole equation as LaTeX, or nothing, and why it comes out so."""
        return hints.solution(self.problem, self.asked) if self.asked else ("", self.hints[2])

    @property
    def setting(self) -> str:
        """The network, the examples and the learning rate that it is about, as plain text."""
        return self.given if self.asked is None else words.setting(self.problem)


@dataclass(frozen=True, eq=False, kw_only=True)
class Candidate:
    """What may be asked, before the question is made: its kind, whether it is a table, and what is asked."""

    kind: str
    is_table: bool
    asked: Quantity | None
    make: Callable[[], Question]


def candidate(worked: Worked, asked: Quantity, network: int) -> Candidate:
    """Return a number or a table of worked numbers as one that may be asked for."""
    return Candidate(
        kind=asked.kind, is_table=asked.is_table, asked=asked, make=lambda: question(worked, asked, network)
    )


def question(worked: Worked, asked: Quantity, network: int = 1) -> Question:
    """Return the question for a number or a table of worked numbers."""
    return Question(
        place=placed(asked.text, network),
        kind=asked.kind,
        text=words.asks(worked.problem, asked),
        answer=plain_value(asked.of(worked)),
        hints=hints.of_quantity(worked.problem, asked),
        slips={name: plain_value(value) for name, value in told(asked, worked).items()},
        problem=worked.problem,
        asked=asked,
        network=network,
    )


def placed(text: str, network: int) -> str:
    """Return the name of a place in one of a worksheet's networks."""
    return text if network == 1 else f"{text}@{network}"


def plain_value(value: Array) -> float | Array:
    """Return an array of no dimension as a number."""
    value = np.asarray(value)
    value.setflags(write=False)
    return float(value) if value.ndim == 0 else value


def told(asked: Quantity, worked: Worked) -> dict[str, Array]:
    """Return the values of the slips that can be told from the answer, those together that give the same."""
    right = asked.of(worked)
    apart = {name: value for name, value in asked.slips(worked).items() if far(value, right, TOLD, right)}
    return together(apart, right)


def together(slips: Mapping[str, Array], right: Array) -> dict[str, Array]:
    """Return the values of slips with those under one name that cannot be told apart beside the right one."""
    groups: list[tuple[list[str], Array]] = []
    for name, value in slips.items():
        same = next((names for names, other in groups if not far(value, other, TOLD, right)), None)
        if same is None:
            groups.append(([name], value))
        else:
            same.append(name)
    return {TOGETHER.join(names): value for names, value in groups}


def clear(worked: Worked, asked: Quantity) -> bool:
    """Return whether every slip's value is far from the answer and from all others', and there are some."""
    answer = asked.of(worked)
    if np.abs(answer).max() < SMALLEST or np.abs(answer).max() > LARGEST:
        return False
    slips = list(asked.slips(worked).values())
    if not slips:
        return False
    values: Sequence[Array] = [answer, *slips]
    return all(far(one, other) for index, one in enumerate(values) for other in values[index + 1 :])
