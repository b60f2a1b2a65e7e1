"""A stacked pass over many experiments is, for each of them, its learning step to the last bit."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment
from engine.backprop.learning_step import LearningStep, learning_step
from engine.backprop.stacked import stacked
from engine.network.editing import with_numbers
from engine.network.parameters import parameters
from tests.strategies import experiments, given_places

NUMBERS = st.floats(0, 1)


def contents(step: LearningStep) -> list[object]:
    made, updated = step.backward, step.updated.layers
    arrays = [*step.forward.z, *step.forward.a, *made.da, *made.delta, *made.dW, *made.db, made.dx]
    arrays += [*step.again.z, *step.again.a]
    return [made.loss, *(array.tolist() for array in [*arrays, *(p for layer in updated for p in (layer.W, layer.b))])]


@given(experiment=experiments(), numbers=st.lists(NUMBERS, min_size=1, max_size=5), data=st.data())
def test_each_experiment_has_its_own_learning_step_to_the_last_bit(
    experiment: Experiment, numbers: list[float], data: st.DataObject
) -> None:
    place = data.draw(st.sampled_from(given_places(experiment)))
    others = [with_numbers(experiment, {place: number}) for number in numbers]
    stack = stacked([experiment, *others])
    for index, one in enumerate([experiment, *others]):
        alone = learning_step(one)
        assert contents(stack.step(index)) == contents(alone)
        largest = max(float(np.abs(np.asarray(number)).max()) for number in contents(alone) if number != [])
        assert stack.largest[index] >= largest or one.update_biases is False


def test_what_overflows_is_not_finite_and_the_others_are_as_ever() -> None:
    fine = PRESETS["mazur"].experiment
    broken = replace(fine, x=np.array([1e308, 1e308]))
    broken = replace(broken, network=with_numbers(broken, {parameters(broken.network)[0]: 1e3}).network)
    with pytest.raises(InvalidExperiment, match="too large"):
        learning_step(broken)
    stack = stacked([fine, broken])
    assert np.isfinite(stack.largest).tolist() == [True, False]
    assert contents(stack.step(0)) == contents(learning_step(fine))
