"""Curves of activations: they are the functions, jumps are gaps, and the neuron stands on its own."""

import itertools

import numpy as np
import pytest

from engine import ACTIVATIONS
from pages.figures.activations.curves import REACH, Curve, activation_curve
from pages.figures.theme import DARK, LIGHT
from tests.figures.sent import plain
from tests.oracles import assert_close


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_curve_is_the_function_and_its_slope_the_differences(name: str) -> None:
    points = Curve(name).line(-3, 3)
    x, y = np.array(points["x"]), np.array(points["y"])
    one = np.column_stack((x, np.zeros_like(x)))
    record = ACTIVATIONS[name]
    assert_close(y, record.f(x) if record.elementwise else record.f(one)[:, 0], rtol=1e-4, atol=1e-4)
    slope = Curve(name).slope_line(-3, 3)
    for z, value in zip(slope["x"], slope["y"], strict=True):
        if z is not None and abs(z) < 2.9 and all(abs(z - kink) > 0.05 for kink in record.kinks):
            after, before = np.interp([z + 0.04, z - 0.04], x, y)
            assert value == pytest.approx((after - before) / 0.08, abs=0.05)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_slope_that_jumps_is_drawn_with_a_gap(name: str) -> None:
    slope = Curve(name).slope_line(-REACH, REACH)
    for (z, value), (after, next_value) in itertools.pairwise(zip(slope["x"], slope["y"], strict=True)):
        assert None in (z, after) or abs(next_value - value) < 0.2
    assert slope["x"].count(None) == len(ACTIVATIONS[name].kinks)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("z", [-0.7, 0.0, 12.0])
def test_the_neuron_stands_on_the_curve_and_the_tangent_has_its_slope(theme, z: float) -> None:
    figure = plain(activation_curve(theme, "tanh", None, z, "a₁"))
    *_, tangent, neuron = figure["data"]
    assert neuron["x"] == [z] and neuron["y"] == pytest.approx([np.tanh(z)])
    rise = (tangent["y"][1] - tangent["y"][0]) / (tangent["x"][1] - tangent["x"][0])
    assert rise == pytest.approx(1 / np.cosh(z) ** 2, abs=1e-9)
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < z < high
