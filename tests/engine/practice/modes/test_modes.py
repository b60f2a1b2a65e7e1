"""A whole pass as a form, a pass with one error, and what a change of a weight does."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment, Layer, Network, backward, forward
from engine.practice import judge
from engine.practice.modes import flawed, prediction, whole_pass

MAZUR = PRESETS["mazur"].experiment
seeds = st.integers(0, 3_000)
WIDE = Experiment(
    Network([Layer(np.ones((30, 30)), np.zeros(30), "identity")], "half_squared_error"), np.ones(30), np.ones(30), 0.1
)


def test_a_form_that_is_filled_in_rightly_is_right_in_every_cell() -> None:
    answers = {question.place: f"{question.answer:.5g}" for question in whole_pass(3)}
    assert all(judge(question, answers[question.place], answers).kind == "right" for question in whole_pass(3))
    assert len(whole_pass(0, MAZUR)) == 4 + 4 + 1 + 2 * (2 + 4 + 2)


@settings(max_examples=12)
@given(seeds)
def test_a_pass_with_an_error_is_right_before_it_and_follows_from_it_afterwards(seed: int) -> None:
    made = flawed(seed)
    answers = {asked.text: value for asked, value in made.numbers}
    before = True
    right = {question.place: question for question in whole_pass(0, made.problem.one(0))}
    for asked, value in made.numbers:
        verdict = judge(right[asked.text], repr(value), {k: v for k, v in answers.items() if k != asked.text})
        if asked == made.place:
            assert (verdict.kind, verdict.slip) == ("slip", made.slip)
            before = False
        elif before:
            assert judge(right[asked.text], repr(value)).kind == "right"
        else:
            assert verdict.kind == "right"
    assert made.slip in made.choices
    assert len(set(made.choices)) == len(made.choices) == 5
    assert not set(made.choices) & {"one_example", "stale_outputs"}, "of one example nobody would choose these"


@settings(max_examples=12)
@given(seeds)
def test_the_best_change_is_the_one_after_which_the_loss_is_lowest(seed: int) -> None:
    made = prediction(seed)
    network, x, y = made.problem.network, made.problem.x[0], made.problem.y[0]
    losses = {}
    for change in made.changes:
        layers = list(network.layers)
        own = layers[change.weight.layer - 1]
        W = own.W.copy()
        W[change.weight.to - 1, change.weight.source - 1] += 0.1
        layers[change.weight.layer - 1] = dataclasses.replace(own, W=W)
        changed = Network(layers, network.loss)
        losses[change.weight.text] = backward(changed, forward(changed, x), y).loss
    assert min(losses, key=losses.__getitem__) == made.best.weight.text
    assert losses[made.best.weight.text] == pytest.approx(made.loss + made.best.change, abs=1e-12)


def test_what_does_not_fit_is_said() -> None:
    for mode in (whole_pass, flawed, prediction):
        with pytest.raises(InvalidExperiment):
            mode(0, WIDE)
