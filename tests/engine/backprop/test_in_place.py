"""The training loop's passes against the checked ones, for every activation with every loss that allows it."""

import numpy as np
import pytest
from hypothesis import given

from engine.backprop.in_place import FusedPasses, with_ones
from engine.backprop.passes import backward, forward
from engine.network.activations import ACTIVATIONS
from engine.network.parameters import flatten, split
from tests.oracles import assert_close
from tests.strategies import batches


@given(batches())
def test_gradients_and_outputs_are_those_of_the_passes(batch):
    network, x, y = batch
    forward_pass = forward(network, x)
    expected = backward(network, forward_pass, y)
    passes = FusedPasses(network)
    with np.errstate(under="ignore", over="ignore"):
        gradient = passes.step(with_ones(x), y)
        z, a = passes.forward(with_ones(x))
    assert_close(z, forward_pass.z[-1], rtol=1e-12, atol=1e-12)
    assert_close(a, forward_pass.output, rtol=1e-12, atol=1e-12)
    for table, dW, db in zip(split(network, gradient), expected.dW, expected.db, strict=True):
        assert_close(table[:, :-1], dW, rtol=1e-10, atol=1e-12)
        assert_close(table[:, -1], db, rtol=1e-10, atol=1e-12)


@given(batches())
def test_batches_of_different_sizes_take_turns(batch):
    network, x, y = batch
    passes, fresh = FusedPasses(network), FusedPasses(network)
    with np.errstate(under="ignore", over="ignore"):
        passes.step(with_ones(x), y)
        passes.step(with_ones(x[:1]), y[:1])
        again = passes.step(with_ones(x), y).copy()
        assert (again == fresh.step(with_ones(x), y)).all()
    assert (passes.theta == flatten(network)).all()


@pytest.mark.parametrize("name", [name for name, record in ACTIVATIONS.items() if record.slope_from_value])
def test_a_slope_from_the_value_is_the_slope(name):
    record = ACTIVATIONS[name]
    z = np.linspace(-40.0, 40.0, 2001)
    for parameter in (None, record.parameter.high) if record.parameter else (None,):
        value = parameter if parameter is not None else record.parameter and record.parameter.default
        found = record.slope_from_value(record.f(z, parameter), value)
        assert_close(found, record.df(z, parameter), rtol=0, atol=1e-15)
