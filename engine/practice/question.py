"""A question: what is asked, what is right, what each slip would give, and three hints."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.formulas.notations import COLUMNS, Layout
from engine.gradcheck.by_hand import Problem, Worked
from engine.practice import words
from engine.practice.quantity import Quantity
from engine.practice.tolerance import TOLD, far
from engine.practice.wording import OfQuantity, Wording

# between the names of slips that give the same number here
TOGETHER = " + "
# of a fresh answer, so that it is friendly to type
SMALLEST, LARGEST = 1e-3, 1e4


@dataclass(frozen=True, eq=False, kw_only=True)
class Question:
    """One question of a worksheet.

    place: unique in its worksheet. kind: "z", "a", "loss", "da", "delta", "dw", "db", "new_w", "new_b" or "shape".
    answer: a number, or an array for a table; of a shape its rows and columns. slips: the value that each classical
    mistake (engine.gradcheck.mistakes.SLIPS) would give here; those that give the same are named together. Its numbers
    run as in the engine; `wording` says it in any notation, and `laid_out` turns what runs another way there.
    """

    place: str
    kind: str
    answer: float | Array
    slips: Mapping[str, float | Array]
    problem: Problem
    # None for a shape, which is no number of the calculation
    asked: Quantity | None
    wording: Wording
    # which of the worksheet's networks it is about: answers to another one's questions say nothing here
    network: int = 1

    @property
    def text(self) -> str:
        """What is asked, in our notation."""
        return self.wording.text()

    @property
    def hints(self) -> tuple[str, str, str]:
        """The rule, with symbols, and with numbers, in our notation."""
        return self.wording.hints()

    @property
    def solution(self) -> tuple[str, str]:
        """The whole equation as LaTeX, and why it comes out so, in our notation."""
        return self.wording.solution()

    @property
    def setting(self) -> str:
        """The network, the examples and the learning rate that it is about, as plain text in our notation."""
        return self.wording.setting()

    @property
    def value(self) -> Array:
        """The answer as an array, of no dimension for a number."""
        return np.asarray(self.answer, dtype=np.float64)

    @property
    def step(self) -> int:
        """The number of the step in which it is computed, counted from 1."""
        return self.wording.moment().number

    @property
    def is_shape(self) -> bool:
        """Whether rows and columns are asked for, and no numbers of a table."""
        return self.kind == "shape" and self.value.ndim == 1

    @property
    def is_table(self) -> bool:
        """Whether several numbers are asked for."""
        return self.value.ndim > 0 and not self.is_shape

    def laid_out(self, values: Array, layout: Layout = COLUMNS) -> Array:
        """Return an answer of the engine's as it runs in a layout, or one that runs so as the engine has it."""
        if not self.wording.turned(layout):
            return values
        return values[::-1] if self.is_shape else values.T

    @property
    def answer_text(self) -> str:
        """The answer in words: with four significant digits, and a shape as 3 × 2."""
        return self.answer_in(COLUMNS)

    def answer_in(self, layout: Layout) -> str:
        """Return the answer in words, as it runs in a layout."""
        value = self.laid_out(self.value, layout)
        return " × ".join(f"{number:.0f}" for number in value) if self.is_shape else words.rounded(value)


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
        answer=plain_value(asked.of(worked)),
        slips={name: plain_value(value) for name, value in told(asked, worked).items()},
        problem=worked.problem,
        asked=asked,
        wording=OfQuantity(problem=worked.problem, asked=asked),
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
