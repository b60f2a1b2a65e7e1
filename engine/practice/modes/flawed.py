"""Find the error: a worked pass in which one slip was made, and everything after it follows from that."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.formulas.notations import OURS, Notation
from engine.gradcheck.by_hand import Problem, computed, followed
from engine.gradcheck.mistakes import SLIPS
from engine.memory import remembered
from engine.network.model import Experiment
from engine.practice import words
from engine.practice.modes.whole_pass import cells, fresh_or_own, require_few
from engine.practice.own import taking
from engine.practice.quantity import Quantity
from engine.practice.question import clear

# of the slips that one is chosen from
CHOICES = 5
MOST_TRIES = 100


@dataclass(frozen=True, eq=False, kw_only=True)
class Flawed:
    """A pass with a slip: its numbers in the order of the calculation, of which the one at `place` is the first wrong.

    right: what stands there in a pass without it. choices: names of slips, that one among them.
    """

    problem: Problem
    numbers: tuple[tuple[Quantity, float], ...]
    place: Quantity
    slip: str
    right: float
    choices: tuple[str, ...]

    def setting(self, notation: Notation = OURS) -> str:
        """Return the network, the example and the learning rate, as plain text."""
        return words.setting(self.problem, notation)

    def comes_after(self, place: str) -> bool:
        """Return whether a place is computed after the slip was made."""
        order = [asked.text for asked, _ in self.numbers]
        return place in order and order.index(place) > order.index(self.place.text)


@remembered
def flawed(seed: int, experiment: Experiment | None = None) -> Flawed:
    """Return a pass with a slip in it, of a fresh network or the one at hand: the same for the same seed.

    Raises InvalidExperiment where no slip can be told apart in the network at hand, or it has too many numbers.
    """
    rng = np.random.default_rng([seed, 77])
    for attempt in range(1 if experiment else MOST_TRIES):
        problem = require_few(fresh_or_own(seed + 1_000_003 * attempt, experiment))
        asked = cells(problem)
        worked = computed(problem)
        found = [(one, name, value) for one in asked if clear(worked, one) for name, value in one.slips(worked).items()]
        if found:
            one, name, value = found[rng.integers(len(found))]
            return _made(problem, asked, one, name, value, rng)
    raise InvalidExperiment("In this network no error can be hidden so that it can be named. Choose fresh numbers.")


def _made(
    problem: Problem, asked: list[Quantity], place: Quantity, slip: str, value: Array, rng: np.random.Generator
) -> Flawed:
    right, wrong = computed(problem), followed(problem, taking({place: value}))
    here = [name for name in place.slips(right) if name != slip]
    rest = [name for name, record in SLIPS.items() if name not in (slip, *here) and record.values]
    # what can be made somewhere in this pass first: nobody takes the mean of one example
    in_pass = {name for one in asked for name in one.slips(right)}
    likely = sorted(rng.permutation(rest), key=lambda name: name not in in_pass)
    distractors = [*rng.permutation(here)[: CHOICES - 2], *likely][: CHOICES - 1]
    choices = [str(name) for name in rng.permutation([slip, *distractors])]
    return Flawed(
        problem=problem,
        numbers=tuple((one, float(one.of(wrong))) for one in asked),
        place=place,
        slip=slip,
        right=float(place.of(right)),
        choices=tuple(choices),
    )
