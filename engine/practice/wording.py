"""What is said of a question, in any notation: the question, the network, three hints, and the solution with why."""

from dataclasses import dataclass
from typing import Protocol

from engine.formulas.notations import OURS, Layout, Notation
from engine.gradcheck.by_hand import Problem
from engine.practice import hints, words
from engine.practice.hints import Hints, Moment
from engine.practice.quantity import Quantity


class Wording(Protocol):
    """What a question is made of besides its numbers; names, formulas and tables are those of a notation."""

    def text(self, notation: Notation = OURS) -> str:
        """Return the question."""

    def setting(self, notation: Notation = OURS) -> str:
        """Return the numbers that it is about, as plain text; nothing where the question says all."""

    def hints(self, notation: Notation = OURS) -> Hints:
        """Return three hints, with formulas between dollar signs."""

    def solution(self, notation: Notation = OURS) -> tuple[str, str]:
        """Return an equation as LaTeX, and why it comes out so, with formulas between dollar signs."""

    def turned(self, layout: Layout) -> bool:
        """Return whether the table or the shape that is asked for runs the other way round in a layout."""

    def moment(self) -> Moment:
        """Return where it is computed."""


@dataclass(frozen=True, eq=False, kw_only=True)
class OfQuantity:
    """The wording of a question for a number of a problem, or for a table."""

    problem: Problem
    asked: Quantity

    def text(self, notation: Notation = OURS) -> str:
        """Return the question."""
        return words.asks(self.problem, self.asked, notation)

    def setting(self, notation: Notation = OURS) -> str:
        """Return the network, the examples and the learning rate."""
        return words.setting(self.problem, notation)

    def hints(self, notation: Notation = OURS) -> Hints:
        """Return the rule, the rule with symbols, and with numbers."""
        return hints.of_quantity(self.problem, self.asked, notation)

    def solution(self, notation: Notation = OURS) -> tuple[str, str]:
        """Return the whole equation as LaTeX, and why it comes out so."""
        return hints.solution(self.problem, self.asked, notation)

    def turned(self, layout: Layout) -> bool:
        """Return whether it is a table of weights, and those have their inputs first."""
        return self.asked.turned(layout)

    def moment(self) -> Moment:
        """Return where it is computed."""
        return hints.moment(self.problem, self.asked)
