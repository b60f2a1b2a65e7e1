"""Forward and backward pass against autograd, against central differences, and a batch against its examples."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import (
    ACTIVATIONS,
    Experiment,
    InvalidExperiment,
    Layer,
    Network,
    backward,
    forward,
    sgd_step,
)
from tests.oracles import assert_close
from tests.samples import all_gradients, example, gradients_of, network_with
from tests.strategies import OUTPUTS, Batch, batches, experiments


@given(batches())
def test_the_gradient_of_a_batch_is_the_mean_over_its_examples(batch: Batch) -> None:
    network, x, y = batch
    found = gradients_of(network, x, y)
    single = [gradients_of(network, *pair) for pair in zip(x, y, strict=True)]
    assert found.loss == pytest.approx(np.mean([one.loss for one in single]), rel=1e-12, abs=1e-14)
    with np.errstate(under="ignore"):
        for name in ("dW", "db"):
            for layer, gradient in enumerate(getattr(found, name)):
                mean = np.mean([getattr(one, name)[layer] for one in single], axis=0)
                assert_close(gradient, mean, rtol=1e-11, atol=1e-12 * (1 + np.abs(mean).max()))
        for name in ("da", "delta"):
            for layer, gradient in enumerate(getattr(found, name)):
                rows = np.array([getattr(one, name)[layer] for one in single]) / len(x)
                assert_close(gradient, rows, rtol=1e-9, atol=1e-11 * (1 + np.abs(rows).max()))


@given(experiments())
def test_shapes_are_those_of_what_they_are_gradients_of(experiment: Experiment) -> None:
    network = experiment.network
    passed = forward(network, experiment.x)
    found = backward(network, passed, experiment.y)
    np.testing.assert_array_equal(passed.a[0], experiment.x)
    assert passed.output is passed.a[-1] and isinstance(found.loss, float)
    for index, layer in enumerate(network.layers):
        assert found.dW[index].shape == layer.W.shape and found.db[index].shape == layer.b.shape
        assert found.da[index].shape == found.delta[index].shape == passed.z[index].shape == (layer.n_out,)
        assert passed.a[index + 1].shape == (layer.n_out,)
    assert found.dx.shape == experiment.x.shape


@given(batches())
def test_the_rows_of_a_batch_do_not_see_each_other(batch: Batch) -> None:
    passed = forward(batch.network, batch.x)
    for row, x in enumerate(batch.x):
        for together, alone in zip(passed.a, forward(batch.network, x).a, strict=True):
            assert_close(together[row], alone, rtol=1e-9, atol=1e-11)


@given(experiments())
def test_a_step_takes_the_learning_rate_times_the_gradient_off_every_parameter(experiment: Experiment) -> None:
    network, rate = experiment.network, experiment.learning_rate
    found = gradients_of(network, experiment.x, experiment.y)
    stepped = sgd_step(network, found, rate)
    for old, new, dW, db in zip(network.layers, stepped.layers, found.dW, found.db, strict=True):
        with np.errstate(under="ignore"):
            np.testing.assert_array_equal(new.W, old.W - rate * dW)
            np.testing.assert_array_equal(new.b, old.b - rate * db)
        assert (new.activation, new.parameter) == (old.activation, old.parameter)
    frozen = sgd_step(network, found, rate, update_biases=False)
    for old, new, with_biases in zip(network.layers, frozen.layers, stepped.layers, strict=True):
        np.testing.assert_array_equal(new.b, old.b)
        np.testing.assert_array_equal(new.W, with_biases.W)
    assert stepped.loss == network.loss


@pytest.mark.parametrize(("loss", "output"), OUTPUTS)
def test_a_small_step_lowers_the_loss(loss: str, output: str) -> None:
    network = network_with("softplus", output, loss, 10)
    x, y = example(network, 11, 3)
    before = gradients_of(network, x, y)
    after = gradients_of(sgd_step(network, before, 1e-3), x, y)
    assert after.loss < before.loss


@pytest.mark.parametrize("hidden", ACTIVATIONS)
@pytest.mark.parametrize(("loss", "output"), [("cross_entropy", "softmax"), ("huber", "tanh")])
def test_weighted_sums_of_a_million_leave_all_gradients_finite(hidden: str, loss: str, output: str) -> None:
    first = Layer([[1e6, 0], [0, 1e6], [-1e6, 0]], np.zeros(3), hidden)
    network = Network([first, Layer([[1e-6, 2, 3], [4, 5e-6, 6]], np.zeros(2), output)], loss)
    found = gradients_of(network, np.array([1.0, -1.0]), np.array([0.0, 1.0]))
    assert np.isfinite(found.loss)
    assert all(np.isfinite(gradient).all() for gradient in (*all_gradients(found), *found.da, *found.delta))


def test_a_dead_relu_gets_no_gradient_and_the_one_at_zero_neither() -> None:
    layers = [Layer([[1.0], [-1.0], [0.0]], [0.0, 0.0, 0.0], "relu"), Layer([[1.0, 1.0, 1.0]], [0.0], "identity")]
    found = gradients_of(Network(layers, "half_squared_error"), np.array([2.0]), np.array([0.0]))
    assert found.delta[0].tolist() == [2.0, 0.0, 0.0]


ONE = Network([Layer([[1.0, 1.0]], [0.0], "identity")], "half_squared_error")
STEEP = Network([Layer([[1e308, 0.0]], [0.0], "identity")], "half_squared_error")
SOFT = Network([Layer([[1.0], [2.0]], [0.0, 0.0], "softmax")], "cross_entropy")
REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: forward(ONE, [1.0, 2.0, 3.0]), r"input x must have the shape \(2,\) or \(batch, 2\).*it has \(3,\)"),
    (lambda: forward(ONE, [[1.0], [2.0]]), r"input x must have the shape"),
    (lambda: forward(ONE, [[[1.0, 2.0]]]), r"input x must have the shape"),
    (lambda: forward(ONE, np.zeros((0, 2))), r"input x must have the shape"),
    (lambda: forward(ONE, [[1.0, 2.0], [3.0, float("nan")]]), r"input x .* row 2, column 2 is nan"),
    (lambda: forward(ONE, ["1", "2"]), r"input x must hold numbers only"),
    (lambda: gradients_of(ONE, np.ones(2), np.ones(2)), r"target y must have the shape"),
    (lambda: gradients_of(ONE, np.ones((3, 2)), np.ones(1)), r"target y has the shape \(1,\), the output \(3, 1\)"),
    (lambda: gradients_of(ONE, np.ones((3, 2)), np.ones((2, 1))), r"target y has the shape \(2, 1\)"),
    (lambda: gradients_of(SOFT, np.ones((2, 1)), np.array([[1, 0], [0, 1.5]])), r"targets must be from 0 to 1; 1.5"),
    (lambda: forward(ONE, [1.7e308, 1.7e308]), r"the weighted sums of layer 1 would leave the range"),
    (lambda: gradients_of(ONE, np.array([1e200, 0]), np.zeros(1)), r"the loss would leave"),
    (lambda: gradients_of(replace(ONE, loss="huber"), np.array([1.7e308, 0]), np.array([-1.7e308])), r"too large"),
    (lambda: gradients_of(STEEP, np.zeros(2), np.array([-10.0])), r"the gradient of the input would leave"),
    (
        lambda: sgd_step(ONE, gradients_of(ONE, np.ones(2), np.zeros(1)), 1e308),
        r"the updated weights of layer 1 would leave",
    ),
    (
        lambda: sgd_step(ONE, gradients_of(ONE, np.zeros(2), -10.0 * np.ones(1)), 1e308),
        r"the updated biases of layer 1",
    ),
    (
        lambda: sgd_step(ONE, gradients_of(ONE, np.ones(2), np.zeros(1)), float("nan")),
        r"learning rate must be a finite",
    ),
]


@pytest.mark.parametrize(("run", "message"), REFUSED, ids=[message[:50] for _, message in REFUSED])
def test_what_cannot_be_computed_is_refused_with_a_message(run: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidExperiment, match=message):
        run()


def test_numbers_at_the_end_of_the_range_are_no_overflow_though_their_sum_is() -> None:
    layer = Layer([[1e308], [1e308]], [0.0, 0.0], "identity")
    assert forward(Network([layer], "huber"), np.array([1.0])).output.tolist() == [1e308, 1e308]


@given(experiments(bound=1e200), st.sampled_from([1.0, 1e100]))
def test_huge_numbers_end_in_numbers_or_in_a_message_and_never_in_nan(experiment: Experiment, rate: float) -> None:
    with suppress(InvalidExperiment):
        found = gradients_of(experiment.network, experiment.x, experiment.y)
        assert np.isfinite(found.loss) and all(np.isfinite(gradient).all() for gradient in all_gradients(found))
        assert all(np.isfinite(layer.W).all() for layer in sgd_step(experiment.network, found, rate).layers)
