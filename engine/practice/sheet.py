"""Worksheets: questions of a level, all from a seed."""

from collections import Counter
from itertools import cycle, islice

import numpy as np

from engine.errors import InvalidExperiment
from engine.memory import remembered
from engine.network.model import Experiment
from engine.practice.levels import LEVELS, Level, require_some
from engine.practice.question import Candidate, Question
from engine.validation import whole_number

MOST_QUESTIONS = 100
# fresh networks whose numbers let slips be mistaken for each other are passed over; far fewer are, than this
MOST_TRIES = 2_000


@remembered
def worksheet(seed: int, level: str, n: int, experiment: Experiment | None = None) -> tuple[Question, ...]:
    """Return n questions of a level of LEVELS, in the order of the calculation: the same for the same seed.

    They are about one fresh network, or as many as it takes; with an `experiment`, about that one, and come again where
    it has fewer. Raises InvalidExperiment for an unknown level, a seed that is no whole number from 0, an n that is
    not from 1 to MOST_QUESTIONS, and where the experiment has nothing to ask at this level.
    """
    record = LEVELS[level]
    seed, n = whole_number(seed, "The seed", 0), whole_number(n, "The number of questions", 1)
    if n > MOST_QUESTIONS:
        raise InvalidExperiment(f"A worksheet has up to {MOST_QUESTIONS} questions; {n} were asked for.")
    rng = np.random.default_rng([seed, list(LEVELS).index(level)])
    if experiment is not None:
        candidates = require_some(record.candidates(record.take(experiment, rng), 1, fresh=False), record)
        return tuple(islice(cycle(_chosen(candidates, n, rng)), n))
    return tuple(_fresh(record, n, rng))


def _fresh(level: Level, n: int, rng: np.random.Generator) -> list[Question]:
    found: list[Question] = []
    network = 1
    for _ in range(MOST_TRIES):
        candidates = level.candidates(level.draw(rng), network, fresh=True)
        # a network of which little can be asked is passed over as well
        if len(candidates) < min(n, 3):
            continue
        found += _chosen(candidates, n - len(found), rng)
        network += 1
        if len(found) == n:
            return found
    raise InvalidExperiment("No network was found for this seed. Choose another one.")


def _chosen(candidates: list[Candidate], n: int, rng: np.random.Generator) -> list[Question]:
    """Up to n of the candidates, of as many kinds as there are, in the order of the calculation.

    A table that holds another one's answer is left for last.
    """
    kept = list[Candidate]()
    waiting = _by_turns([candidates[index] for index in rng.permutation(len(candidates))])
    for told in (False, True):
        for one in waiting:
            if len(kept) < n and one not in kept and (told or not any(_overlap(one, other) for other in kept)):
                kept.append(one)
    order = {id(one): index for index, one in enumerate(candidates)}
    kept.sort(key=lambda one: one.asked.order() if one.asked else (order[id(one)],))
    return [one.make() for one in kept]


def _by_turns(candidates: list[Candidate]) -> list[Candidate]:
    turns = Counter[tuple[str, bool]]()
    ranked = list[tuple[int, int]]()
    for index, one in enumerate(candidates):
        turns[one.kind, one.is_table] += 1
        ranked.append((turns[one.kind, one.is_table], index))
    return [candidates[index] for _, index in sorted(ranked)]


def _overlap(one: Candidate, other: Candidate) -> bool:
    if one.asked is None or other.asked is None:
        return False
    same = (one.kind, one.asked.layer) == (other.kind, other.asked.layer)
    return same and (one.is_table or other.is_table)
