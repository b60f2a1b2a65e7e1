"""The trace: every step replays to the last bit, all steps together are the passes, in the order a reader expects."""

from collections import defaultdict
from dataclasses import FrozenInstanceError, replace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    OPS,
    PRESETS,
    Experiment,
    InvalidExperiment,
    Layer,
    Network,
    Step,
    backward,
    forward,
    sgd_step,
    trace,
)
from engine.backprop.trace import Detail, matching, trace_some
from tests.strategies import experiments

DETAILS = get_args(Detail)
SOFTMAX = Experiment(
    Network(
        [Layer([[0.5], [-0.4]], [0.1, 0.2], "softmax"), Layer([[1.0, 2.0], [0.3, -0.6]], [0, 0], "softmax")],
        "cross_entropy",
    ),
    [1.5],
    [0.0, 1.0],
    0.1,
)
MAZUR = PRESETS["mazur"].experiment


@pytest.mark.parametrize("detail", DETAILS)
@given(experiment=experiments())
def test_every_step_replays_to_exactly_its_value(detail: Detail, experiment: Experiment) -> None:
    for step in trace(experiment, detail):
        again = OPS[step.op].compute(*step.operands)
        assert np.array_equal(again, step.value) and np.shape(again) == np.shape(step.value)
        assert step.phase == OPS[step.op].phase


def collected(steps: tuple[Step, ...]) -> dict[tuple[str, int], Any]:
    """The values of each op and layer, put together from single neurons where they come one by one."""
    parts: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for step in steps:
        parts[step.op, step.layer].append(step.value)
        assert step.neuron in (None, len(parts[step.op, step.layer]))
    return {key: np.reshape(values, -1) for key, values in parts.items()}


@pytest.mark.parametrize("detail", DETAILS)
@given(experiment=experiments())
def test_the_steps_together_are_the_passes_and_the_learning_step(detail: Detail, experiment: Experiment) -> None:
    network = experiment.network
    passed = forward(network, experiment.x)
    back = backward(network, passed, experiment.y)
    learned = sgd_step(network, back, experiment.learning_rate, experiment.update_biases)
    last = len(network.layers)
    found = collected(trace(experiment, detail))
    expected: dict[tuple[str, int], Any] = {}
    for index, layer in enumerate(learned.layers):
        number, output = index + 1, index + 1 == last
        delta = "joint_delta" if output and ("joint_delta", last) in found else "delta"
        expected |= {
            ("weighted_sum", number): passed.z[index],
            ("activation", number): passed.a[number],
            ("loss_gradient" if output else "summed_gradient", number): back.da[index],
            (delta, number): back.delta[index],
            ("weight_gradient", number): back.dW[index],
            ("bias_gradient", number): back.db[index],
            ("weight_update", number): layer.W,
        }
        if experiment.update_biases:
            expected["bias_update", number] = layer.b
    expected["joint_loss" if ("joint_loss", last) in found else "loss", last] = back.loss
    expected["new_loss", last] = backward(learned, forward(learned, experiment.x), experiment.y).loss
    assert set(found) == set(expected)
    for key, value in expected.items():
        np.testing.assert_array_equal(found[key], np.reshape(value, -1), err_msg=str(key))


def order(experiment: Experiment, detail: Detail) -> list[str]:
    marks = {"weighted_sum": "z", "activation": "a", "loss_gradient": "da", "summed_gradient": "da"}
    marks |= {"delta": "delta", "joint_delta": "delta", "weight_gradient": "dW", "bias_gradient": "db"}
    marks |= {"loss": "L", "joint_loss": "L", "weight_update": "W", "bias_update": "b", "new_loss": "L of "}
    return [
        f"{marks[step.op]}{step.layer}{'' if step.neuron is None else f'.{step.neuron}'}"
        for step in trace(experiment, detail)
    ]


def test_neurons_are_computed_one_after_another_forward_then_backward_and_updated_at_last() -> None:
    with_biases = replace(MAZUR, update_biases=True)
    assert order(with_biases, "neuron") == [
        *("z1.1", "a1.1", "z1.2", "a1.2", "z2.1", "a2.1", "z2.2", "a2.2", "L2"),
        *("da2.1", "delta2.1", "dW2.1", "db2.1", "da2.2", "delta2.2", "dW2.2", "db2.2"),
        *("da1.1", "delta1.1", "dW1.1", "db1.1", "da1.2", "delta1.2", "dW1.2", "db1.2"),
        *("W2", "b2", "W1", "b1", "L of 2"),
    ]


def test_whole_layers_are_computed_in_the_same_order() -> None:
    assert order(replace(MAZUR, update_biases=True), "layer") == [
        *("z1", "a1", "z2", "a2", "L2", "da2", "delta2", "dW2", "db2", "da1", "delta1", "dW1", "db1"),
        *("W2", "b2", "W1", "b1", "L of 2"),
    ]


def test_a_softmax_is_one_step_for_its_layer_forward_and_backward() -> None:
    assert order(SOFTMAX, "neuron") == [
        *("z1.1", "z1.2", "a1", "z2.1", "z2.2", "a2", "L2"),
        *("da2.1", "da2.2", "delta2", "dW2.1", "db2.1", "dW2.2", "db2.2"),
        *("da1.1", "da1.2", "delta1", "dW1.1", "db1.1", "dW1.2", "db1.2"),
        *("W2", "b2", "W1", "b1", "L of 2"),
    ]


