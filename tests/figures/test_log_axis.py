"""Logarithmic axes: powers of ten, and not too many."""

import pytest

from pages.figures.log_axis import decades


@pytest.mark.parametrize(
    ("values", "ticks"),
    [([0.02, 30.0], ["0.01", "0.1", "1", "10", "100"]), ([0.0, 5.0], ["1", "10"]), ([], ["0.1", "1", "10"])],
)
def test_a_logarithmic_axis_has_powers_of_ten_only(values, ticks) -> None:
    axis = decades(values)
    assert axis["ticktext"] == ticks
    assert len(decades([1e-30, 1e30])["tickvals"]) <= 7
