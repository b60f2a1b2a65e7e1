"""Steps in numbers, read back from their LaTeX: each side of an equation comes to what the engine computes."""

from dataclasses import replace

import numpy as np
import pytest

from engine import OPS, Experiment, trace
from engine.derivation import book
from engine.formulas.symbols import UNFOLDED
from tests.engine.derivation.cases import CASES, every_case, wide
from tests.engine.derivation.reading import numeric, workings
from tests.engine.derivation.truth import parameter, require, truth
from tests.latex import marked, number_of


@every_case
def test_each_side_in_numbers_comes_to_what_the_engine_computes(experiment: Experiment, exact: None) -> None:
    right = truth(experiment)
    for place, working in workings(book(experiment, UNFOLDED)).items():
        whole = numeric(working.numbers)
        assert whole, place
        for side in whole:
            require(side, right[place], parameter(experiment, working))


def test_numbers_are_written_with_four_digits_and_coloured_by_what_they_are() -> None:
    working = workings(book(CASES["worked-example"]))["weighted_sum", 2]
    assert marked(working.neurons[0].latex)[-1] == "2.731"
    assert r"\G{" not in working.numbers
    assert r"\V{" not in workings(book(CASES["worked-example"]))["bias_gradient", 2].numbers


def test_large_matrices_are_shortened_and_can_be_unfolded() -> None:
    short, long = workings(book(wide())), workings(book(wide(), UNFOLDED))
    for place, working in short.items():
        if place[0] not in ("loss", "joint_loss"):
            assert r"\vdots" in working.numbers and r"\vdots" not in long[place].numbers, place
            assert len(working.neurons) == 6 < len(long[place].neurons), place
            assert len(marked(working.numbers)) < len(marked(long[place].numbers)), place


@pytest.mark.parametrize("rate", [0.5, 1e-3, 1e-6])
def test_an_update_is_written_with_enough_digits_to_be_seen(rate: float) -> None:
    experiment = replace(CASES["worked-example"], learning_rate=rate)
    for (op, _), working in workings(book(experiment)).items():
        if op == "weight_update":
            numbers = np.array([number_of(text) for text in marked(working.numbers)])
            old, new = numbers[:9], numbers[-9:]
            assert (np.abs(new - old) > 0).all(), working.numbers


def test_the_cases_have_every_kind_of_step() -> None:
    assert {step.op for experiment in CASES.values() for step in trace(experiment)} == set(OPS)
