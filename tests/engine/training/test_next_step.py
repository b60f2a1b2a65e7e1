"""The step that a run would take next: it is the one that a run of one more step takes, for every optimizer."""

import numpy as np
import pytest

from engine import OPS, OPTIMIZERS, Layer, Network, backward, forward, train
from engine.backprop.learning_step import learning_step
from engine.formulas import numbers
from engine.network.parameters import flatten, with_parameters
from engine.training.next_step import next_step, told, worked
from tests.latex import evaluate, require_balanced
from tests.samples import RNG, network_with

NETWORK = network_with("tanh", "sigmoid", "half_squared_error", seed=2)
X, Y = RNG(3).normal(size=(10, 3)), RNG(4).uniform(size=(10, 2))
every_optimizer = pytest.mark.parametrize("optimizer", OPTIMIZERS)


def run(optimizer: str, epochs: int, **others: object):
    return train(NETWORK, X, Y, epochs=epochs, batch_size=10, seed=1, optimizer=optimizer, learning_rate=0.05, **others)


@every_optimizer
@pytest.mark.parametrize("penalties", [{}, {"l1": 0.01, "l2": 0.1}, {"update_biases": False}])
def test_it_is_the_step_of_a_run_that_goes_on(optimizer: str, penalties: dict[str, object]) -> None:
    now, later = run(optimizer, 3, **penalties), run(optimizer, 4, **penalties)
    steps = next_step(now.network, now.moment).steps
    updates = {(step.layer, step.value.ndim): step.value for step in steps if step.phase == "update"}
    for number, layer in enumerate(later.network.layers, start=1):
        np.testing.assert_allclose(updates[number, 2], layer.W, rtol=1e-10, atol=1e-13)
        if (number, 1) in updates:
            np.testing.assert_allclose(updates[number, 1], layer.b, rtol=1e-10, atol=1e-13)
    assert ((1, 1) in updates) == penalties.get("update_biases", True)
    assert now.moment.t == 4


@every_optimizer
def test_every_step_replays_to_exactly_its_value(optimizer: str) -> None:
    now = run(optimizer, 2)
    for step in next_step(now.network, now.moment).steps:
        assert np.array_equal(OPS[step.op].compute(*step.operands), step.value)


