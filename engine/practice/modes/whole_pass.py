"""A whole pass as a form: every number of it a question of its own, judged with the answers before it."""

import numpy as np

from engine.errors import InvalidExperiment
from engine.gradcheck.by_hand import Problem, computed
from engine.memory import remembered
from engine.network.model import Experiment
from engine.practice import drawing
from engine.practice.quantity import OF_WEIGHTS, Quantity
from engine.practice.question import Question, question

FORWARD, BACKWARD = ("z", "a"), ("delta", "dw", "db")
# a form with more is for a program to fill in
MOST_CELLS = 60


@remembered
def whole_pass(seed: int, experiment: Experiment | None = None) -> tuple[Question, ...]:
    """Return a question for each number of a fresh network's pass, or of the one at hand, in the order of computing.

    Raises InvalidExperiment for a network with more than MOST_CELLS numbers.
    """
    problem = require_few(fresh_or_own(seed, experiment))
    worked = computed(problem)
    return tuple(question(worked, one) for one in cells(problem))


def require_few(problem: Problem) -> Problem:
    """Return a problem; raise InvalidExperiment where its pass has more than MOST_CELLS numbers."""
    network = problem.network
    # z, a and delta of each neuron, a gradient for each parameter, and the loss
    count = 3 * sum(network.sizes[1:]) + network.parameter_count + 1
    if count > MOST_CELLS:
        raise InvalidExperiment(
            f"A pass may have up to {MOST_CELLS} numbers here; that of this network has {count:,}. "
            "Choose fresh numbers, or paste yours under “Check my numbers”."
        )
    return problem


def fresh_or_own(seed: int, experiment: Experiment | None) -> Problem:
    """Return a fresh problem, small enough to be worked out as a whole, or that of the first example at hand."""
    if experiment is None:
        return drawing.drawn(np.random.default_rng([seed, 99]), (2, 2, 1))
    return Problem.of(Problem.of(experiment).one(0))


def cells(problem: Problem) -> list[Quantity]:
    """Return every number of a forward and a backward pass, in the order of the calculation."""
    layers = range(1, len(problem.network.layers) + 1)
    forward = [cell for layer in layers for kind in FORWARD for cell in _of_layer(problem, kind, layer)]
    backward = [cell for layer in reversed(layers) for kind in BACKWARD for cell in _of_layer(problem, kind, layer)]
    return [*forward, Quantity("loss"), *backward]


def _of_layer(problem: Problem, kind: str, layer: int) -> list[Quantity]:
    own = problem.layer(layer)
    neurons, sources = range(1, own.n_out + 1), range(1, own.n_in + 1)
    if kind in OF_WEIGHTS:
        return [Quantity(kind, layer, to, source) for to in neurons for source in sources]
    return [Quantity(kind, layer, to) for to in neurons]
