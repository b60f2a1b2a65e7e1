"""Worksheets: the same for the same seed, right by the engine, and with slips that can be told apart."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment, Layer, Network, backward, forward
from engine.gradcheck.mistakes import SLIPS
from engine.practice import LEVELS, judge, worksheet
from engine.practice.question import TOGETHER
from tests.engine.practice.typing_in import typed

NUMBERS = [name for name in LEVELS if name != "shapes"]
seeds = st.integers(0, 5_000)


def relative(one: object, other: object) -> float:
    """How far two values are apart, as a part of the larger; of different shapes infinitely far."""
    a, b = np.asarray(one), np.asarray(other)
    if a.shape != b.shape:
        return np.inf
    return float((np.abs(a - b) / np.maximum(np.maximum(np.abs(a), np.abs(b)), 1e-300)).max())


@settings(max_examples=20)
@given(seeds, st.sampled_from(list(LEVELS)))
def test_with_fresh_numbers_no_slip_is_taken_for_the_answer_or_for_another(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 4):
        assert question.slips
        for one, other in combinations([question.answer, *question.slips.values()], 2):
            assert relative(one, other) > 1e-3


@settings(max_examples=20)
@given(seeds, st.sampled_from(list(LEVELS)))
def test_each_slip_is_reached_by_making_it(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 4):
        for name, value in question.slips.items():
            verdict = judge(question, typed(question, value))
            assert (verdict.kind, verdict.slip) == ("slip", name)
            assert SLIPS[name].said in verdict.message


def test_over_all_levels_every_slip_is_asked_for() -> None:
    missing, seed = set(SLIPS), 0
    while missing and seed < 80:
        missing -= {name for level in LEVELS for q in worksheet(seed, level, 4) for name in q.slips}
        seed += 1
    assert not missing


@settings(max_examples=12)
@given(seeds, st.sampled_from(NUMBERS))
def test_answers_are_what_the_engine_computes(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 3):
        problem, asked = question.problem, question.asked
        assert asked is not None
        passed = forward(problem.network, problem.x)
        made = backward(problem.network, passed, problem.y)
        times = problem.examples if problem.reduction == "sum" else 1
        index, rate = asked.layer - 1, problem.learning_rate
        layer = problem.network.layers[index]
        whole = {
            "z": passed.z[index],
            "a": passed.a[asked.layer],
            "loss": np.array(made.loss * times),
            "da": made.da[index],
            "delta": made.delta[index],
            "dw": made.dW[index] * times,
            "db": made.db[index] * times,
            "new_w": layer.W - rate * made.dW[index] * times,
            "new_b": layer.b - rate * made.db[index] * times,
        }[question.kind]
        if question.kind in ("z", "a", "da", "delta"):
            whole = whole[0]
        np.testing.assert_allclose(question.answer, whole[asked.index], rtol=1e-10)


def test_the_same_seed_gives_the_same_sheet_and_another_one_another() -> None:
    one, again, other = worksheet(7, "hidden", 5), worksheet(7, "hidden", 5), worksheet(8, "hidden", 5)
    assert [q.text for q in one] == [q.text for q in again]
    assert [q.setting for q in one] != [q.setting for q in other]
    assert len({q.place for q in one}) == len(one) == 5


def test_numbers_are_friendly() -> None:
    for question in worksheet(3, "update", 4):
        for layer in question.problem.network.layers:
            for values in (layer.W, layer.b, question.problem.x):
                np.testing.assert_array_equal(values, np.round(values, 2))


@pytest.mark.parametrize("level", list(LEVELS))
def test_the_network_at_hand_is_asked_about(level: str) -> None:
    deep = [preset.experiment for preset in PRESETS.values() if len(preset.experiment.network.layers) > 1]
    for experiment in deep if level == "hidden" else [preset.experiment for preset in PRESETS.values()]:
        for question in worksheet(1, level, 6, experiment):
            assert judge(question, typed(question, question.answer)).kind == "right"
            for name, value in question.slips.items():
                verdict = judge(question, typed(question, value, lambda number: f"{number:.6g}"))
                assert (verdict.kind, verdict.slip) == ("slip", name)
                assert set(name.split(TOGETHER)) <= set(SLIPS)


def test_slips_that_coincide_are_named_together() -> None:
    # of 1 · 3 + 3 · 1 either path alone is 3
    network = Network([Layer([[1.0, 3.0], [1.0, 3.0]], [0.5, 0.0], "identity")], "half_squared_error")
    questions = worksheet(0, "forward", 6, Experiment(network, [3.0, 1.0], [1.0, 1.0], 0.1))
    first = next(one for one in questions if one.place == "z.1.1")
    (names,) = (name for name, value in first.slips.items() if value == 3.5)
    assert names.split(TOGETHER) == ["one_path", "hadamard"]


def test_what_cannot_be_asked_is_said() -> None:
    flat = Experiment(Network([Layer([[2.0]], [1.0], "identity")], "half_squared_error"), [1.0], [1.0], 0.1)
    with pytest.raises(InvalidExperiment, match="hidden layer"):
        worksheet(0, "hidden", 1, flat)
    with pytest.raises(InvalidExperiment, match="level"):
        worksheet(0, "sideways", 1)
    for seed, n in ((-1, 1), (0, 0), (0, 101), (0.5, 1)):
        with pytest.raises(InvalidExperiment):
            worksheet(seed, "forward", n)  # type: ignore[arg-type]


@pytest.mark.parametrize("reduction", ["mean", "sum"])
def test_a_batch_at_hand_is_asked_about_as_a_whole_and_its_first_example_alone(reduction: str) -> None:
    network = PRESETS["mazur"].experiment.network
    batch = Experiment(network, [[0.05, 0.1], [0.3, 0.7]], [[0.01, 0.99], [0.5, 0.2]], 0.5, True, reduction)
    made = backward(network, forward(network, batch.x), batch.y, reduction)
    for question in worksheet(0, "batch", 12, batch):
        assert question.asked is not None
        if question.kind in ("dw", "db"):
            whole = (made.dW if question.kind == "dw" else made.db)[question.asked.layer - 1]
            np.testing.assert_allclose(question.answer, whole[question.asked.index], rtol=1e-12)
    z = network.layers[0].W @ batch.x[0] + network.layers[0].b
    for question in worksheet(0, "forward", 12, batch):
        if question.place == "z.1":
            np.testing.assert_allclose(question.answer, z)