@pytest.mark.parametrize("detail", DETAILS)
def test_biases_that_are_not_updated_have_no_update_step(detail: Detail) -> None:
    updates = [step.op for step in trace(MAZUR, detail) if step.phase == "update"]
    assert updates == ["weight_update", "weight_update", "new_loss"]


@pytest.mark.parametrize("detail", DETAILS)
@given(experiment=experiments())
def test_the_phases_follow_on_each_other(detail: Detail, experiment: Experiment) -> None:
    phases = [step.phase for step in trace(experiment, detail)]
    changes = [phase for phase, before in zip(phases, [None, *phases], strict=False) if phase != before]
    assert changes == ["forward", "loss", "backward", "update"]


@given(experiments(), st.sampled_from(DETAILS))
def test_no_step_needs_what_a_later_step_computes(experiment: Experiment, detail: Detail) -> None:
    """An a needs its z, the next z needs this a, and a delta the next layer's."""
    seen: set[tuple[str, int]] = set()
    needs = {"activation": ("weighted_sum", 0), "weight_gradient": ("weighted_sum", 0)}
    for step in trace(experiment, detail):
        if step.op in needs:
            op, offset = needs[step.op]
            assert (op, step.layer + offset) in seen
        if step.op == "weighted_sum" and step.layer > 1:
            assert ("activation", step.layer - 1) in seen
        if step.op == "summed_gradient":
            assert {("delta", step.layer + 1), ("joint_delta", step.layer + 1)} & seen
        if step.phase == "update":
            assert ("weight_gradient", 1) in seen
        seen.add((step.op, step.layer))


@given(experiments(), st.integers(1, 3))
def test_the_steps_of_some_neurons_are_those_of_the_whole_trace(experiment: Experiment, neuron: int) -> None:
    some = trace_some(experiment, lambda layer: [neuron] if neuron <= experiment.network.sizes[layer] else [])
    whole = [step for step in trace(experiment, "neuron")[:-1] if step.neuron in (neuron, None)]
    assert [(s.op, s.layer, s.neuron) for s in some] == [(s.op, s.layer, s.neuron) for s in whole]
    for one, other in zip(some, whole, strict=True):
        np.testing.assert_array_equal(one.value, other.value)


@given(experiments(), st.data())
def test_a_step_has_its_match_in_the_other_detail(experiment: Experiment, data: st.DataObject) -> None:
    """It is the same op in the same layer; of a layer's step the match leads back to it; first and last keep theirs."""
    one, other = data.draw(st.permutations(DETAILS))
    here, there = trace(experiment, one), trace(experiment, other)
    numbers = [matching(number, experiment, other) for number in range(1, len(here) + 1)]
    for step, number in zip(here, numbers, strict=True):
        assert (step.op, step.layer) == (there[number - 1].op, there[number - 1].layer)
        assert there[number - 1].neuron in (None, 1)
    assert (numbers[0], numbers[-1]) == (1, len(there))
    if one == "layer":
        assert [matching(number, experiment, "layer") for number in numbers] == list(range(1, len(here) + 1))
        assert len(set(numbers)) == len(numbers)


def test_a_step_cannot_be_changed() -> None:
    step = trace(MAZUR)[0]
    with pytest.raises(FrozenInstanceError):
        step.value = 0.0  # type: ignore[misc]


@pytest.mark.parametrize("detail", ["Neuron", "", None, 1])
def test_an_unknown_detail_is_refused(detail: Any) -> None:
    with pytest.raises(InvalidExperiment, match="'neuron' or 'layer'"):
        trace(MAZUR, detail)


def test_an_update_that_overflows_is_refused_as_the_learning_step_refuses_it() -> None:
    with pytest.raises(InvalidExperiment, match="updated weights of layer 1"):
        trace(replace(MAZUR, y=np.array([1e5, 1e5]), learning_rate=1e308))


@pytest.mark.parametrize("detail", DETAILS)
@given(experiment=experiments())
@np.errstate(under="ignore")
def test_the_last_step_holds_the_new_loss_against_the_old_one_and_the_promise(
    detail: Detail, experiment: Experiment
) -> None:
    """The promise by its definition: the gradient times what the learning step adds to the parameters."""
    step = trace(experiment, detail)[-1]
    before, promised, *_ = step.operands
    back = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    learned = sgd_step(experiment.network, back, experiment.learning_rate, experiment.update_biases)
    assert (step.op, before) == ("new_loss", back.loss)
    products = [
        (gradient * (new - old)).sum()
        for was, now, dW, db in zip(experiment.network.layers, learned.layers, back.dW, back.db, strict=True)
        for old, new, gradient in ((was.W, now.W, dW), (was.b, now.b, db))
    ]
    np.testing.assert_allclose(promised, sum(products), rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("name", ["mazur", "worked-example", "vanishing", "dead-relu"])
def test_for_small_steps_the_loss_changes_as_promised(name: str) -> None:
    step = trace(replace(PRESETS[name].experiment, learning_rate=1e-5))[-1]
    before, promised, *_ = step.operands
    assert promised < 0
    assert step.value - before == pytest.approx(promised, rel=1e-3)


def test_numbers_that_overflow_with_the_new_parameters_only_are_refused_with_what_to_do() -> None:
    layers = [replace(layer, W=layer.W * 1e3, activation="identity") for layer in MAZUR.network.layers]
    with pytest.raises(InvalidExperiment, match=r"After the learning step: .* the learning rate smaller"):
        trace(replace(MAZUR, network=Network(layers, MAZUR.network.loss), learning_rate=1e150))
