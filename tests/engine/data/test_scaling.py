"""Standardising: mean 0 and standard deviation 1, and the way back, whatever the size of the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine.data.dataset import Dataset, classification, regression
from engine.data.scaling import standardising

TABLES = arrays(np.float64, st.tuples(st.integers(2, 20), st.integers(1, 4)), elements=st.integers(-1000, 1000))


@given(TABLES, st.sampled_from([1e-150, 1e-3, 1.0, 1e6, 1e300]))
def test_every_column_has_mean_0_and_deviation_1_and_goes_back(shares, size):
    values = shares * size
    scaling = standardising(values)
    made = scaling.scaled(values)
    varied = shares.std(axis=0) > 0
    assert np.abs(made.mean(axis=0)).max() < 1e-9
    np.testing.assert_allclose(made.std(axis=0), varied.astype(float), atol=1e-9)
    np.testing.assert_allclose(scaling.undone(made), values, rtol=1e-9, atol=1e-9 * size)


def test_targets_are_standardised_in_a_regression_only():
    x = np.array([[1421.0], [875.0], [2310.0]])
    made = regression("houses", x, np.array([1692.0, 1150.0, 2890.0])).standardised()
    np.testing.assert_allclose(made.own_x, x)
    np.testing.assert_allclose(made.own_y, [[1692.0], [1150.0], [2890.0]])
    assert abs(made.y.mean()) < 1e-12 and abs(made.y.std() - 1) < 1e-12
    low, high = made.target_scaling().ends(float(made.y.min()), float(made.y.max()))
    np.testing.assert_allclose(np.array([low, high]), [1150.0, 2890.0])
    classes = classification("c", x, np.array([0, 1, 0]), ("a", "b")).standardised()
    assert classes.y.tolist() == [[0], [1], [0]] and classes.own_y is classes.y


@pytest.mark.parametrize("part", [0, 1])
def test_parts_of_the_data_keep_their_units(part):
    data: Dataset = regression("line", np.arange(20.0)[:, np.newaxis], 5 * np.arange(20.0)).standardised()
    split = data.split(0.25, np.random.default_rng(0))[part]
    np.testing.assert_allclose(split.own_y[:, 0], 5 * split.own_x[:, 0], atol=1e-12)
