"""What one learning step computes is what forward, backward and update give one after the other, and is shared."""

from dataclasses import replace

import pytest
from hypothesis import given

from engine import PRESETS, Experiment, InvalidExperiment, backward, forward, sgd_step
from engine.backprop.learning_step import learning_step
from tests.strategies import experiments


@given(experiments())
def test_it_is_the_three_passes_one_after_the_other(e: Experiment) -> None:
    computed = learning_step(e)
    passed = forward(e.network, e.x)
    made = backward(e.network, passed, e.y)
    assert [a.tolist() for a in computed.forward.a] == [a.tolist() for a in passed.a]
    assert [dW.tolist() for dW in computed.backward.dW] == [dW.tolist() for dW in made.dW]
    assert computed.updated == sgd_step(e.network, made, e.learning_rate, e.update_biases)


@given(experiments())
def test_it_is_computed_once_and_nobody_can_change_it(e: Experiment) -> None:
    computed = learning_step(e)
    assert learning_step(replace(e)) is computed
    with pytest.raises(ValueError, match="read-only"):
        computed.backward.dW[0][0, 0] = 1.0


def test_an_update_that_overflows_is_refused() -> None:
    mazur = PRESETS["mazur"].experiment
    assert learning_step(replace(mazur, learning_rate=1e300))
    with pytest.raises(InvalidExperiment, match="too large"):
        learning_step(replace(mazur, learning_rate=1.7e308, y=mazur.y * 1e3))
