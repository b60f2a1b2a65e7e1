"""The slice: its curve, the points walked to and their tangents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

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


def heights(loss, walked):
    """The losses at the bottom and the top of the picture."""
    walked = np.array(walked)
    descent = Descent(np.zeros((len(walked), 1)), walked, False)
    stepped = slice_figure(LIGHT, Profile(np.arange(len(loss)), loss, "w"), descent, np.ones((len(walked), 1)))
    return stepped.figures[0]["layout"]["yaxis"]["range"]


W = np.linspace(-3, 3, 241)


def test_a_curve_that_climbs_far_above_the_path_leaves_the_picture():
    low, high = heights(np.exp(3 * W), [1.0, 0.25])
    assert low < 0 and 8 < high < 10


@pytest.mark.parametrize("walked", [[0.0, 0.0], [1e-9, 1e-12], [0.01, 0.001]])
def test_a_path_near_the_bottom_leaves_the_curve_around_it_in_the_picture(walked):
    loss = 1.386 + W**2
    _, high = heights(loss, 1.386 + np.array(walked))
    assert (loss < high).mean() > 0.4


def test_a_curve_that_climbs_from_a_floor_is_not_drawn_as_a_wall():
    loss = np.maximum(W, 0) ** 2
    _, high = heights(loss, [0.0, 0.0])
    assert (loss[loss > 0] < high).mean() > 0.4


def test_a_curve_not_much_higher_than_the_path_is_drawn_whole_as_is_one_of_a_path_that_is_lost():
    for walked in ([1.0, 0.5], [1.0, 1e300], [1.0, np.inf]):
        assert heights(W**2, walked) == pytest.approx([-0.72, 9.72])


def test_a_flat_curve_lies_in_the_middle_and_its_rounding_is_not_drawn():
    low, high = heights(0.69 * np.ones(5) + 1e-16 * np.arange(5), [0.69, 0.69])
    assert low < 0.6 and high > 0.78


@given(arrays(float, 50, elements=st.floats(0, 1e3)), st.lists(st.integers(0, 49), min_size=1))
def test_what_is_walked_and_most_of_the_curve_is_in_the_picture(loss, path):
    low, high = heights(loss, loss[path])
    assert low < loss.min() and loss[path].max() < high
    assert (loss < high).mean() >= 0.4
