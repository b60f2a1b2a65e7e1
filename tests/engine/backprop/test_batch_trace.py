"""The trace of a batch: one example's steps as if it were alone, what all make together, and all at once."""

from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import OPS, Experiment, InvalidExperiment, Layer, Network, Step, backward, forward, sgd_step, trace
from engine.backprop.ops import PICTURED, STACKED
from engine.backprop.trace import Level, matching
from tests.oracles import assert_close
from tests.samples import network_with
from tests.strategies import experiments, several

LEVELS = get_args(Level)
TOGETHER = ("batch_loss", "batch_weight_gradient", "batch_bias_gradient", "new_batch_loss")
levels = st.sampled_from(LEVELS)


def by_op(steps: tuple[Step, ...]) -> dict[tuple[str, int], Any]:
    """The whole layers' steps by op and layer."""
    return {(step.op, step.layer): step.value for step in steps if step.neuron is None}


@given(several(), levels, st.data())
def test_every_step_replays_to_exactly_its_value(batch: Experiment, level: Level, data: st.DataObject) -> None:
    example = data.draw(st.integers(1, batch.examples))
    steps = trace(batch, level, example)
    for step in steps:
        again = OPS[step.op].compute(*step.operands)
        assert np.array_equal(again, step.value) and np.shape(again) == np.shape(step.value)
        assert step.op in (STACKED if level == "batch" else PICTURED)
    phases = [step.phase for step in steps]
    assert phases == sorted(phases, key=["forward", "loss", "backward", "examples", "update"].index)


@given(several(), st.sampled_from(("neuron", "layer")), st.data())
def test_an_example_has_the_steps_that_it_has_alone(batch: Experiment, level: Level, data: st.DataObject) -> None:
    example = data.draw(st.integers(1, batch.examples))
    among = [step for step in trace(batch, level, example) if step.phase not in ("examples", "update")]
    alone = [step for step in trace(batch.example(example), level) if step.phase != "update"]
    assert [(s.op, s.layer, s.neuron) for s in among] == [(s.op, s.layer, s.neuron) for s in alone]
    assert all(np.array_equal(one.value, other.value) for one, other in zip(among, alone, strict=True))


@given(several(), st.data())
def test_the_examples_make_the_batch_s_loss_gradients_and_update(batch: Experiment, data: st.DataObject) -> None:
    found = by_op(trace(batch, "layer", data.draw(st.integers(1, batch.examples))))
    whole = backward(batch.network, forward(batch.network, batch.x), batch.y, batch.reduction)
    after = sgd_step(batch.network, whole, batch.learning_rate, batch.update_biases)
    again = backward(after, forward(after, batch.x), batch.y, batch.reduction)
    last = len(batch.network.layers)
    assert_close(found["batch_loss", last], whole.loss, 1e-12, 1e-12)
    assert_close(found["new_batch_loss", last], again.loss, 1e-9, 1e-9)
    for layer in range(1, last + 1):
        assert_close(found["batch_weight_gradient", layer], whole.dW[layer - 1], 1e-12, 1e-12)
        assert_close(found["batch_bias_gradient", layer], whole.db[layer - 1], 1e-12, 1e-12)
        assert_close(found["weight_update", layer], after.layers[layer - 1].W, 1e-12, 1e-12)
        assert (("bias_update", layer) in found) == batch.update_biases


@given(several())
def test_the_update_is_made_of_the_gradients_shown_before_it(batch: Experiment) -> None:
    steps = trace(batch, "neuron", 2)
    found = by_op(steps)
    for step in steps:
        if step.op in ("weight_update", "bias_update"):
            shown = found[f"batch_{step.op.removesuffix('_update')}_gradient", step.layer]
            assert np.array_equal(step.operands[1], shown)
    assert all((op in {step.op for step in steps}) for op in TOGETHER)


@given(several())
def test_in_matrices_every_row_is_an_example_and_the_gradients_are_whole(batch: Experiment) -> None:
    steps = trace(batch, "batch")
    found, layers = by_op(steps), range(1, len(batch.network.layers) + 1)
    assert all(step.stacked and step.neuron is None for step in steps)
    for row in range(batch.examples):
        passed = forward(batch.network, batch.x[row])
        for layer in layers:
            assert_close(found["weighted_sum", layer][row], passed.z[layer - 1], 1e-12, 1e-12)
            assert_close(found["activation", layer][row], passed.a[layer], 1e-9, 1e-12)
    whole = backward(batch.network, forward(batch.network, batch.x), batch.y, batch.reduction)
    for layer in layers:
        assert_close(found["weight_gradient", layer], whole.dW[layer - 1], 1e-12, 1e-12)
        assert_close(found["bias_gradient", layer], whole.db[layer - 1], 1e-12, 1e-12)
    assert_close(found["losses", layers[-1]], whole.loss, 1e-12)


@given(experiments(), levels)
def test_one_example_has_no_step_that_a_batch_has(experiment: Experiment, level: Level) -> None:
    steps = trace(experiment, level)
    same = trace(experiment, "layer" if level == "batch" else level)
    assert [(s.op, s.layer, s.neuron) for s in steps] == [(s.op, s.layer, s.neuron) for s in same]
    assert not any(step.stacked or OPS[step.op].together for step in steps)


@given(several(), st.permutations(LEVELS), st.data())
def test_a_step_has_its_match_in_every_other_detail(batch: Experiment, order: list[Level], data: st.DataObject) -> None:
    one, other, _ = order
    looked_at = batch.in_batch(1)
    here, there = trace(looked_at, one), trace(looked_at, other)
    number = data.draw(st.integers(1, len(here)))
    found = there[matching(number, looked_at, other, one) - 1]
    assert found.layer == here[number - 1].layer
    assert found.op.split("_")[-1].rstrip("es") == here[number - 1].op.split("_")[-1].rstrip("es")
    assert matching(1, looked_at, other, one) == 1 and matching(len(here), looked_at, other, one) == len(there)


@pytest.mark.parametrize("example", [0, 5, 1.5, "1", None])
def test_an_example_that_is_not_there_is_refused(example: Any) -> None:
    batch = Experiment(network_with("tanh", "sigmoid", "huber", 1), np.zeros((4, 3)), np.zeros((4, 2)), 0.1)
    with pytest.raises(InvalidExperiment, match="example"):
        trace(batch, "neuron", example)


@pytest.mark.parametrize("row", [1, 3])
@pytest.mark.parametrize("level", LEVELS)
def test_an_example_whose_numbers_overflow_is_refused_whichever_is_looked_at(row: int, level: Level) -> None:
    x = np.ones((4, 1))
    x[row] = 1e300
    batch = Experiment(Network([Layer([[1e10]], [0.0], "sigmoid")], "huber"), x, np.zeros((4, 1)), 0.1)
    with pytest.raises(InvalidExperiment, match="too large to compute"):
        trace(batch, level, 1)
