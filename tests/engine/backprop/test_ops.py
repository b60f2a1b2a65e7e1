"""The ops: what one neuron computes alone is to the last bit what it computes within its layer."""

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine import OPS
from engine.backprop.ops import contract

WIDE = st.sampled_from((1, 2, 3, 7, 8, 9, 130, 300))


@given(n_out=WIDE, n_in=WIDE, seed=st.integers(0, 99))
def test_a_row_alone_gives_the_bits_that_it_gives_within_the_matrix(n_out: int, n_in: int, seed: int) -> None:
    """NumPy adds up in another order for other memory layouts; the trace would then contradict the pass."""
    rng = np.random.default_rng(seed)
    W, a, delta = rng.normal(size=(n_out, n_in)), rng.normal(size=n_in), rng.normal(size=n_out)
    assert [contract(W[j], a) for j in range(n_out)] == contract(W, a).tolist()
    assert [contract(W.T[i], delta) for i in range(n_in)] == contract(W.T, delta).tolist()
    np.testing.assert_allclose(contract(W, a), W @ a, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(contract(W.T, delta), W.T @ delta, rtol=1e-11, atol=1e-12)


@given(seed=st.integers(0, 99), batch=st.integers(1, 5))
def test_a_batch_is_its_examples_one_below_the_other(seed: int, batch: int) -> None:
    rng = np.random.default_rng(seed)
    W, b, a, delta = (rng.normal(size=shape) for shape in ((3, 4), 3, (batch, 4), (batch, 3)))
    z = OPS["weighted_sum"].compute(W, a, b)
    np.testing.assert_allclose(z, [OPS["weighted_sum"].compute(W, row, b) for row in a], rtol=1e-12, atol=1e-13)
    dW, db = OPS["weight_gradient"].compute(delta, a), OPS["bias_gradient"].compute(delta)
    each = [OPS["weight_gradient"].compute(d, row) for d, row in zip(delta, a, strict=True)]
    np.testing.assert_allclose(dW, np.sum(each, axis=0), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(db, delta.sum(axis=0), rtol=1e-12, atol=1e-13)


@given(arrays(np.float64, 4, elements=st.floats(-5, 5)), arrays(np.float64, 3, elements=st.floats(-5, 5)))
def test_a_weight_gradient_is_the_delta_of_its_neuron_times_the_activation_before(
    a: np.ndarray, delta: np.ndarray
) -> None:
    dW = OPS["weight_gradient"].compute(delta, a)
    assert [[d * value for value in a.tolist()] for d in delta.tolist()] == dW.tolist()
    assert [OPS["weight_gradient"].compute(d, a).tolist() for d in delta] == dW.tolist()


OPERANDS: dict[str, tuple[Any, ...]] = {
    "weighted_sum": (np.array([0.5, -1.0]), np.array([2.0, 3.0]), 0.25),
    "activation": ("leaky_relu", 0.1, np.float64(-2.0)),
    "loss": ("half_squared_error", np.array([1.0, 2.0]), np.array([0.0, 0.0])),
    "joint_loss": ("cross_entropy", "softmax", np.array([0.0, 0.0]), np.array([1.0, 0.0])),
    "loss_gradient": ("mean_squared_error", np.float64(3.0), np.float64(1.0), 4),
    "summed_gradient": (np.array([0.5, -1.0]), np.array([2.0, 3.0])),
    "delta": ("sigmoid", None, np.float64(0.0), np.float64(8.0)),
    "joint_delta": ("binary_cross_entropy", "sigmoid", np.float64(0.0), np.float64(1.0)),
    "weight_gradient": (np.float64(2.0), np.array([1.0, 3.0])),
    "bias_gradient": (np.float64(2.0),),
    "weight_update": (np.array([1.0, 2.0]), np.array([10.0, 20.0]), 0.1),
    "bias_update": (np.array([1.0]), np.array([5.0]), 0.1),
    "new_loss": (2.5, -0.4, "loss", "half_squared_error", np.array([1.0, 1.0]), np.array([0.0, 0.0])),
}
RESULTS: dict[str, Any] = {
    "weighted_sum": -1.75,
    "activation": -0.2,
    "loss": 2.5,
    "joint_loss": np.log(2.0),
    "loss_gradient": 1.0,
    "summed_gradient": -2.0,
    "delta": 2.0,
    "joint_delta": -0.5,
    "weight_gradient": [2.0, 6.0],
    "bias_gradient": 2.0,
    "weight_update": [0.0, 0.0],
    "bias_update": [0.5],
    "new_loss": 1.0,
}


@pytest.mark.parametrize("name", OPS)
def test_each_op_computes_what_its_rule_says(name: str) -> None:
    np.testing.assert_allclose(OPS[name].compute(*OPERANDS[name]), RESULTS[name], rtol=1e-15)


@pytest.mark.parametrize("name", OPS)
def test_each_op_has_a_phase_a_rule_and_a_reason(name: str) -> None:
    op = OPS[name]
    assert op.phase in ("forward", "loss", "backward", "update")
    assert op.title and re.search(r"=|\\leftarrow|\\approx", op.rule) and op.why.endswith(".")
    for rule in (op.rule, op.layer_rule):
        assert rule.count("{") == rule.count("}")
