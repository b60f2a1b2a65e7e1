"""Predict: which weight, made larger by 0.1, lowers the loss most? What each one does, and what its gradient says."""

from dataclasses import dataclass, replace

import numpy as np

from engine.errors import InvalidExperiment
from engine.formulas.notations import OURS, Notation
from engine.gradcheck.by_hand import Problem, Worked, computed
from engine.memory import remembered
from engine.network.model import Experiment, Network
from engine.network.places import Weight
from engine.practice import words
from engine.practice.modes.whole_pass import fresh_or_own

STEP = 0.1
MOST_WEIGHTS = 40
MOST_TRIES = 200
# the best one is better than the next by so much
AHEAD = 1.15


@dataclass(frozen=True, kw_only=True)
class Change:
    """A weight, the change of the loss when it is made larger by STEP, and its gradient."""

    weight: Weight
    change: float
    gradient: float


@dataclass(frozen=True, eq=False, kw_only=True)
class Prediction:
    """A problem with what each weight does; `best` is the one that lowers the loss most."""

    problem: Problem
    loss: float
    changes: tuple[Change, ...]

    def setting(self, notation: Notation = OURS) -> str:
        """Return the network, the example and the learning rate, as plain text."""
        return words.setting(self.problem, notation)

    @property
    def best(self) -> Change:
        """The change that lowers the loss most."""
        return min(self.changes, key=lambda change: change.change)

    def of(self, place: str) -> Change | None:
        """Return the change of the weight that a text names: w.1.2.3."""
        return next((change for change in self.changes if change.weight.text == place), None)


@remembered
def prediction(seed: int, experiment: Experiment | None = None) -> Prediction:
    """Return what changes of single weights do, of a fresh network or the one at hand: the same for the same seed.

    Raises InvalidExperiment for a network with more than MOST_WEIGHTS weights, or where no change lowers the loss.
    """
    for attempt in range(1 if experiment else MOST_TRIES):
        problem = fresh_or_own(seed + 1_000_003 * attempt, experiment)
        if problem.network.weight_count > MOST_WEIGHTS:
            raise InvalidExperiment(
                f"This network has {problem.network.weight_count:,} weights to choose from; up to {MOST_WEIGHTS} fit."
            )
        made = _prediction(problem)
        if made.best.change < 0 and (experiment is not None or _is_clear(made)):
            return made
    raise InvalidExperiment("No weight of this network, made larger, lowers the loss. Choose fresh numbers.")


def _is_clear(made: Prediction) -> bool:
    first, second = sorted(change.change for change in made.changes)[:2]
    return first < AHEAD * second and made.best == min(made.changes, key=lambda change: change.gradient)


def _prediction(problem: Problem) -> Prediction:
    worked = computed(problem)
    loss = float(worked.loss)
    return Prediction(
        problem=problem, loss=loss, changes=tuple(_change(problem, worked, weight) for weight in _weights(problem))
    )


def _weights(problem: Problem) -> list[Weight]:
    return [
        Weight(number, to, source)
        for number, layer in enumerate(problem.network.layers, start=1)
        for to in range(1, layer.n_out + 1)
        for source in range(1, layer.n_in + 1)
    ]


def _change(problem: Problem, worked: Worked, weight: Weight) -> Change:
    layers = list(problem.network.layers)
    W = np.array(layers[weight.layer - 1].W)
    W[weight.to - 1, weight.source - 1] += STEP
    layers[weight.layer - 1] = replace(layers[weight.layer - 1], W=W)
    after = computed(replace(problem, network=Network(layers, problem.network.loss)))
    return Change(weight=weight, change=float(after.loss - worked.loss), gradient=weight.of(worked.dw))
