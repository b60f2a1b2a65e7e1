"""Questions, hints and solutions have their numbers in one way."""

import re
from itertools import islice

import numpy as np
import pytest

from engine import PRESETS, InvalidExperiment, worksheet
from engine.practice import LEVELS
from tests.nasty import NASTY
from tests.writing import amiss

NETWORKS = {name: PRESETS[name].experiment for name in ("mazur", "worked-example")} | {
    name: NASTY[name] for name in ("leaky ReLU below 0", "negative activations", "batch, mean")
}


@pytest.mark.parametrize("name", NETWORKS)
@pytest.mark.parametrize("level", LEVELS)
def test_numbers_are_written_one_way(level: str, name: str) -> None:
    record = LEVELS[level]
    try:
        problem = record.take(NETWORKS[name], np.random.default_rng(0))
    except InvalidExperiment:
        return
    for one in islice(record.candidates(problem, 1, fresh=False), 0, None, 5):
        asked = one.make()
        latex, why = asked.solution
        wrong = [found for text in (asked.text, *asked.hints, why) for found in amiss(text)]
        assert not [*wrong, *amiss(latex, formula=True)]


def test_a_worksheet_speaks_of_no_picture_and_asks_in_whole_sentences() -> None:
    for level in LEVELS:
        for question in worksheet(3, level, 12):
            told = " ".join((question.text, *question.hints, *question.solution))
            assert "picture" not in told, told
            assert not re.search(r"Which shape has|hardly or not change|[a-z]  [a-z]", told), told
