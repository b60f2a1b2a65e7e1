"""The gradients of a batch's mean and sum, against autograd and against single examples added up by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InvalidExperiment, backward, check_gradients, forward
from engine.network.reductions import REDUCTIONS
from tests.oracles import assert_close, gradients
from tests.samples import RNG, all_gradients, example, network_with
from tests.strategies import Batch, batches

ways = st.sampled_from(list(REDUCTIONS))


@given(batches(), ways)
@np.errstate(under="ignore")  # the smallest gradients, divided by the number of examples
def test_the_gradients_are_those_of_single_examples_added_up(batch: Batch, reduction: str) -> None:
    whole = backward(batch.network, forward(batch.network, batch.x), batch.y, reduction)
    singles = [backward(batch.network, forward(batch.network, x), y) for x, y in zip(batch.x, batch.y, strict=True)]
    divisor = len(singles) if reduction == "mean" else 1
    assert_close(whole.loss, sum(one.loss for one in singles) / divisor, 1e-12, 1e-12)
    for layer in range(len(batch.network.layers)):
        assert_close(whole.dW[layer], sum(one.dW[layer] for one in singles) / divisor, 1e-12, 1e-12)
        assert_close(whole.db[layer], sum(one.db[layer] for one in singles) / divisor, 1e-12, 1e-12)
        assert_close(whole.delta[layer], np.array([one.delta[layer] for one in singles]) / divisor, 1e-12, 1e-12)


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error", "binary_cross_entropy"])
def test_the_sum_is_what_autograd_says(loss: str) -> None:
    network = network_with("tanh", "sigmoid", loss, seed=3)
    x, y = example(network, seed=4, batch=5)
    found = backward(network, forward(network, x), y, reduction="sum")
    value, tables, dx = gradients(network, x, y)
    assert_close(found.loss, 5 * value, 1e-12)
    assert_close(found.dx, 5 * dx, 1e-10, 1e-12)
    for (dW, db), own_dW, own_db in zip(tables, found.dW, found.db, strict=True):
        assert_close(own_dW, 5 * dW, 1e-10, 1e-12)
        assert_close(own_db, 5 * db, 1e-10, 1e-12)


def test_one_example_knows_no_reduction() -> None:
    network = network_with("relu", "softmax", "cross_entropy", seed=1)
    x, y = example(network, seed=2, batch=None)
    mean, total = (all_gradients(backward(network, forward(network, x), y, way)) for way in REDUCTIONS)
    assert all(np.array_equal(a, b) for a, b in zip(mean, total, strict=True))


@pytest.mark.parametrize("scheme", [None, "central"])
@pytest.mark.parametrize("reduction", list(REDUCTIONS))
def test_the_gradient_check_agrees_and_finds_the_other_reduction_wrong(reduction: str, scheme: str | None) -> None:
    network = network_with("tanh", "sigmoid", "half_squared_error", seed=5)
    x, y = RNG(6).normal(size=(3, 3)), RNG(7).uniform(size=(3, 2))
    assert check_gradients(network, x, y, scheme=scheme, reduction=reduction).passed
    other = next(name for name in REDUCTIONS if name != reduction)
    wrong = backward(network, forward(network, x), y, other)
    assert not check_gradients(network, x, y, wrong, scheme=scheme, reduction=reduction).passed


def test_an_unknown_reduction_is_refused() -> None:
    network = network_with("tanh", "sigmoid", "half_squared_error", seed=5)
    x, y = example(network, seed=2, batch=2)
    with pytest.raises(InvalidExperiment, match="Choose one of: mean, sum"):
        backward(network, forward(network, x), y, "average")
