"""The softmax with a temperature: its limits, its Jacobian by differences, and that a constant changes nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InvalidExperiment
from engine.analysis.temperature import entropy, jacobian, probabilities
from tests.oracles import assert_close

LOGITS = st.lists(st.floats(-20, 20), min_size=1, max_size=6)


@given(LOGITS, st.floats(0.05, 20), st.floats(-100, 100))
def test_probabilities_sum_to_one_and_a_constant_added_changes_none(z, temperature, constant) -> None:
    p = probabilities(np.array(z), temperature)
    assert p.sum() == pytest.approx(1.0) and (p >= 0).all()
    assert_close(probabilities(np.array(z) + constant, temperature), p, rtol=1e-9, atol=1e-12)


@given(LOGITS, st.floats(0.1, 10))
def test_the_jacobian_is_that_of_central_differences(z, temperature) -> None:
    z, h = np.array(z), 1e-6
    moved = [
        (probabilities(z + h * unit, temperature) - probabilities(z - h * unit, temperature)) / (2 * h)
        for unit in np.eye(len(z))
    ]
    assert_close(jacobian(z, temperature), np.column_stack(moved), rtol=1e-4, atol=1e-8)


def test_cold_chooses_and_hot_forgets() -> None:
    z = np.array([1.0, 2.0, 3.0])
    assert_close(probabilities(z, 0.01), [0, 0, 1], rtol=0, atol=1e-12)
    assert_close(probabilities(z, 1e6), [1 / 3] * 3, rtol=1e-5)
    assert entropy(probabilities(z, 0.001)) == pytest.approx(0.0, abs=1e-12)
    assert entropy(probabilities(z, 1e6)) == pytest.approx(np.log(3))


@pytest.mark.parametrize("temperature", [0.0, -1.0, float("nan"), float("inf")])
def test_a_temperature_that_is_not_positive_is_refused(temperature) -> None:
    with pytest.raises(InvalidExperiment, match="temperature"):
        probabilities(np.array([1.0]), temperature)
