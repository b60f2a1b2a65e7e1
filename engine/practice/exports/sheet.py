"""A worksheet for a class: level, seed, number of questions and variants, as one short text for a link."""

import re
from dataclasses import dataclass

from engine.errors import InvalidExperiment
from engine.network.model import Experiment
from engine.practice.levels import LEVELS
from engine.practice.question import Question
from engine.practice.sheet import worksheet

MOST_QUESTIONS, MOST_VARIANTS, MOST_SEED = 20, 40, 999_999
# of the network at hand, which the link holds as well
OWN = "own"
_TEXT = re.compile(r"([a-z]{1,20})-(\d{1,6})-(\d{1,3})-(\d{1,3})(?:-(own))?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A worksheet in variants, which differ in their numbers; with `own`, about the network at hand.

    Raises InvalidExperiment for an unknown level and for numbers out of range.
    """

    level: str
    seed: int
    questions: int
    variants: int = 1
    own: bool = False

    def __post_init__(self) -> None:
        _ = LEVELS[self.level]
        bounds = (
            ("The seed", self.seed, 0, MOST_SEED),
            ("The number of questions", self.questions, 1, MOST_QUESTIONS),
            ("The number of variants", self.variants, 1, MOST_VARIANTS),
        )
        for what, number, low, high in bounds:
            if not low <= number <= high:
                raise InvalidExperiment(f"{what} must be from {low} to {high:,}; {number:,} was given.")

    @staticmethod
    def read(text: str) -> "Sheet":
        """Return the worksheet of a link; raise InvalidExperiment for a text that names none."""
        match = _TEXT.fullmatch(text)
        if not match:
            raise InvalidExperiment("The link names no worksheet: it should be like forward-7-5-3.")
        level, seed, questions, variants, own = match.groups()
        return Sheet(level=level, seed=int(seed), questions=int(questions), variants=int(variants), own=own is not None)

    @property
    def text(self) -> str:
        """What stands in a link: hidden-7-5-3 is level, seed, questions and variants."""
        return "-".join([self.level, str(self.seed), str(self.questions), str(self.variants)] + [OWN] * self.own)

    def variant(self, number: int, experiment: Experiment | None = None) -> tuple[Question, ...]:
        """Return the questions of a variant, counted from 1; `experiment` is the network at hand."""
        return worksheet(self.seed + number - 1, self.level, self.questions, experiment if self.own else None)
