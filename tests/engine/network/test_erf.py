"""The error function of arrays is that of the standard library, to the last digits, in the tails as well."""

import math

import numpy as np

from engine.network.erf import erfc


def test_erfc_is_right_to_the_last_digits_from_one_tail_to_the_other() -> None:
    ends = [0.46875, 4.0, 26.5]
    near_ends = [math.nextafter(end, to) for end in ends for to in (0.0, 100.0)]
    x = np.concatenate([np.linspace(-27, 26.5, 20_001), ends, near_ends, 10.0 ** np.arange(-300, 0, 7.0), [0.0, -0.0]])
    expected = np.array([math.erfc(value) for value in x])
    assert np.abs(erfc(x) / expected - 1).max() < 1.5e-15


def test_erfc_keeps_the_shape_and_has_the_right_limits() -> None:
    np.testing.assert_array_equal(erfc(np.array([[1e308, -1e308], [30.0, -30.0]])), [[0.0, 2.0], [0.0, 2.0]])
    assert erfc(np.array(0.0)).shape == () and erfc(np.array(0.0)) == 1.0
