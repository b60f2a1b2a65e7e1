"""The numbers worked out by hand are the engine's, over a batch too, and what is changed on the way is carried on."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PRESETS, backward, forward
from engine.arrays import Array
from engine.gradcheck.by_hand import KINDS, MEAN, Problem, computed, followed
from engine.practice import drawing
from tests import oracles

MAZUR = PRESETS["mazur"].experiment


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(1, 3))
def test_the_textbooks_rules_give_what_the_engine_computes(seed: int, examples: int) -> None:
    rng = np.random.default_rng(seed)
    problem = drawing.drawn(rng, drawing.any_sizes(rng), examples)
    by_rules, by_engine = followed(problem, lambda kind, layer, numbers: numbers), computed(problem)
    for kind in KINDS:
        for layer in range(1, len(problem.network.layers) + 1):
            oracles.assert_close(by_rules.of(kind, layer), by_engine.of(kind, layer), rtol=1e-9, atol=1e-12)


@settings(max_examples=20)
@given(st.integers(0, 10_000))
def test_the_gradients_of_a_batch_are_those_of_its_mean_or_summed_loss(seed: int) -> None:
    rng = np.random.default_rng(seed)
    problem = drawing.drawn(rng, (2, 3, 2), 3)
    whole = backward(problem.network, forward(problem.network, problem.x), problem.y)
    times = 1 if problem.reduction == MEAN else problem.examples
    worked = computed(problem)
    oracles.assert_close(worked.loss, whole.loss * times, rtol=1e-12)
    for layer in (1, 2):
        oracles.assert_close(worked.of("dw", layer), whole.dW[layer - 1] * times, rtol=1e-10, atol=1e-14)
        oracles.assert_close(worked.of("db", layer), whole.db[layer - 1] * times, rtol=1e-10, atol=1e-14)


def test_a_hidden_activation_that_is_taken_on_is_carried_through_both_passes() -> None:
    def change(kind: str, layer: int, numbers: Array) -> Array:
        return np.array([[0.6, 0.6]]) if (kind, layer) == ("a", 1) else numbers

    worked = followed(Problem.of(MAZUR), change)
    z = np.array([0.4 * 0.6 + 0.45 * 0.6 + 0.6, 0.5 * 0.6 + 0.55 * 0.6 + 0.6])
    a = 1 / (1 + np.exp(-z))
    delta = (a - [0.01, 0.99]) * a * (1 - a)
    oracles.assert_close(worked.of("z", 2)[0], z, rtol=1e-12)
    oracles.assert_close(worked.of("dw", 2), np.outer(delta, [0.6, 0.6]), rtol=1e-12)
    # the slope of a sigmoid is a · (1 - a), of the activation that was taken on
    back = [0.4 * delta[0] + 0.5 * delta[1], 0.45 * delta[0] + 0.55 * delta[1]]
    oracles.assert_close(worked.of("delta", 1)[0], np.array(back) * 0.6 * 0.4, rtol=1e-12)
