"""The surface and the contour plot: heights are losses, and arrows point uphill."""

import base64
import gzip
import json

import numpy as np
import pytest

from engine.landscape.surface import Descent
from pages.figures.landscape.surface import Terrain, landscape_figures
from pages.figures.landscape.walk import numbers
from pages.figures.theme import DARK, LIGHT

X, Y = np.linspace(-1, 2, 7), np.linspace(-3, 3, 5)


def bowl(points):
    return points[..., 0] ** 2 + 0.5 * points[..., 1] ** 2 + 1.0


def slope(points):
    return points * np.array([2.0, 1.0])


def walk(steps=4, rate=0.2):
    points = [np.array([1.5, 2.0])]
    for _ in range(steps):
        points.append(points[-1] - rate * slope(points[-1]))
    return Descent(np.array(points), bowl(np.array(points)), False)


def drawn(theme=LIGHT, scale=lambda loss: loss):
    grid = scale(bowl(np.stack(np.meshgrid(X, Y), axis=-1)))
    descent = walk()
    return landscape_figures(
        theme, Terrain(first=X, second=Y, loss=grid, titles=("w", "b")), descent, slope(descent.points)
    ), descent


def test_both_figures_have_the_loss_at_every_point():
    stepped, _ = drawn()
    for figure in stepped.figures:
        trace = figure["data"][0]
        assert trace["x"] == X.tolist() and trace["y"] == Y.tolist()
        assert trace["z"][4][6] == bowl(np.array([2.0, 3.0]))
    assert [figure["data"][0]["type"] for figure in stepped.figures] == ["surface", "contour"]


def test_each_step_shows_the_way_so_far_and_the_point():
    stepped, descent = drawn()
    assert len(stepped.titles) == len(stepped.moves) == 5
    for step, moves in enumerate(stepped.moves):
        for figure, way, point in ((0, moves[0], moves[2]), (1, moves[3], moves[5])):
            assert way[0] == point[0] == figure
            assert way[2]["x"] == pytest.approx(descent.points[: step + 1, 0])
            assert point[2]["y"] == pytest.approx([descent.points[step, 1]])
            target = stepped.figures[figure]["data"][point[1]]
            assert target["mode"] == "markers"
    assert stepped.titles[2] == "Step 2 of 4 · loss 2.111 · gradient (1.08, 1.28)"


def test_the_path_in_space_lies_just_above_the_surface():
    stepped, descent = drawn()
    above = np.array(stepped.moves[4][0][2]["z"]) - descent.loss
    assert (above > 0).all() and above.max() < 0.02 * 10


def test_the_arrow_points_uphill_and_stands_upright_on_the_contour_lines_of_the_square_picture():
    stepped, descent = drawn()
    reach = np.array([3.0, 6.0])
    for step, moves in enumerate(stepped.moves):
        arrow = moves[4][2]
        tip = np.array([arrow["x"][1] - arrow["x"][0], arrow["y"][1] - arrow["y"][0]])
        # along a contour line the loss does not change: in shares of the picture the arrow is at right angles to it
        g = slope(descent.points[step])
        along = np.array([-g[1], g[0]]) / reach
        assert abs(tip / reach @ along) < 1e-6 * np.linalg.norm(along)
        assert tip @ g > 0
        assert arrow["x"][0] == pytest.approx(descent.points[step, 0])
    assert stepped.figures[1]["layout"]["yaxis"]["scaleratio"] == 0.5


def test_a_loss_of_many_orders_of_magnitude_is_drawn_by_its_logarithm():
    stepped, _ = drawn(scale=lambda loss: np.exp(3 * loss))
    assert stepped.figures[0]["data"][0]["z"][4][6] == pytest.approx(3 * bowl(np.array([2.0, 3.0])) / np.log(10))
    assert stepped.figures[0]["layout"]["scene"]["zaxis"]["title"]["text"] == "log₁₀ loss"


def test_what_is_not_finite_leaves_a_gap():
    grid = bowl(np.stack(np.meshgrid(X, Y), axis=-1))
    grid[0, 0], grid[1, 1] = np.inf, np.nan
    descent = walk(1)
    figure = landscape_figures(
        DARK, Terrain(first=X, second=Y, loss=grid, titles=("w", "b")), descent, slope(descent.points)
    ).figures[0]
    assert figure["data"][0]["z"][0][0] is None and figure["data"][0]["z"][1][1] is None
    assert numbers([1.0, np.inf, -np.inf, np.nan, 1 / 3]) == [1.0, None, None, None, 0.33333333]


def test_flat_ground_can_be_drawn():
    descent = Descent(np.zeros((2, 2)), np.ones(2), False)
    stepped = landscape_figures(
        LIGHT, Terrain(first=X, second=Y, loss=np.ones((5, 7)), titles=("w", "b")), descent, np.zeros((2, 2))
    )
    assert stepped.figures[1]["data"][0]["contours"]["size"] > 0
    assert stepped.moves[0][4][2]["x"] == [0.0] * 5


def test_it_travels_as_compressed_json():
    stepped, _ = drawn()
    assert json.loads(gzip.decompress(base64.b64decode(stepped.packed()))) == json.loads(json.dumps(vars(stepped)))