@every_optimizer
@pytest.mark.parametrize("penalties", [{}, {"l1": 0.01, "l2": 0.1}, {"l2": 0.1}])
def test_each_line_of_the_rule_comes_to_its_number(
    optimizer: str, penalties: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(numbers, "latex", lambda number, digits=4: f"{number:.25f}")
    now = run(optimizer, 2, **penalties)
    record = OPTIMIZERS[optimizer]
    for step in next_step(now.network, now.moment).steps:
        if step.op != "optimizer_update":
            continue
        update = worked(step)
        # and, where a penalty is added to the gradients of weights, one for their sum
        rule = record.latex.count(r"\leftarrow") + record.latex.count(" = ")
        assert len(update.lines) == rule + (step.value.ndim == 2 and bool(penalties))
        for line in update.lines:
            require_balanced(line)
            # a command as an exponent has to stand in braces
            assert "^\\" not in line
            *_, written, result = line.split(" = ")
            np.testing.assert_allclose(evaluate(written), evaluate(result), rtol=1e-6, atol=1e-12, err_msg=line)


@every_optimizer
def test_a_small_change_can_be_worked_out_from_the_digits_that_are_shown(optimizer: str) -> None:
    small = train(NETWORK, X, Y, epochs=9, batch_size=10, seed=1, optimizer=optimizer, learning_rate=1e-5)
    for step in next_step(small.network, small.moment).steps:
        if step.op == "optimizer_update":
            *_, written, result = worked(step).lines[-1].split(" = ")
            # the change itself has four digits and is a hundredth of the last one shown at most
            last = 10.0 ** -len(result.partition(".")[2].rstrip("}"))
            np.testing.assert_allclose(evaluate(written), evaluate(result), rtol=0, atol=1.2 * last)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_a_penalty_is_told_apart_from_the_gradient_of_the_loss(optimizer: str) -> None:
    now = run(optimizer, 3, l1=2.0)
    steps = next_step(now.network, now.moment).steps
    slopes = backward(now.network, forward(now.network, now.moment.x), now.moment.y)
    update = next(step for step in steps if step.op == "optimizer_update" and step.value.ndim == 2)
    np.testing.assert_allclose(update.operands[2], slopes.dW[update.layer - 1], rtol=1e-12)
    assert worked(update).lines[0].startswith(r"g = \frac{\partial L}{\partial \theta} + \lambda_1")
    assert "penalty on the weights" in told(update, now.network).why or "against its" in told(update, now.network).why


@every_optimizer
def test_the_last_step_is_the_loss_that_the_optimizer_leaves_against_what_its_change_promises(optimizer: str) -> None:
    now, later = run(optimizer, 3, l2=0.1), run(optimizer, 4, l2=0.1)
    made = next_step(now.network, now.moment)
    before, promised, *_ = made.steps[-1].operands
    start, end = flatten(now.network), flatten(later.network)
    np.testing.assert_allclose(flatten(made.updated), end, rtol=1e-10, atol=1e-13)

    def loss(share: float) -> float:
        """On the straight way from the parameters before to those after."""
        network = with_parameters(now.network, start + share * (end - start))
        return backward(network, forward(network, now.moment.x), now.moment.y).loss

    np.testing.assert_allclose([before, made.steps[-1].value], [loss(0.0), loss(1.0)], rtol=1e-12)
    np.testing.assert_allclose(promised, (loss(1e-5) - loss(-1e-5)) / 2e-5, rtol=1e-5, atol=1e-11)


@every_optimizer
def test_it_is_said_whether_a_parameter_goes_against_its_gradient(optimizer: str) -> None:
    now = run(optimizer, 6)
    for step in next_step(now.network, now.moment).steps:
        if step.op != "optimizer_update":
            continue
        _, old, slope, *_ = step.operands
        place = np.unravel_index(np.abs(step.value - old).argmax(), old.shape)
        downhill = slope[place] * (step.value - old)[place] < 0
        why = told(step, now.network).why
        assert ("against its gradient" in why, "though this mini-batch" in why) == (downhill, not downhill), why


def test_the_only_bias_of_a_layer_is_not_said_to_be_one_of_several() -> None:
    lone = Network([Layer([[0.5, 0.2]], [0.1], "sigmoid")], "half_squared_error")
    now = train(lone, X[:, :2], Y[:, :1], epochs=2, batch_size=10, seed=1, optimizer="sgd", learning_rate=0.05)
    weights, biases = (told(step, now.network).why for step in next_step(now.network, now.moment).steps[-3:-1])
    assert weights.startswith("Of these weights, w⁽¹⁾") and biases.startswith("b⁽¹⁾₁ changes: ")


def test_the_mini_batch_is_the_next_of_the_run_s_own_order() -> None:
    runs = [
        train(NETWORK, X, Y, epochs=epochs, batch_size=4, seed=7, optimizer="sgd", learning_rate=0.1)
        for epochs in (1, 2)
    ]
    order = RNG(7)
    order.permutation(10)
    rows = order.permutation(10)[:4]
    np.testing.assert_array_equal(runs[0].moment.x, X[rows])
    np.testing.assert_array_equal(runs[0].moment.y, Y[rows])


def test_it_is_the_batch_of_the_network_page() -> None:
    now = run("sgd", 1)
    made = next_step(now.network, now.moment)
    assert made.experiment.examples == 10 and made.experiment.reduction == "mean"
    updates = [step.value for step in made.steps if step.phase == "update" and step.value.ndim == 2]
    layers = learning_step(made.experiment).updated.layers
    for W, layer in zip(updates, reversed(layers), strict=True):
        np.testing.assert_allclose(W, layer.W, rtol=1e-12)


def test_a_run_that_diverged_has_no_next_step() -> None:
    far = train(NETWORK, X * 1e3, Y * 1e3, epochs=50, batch_size=10, seed=1, optimizer="sgd", learning_rate=1e6)
    assert far.moment is None or not far.diverged
