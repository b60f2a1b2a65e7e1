"""The slice: its curve, the points walked to and their tangents."""

import numpy as np
import pytest

from engine.landscape.surface import Descent
from pages.figures.landscape.curve import Profile, slice_figure
from pages.figures.theme import LIGHT


def test_the_slice_has_its_curve_and_a_tangent_of_the_slope():
    w = np.linspace(-1, 3, 9)
    descent = Descent(np.array([[2.0], [1.0]]), np.array([4.0, 1.0]), False)
    stepped = slice_figure(LIGHT, Profile(w, w**2, "w⁽¹⁾₁₁"), descent, np.array([[4.0], [2.0]]))
    assert stepped.figures[0]["data"][0]["y"] == pytest.approx(w**2)
    for step, slope_there in ((0, 4.0), (1, 2.0)):
        tangent = stepped.moves[step][1][2]
        rise, run = np.diff(tangent["y"])[0], np.diff(tangent["x"])[0]
        assert rise / run == pytest.approx(slope_there)
        assert np.mean(tangent["x"]) == pytest.approx(descent.points[step, 0])
        assert np.mean(tangent["y"]) == pytest.approx(descent.loss[step])
    assert stepped.titles[1] == "Step 1 of 1 · w⁽¹⁾₁₁ = 1 · loss 1 · slope 2"


@pytest.mark.parametrize("name", ["w⁽¹⁾₁₁", "b⁽²⁾₃"])
def test_the_tangent_is_called_after_the_parameter(name):
    w = np.linspace(-1, 3, 9)
    descent = Descent(np.array([[2.0], [1.0]]), np.array([4.0, 1.0]), False)
    stepped = slice_figure(LIGHT, Profile(w, w**2, name), descent, np.array([[4.0], [2.0]]))
    names = [trace["name"] for trace in stepped.figures[0]["data"]]
    assert f"tangent: its slope is ∂L/∂{name}" in names and len([one for one in names if "∂L" in one]) == 1


def test_a_curve_that_climbs_far_above_the_path_leaves_the_picture():
    w = np.linspace(-1, 30, 50)
    descent = Descent(np.array([[1.0], [0.5]]), np.array([1.0, 0.25]), False)
    stepped = slice_figure(LIGHT, Profile(w, w**2, "w"), descent, np.ones((2, 1)))
    low, high = stepped.figures[0]["layout"]["yaxis"]["range"]
    assert low < 0 and 5 < high < 7
