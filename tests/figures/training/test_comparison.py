"""Runs beside each other: their losses, and the boundaries that they draw."""

import numpy as np
import pytest

from engine import forward
from pages.figures.theme import LIGHT
from pages.figures.training.comparison import Compared, compared_boundaries, compared_losses
from tests.figures.training.cases import run


def test_compared_boundaries_are_where_the_classes_are_equally_likely():
    history, training, _ = run("moons")
    figure = compared_boundaries(LIGHT, [(1, Compared("run", history))], training)
    contour = next(trace for trace in figure["data"] if trace["type"] == "contour")
    x, y, level = contour["x"][10], contour["y"][70], contour["contours"]["value"]
    assert abs(contour["z"][70][10] - forward(history.network, np.array([x, y])).output[0]) < 1e-3 and level == 0.5
    assert contour["line"]["color"] == LIGHT.runs[1]


def test_of_three_classes_each_has_a_boundary_where_it_overtakes_the_best_other():
    history, training, _ = run("blobs")
    contours = [
        t
        for t in compared_boundaries(LIGHT, [(0, Compared("run", history))], training)["data"]
        if t["type"] == "contour"
    ]
    lead = np.array([trace["z"] for trace in contours])
    assert len(contours) == 3 and ((lead > 0).sum(axis=0) == 1).mean() > 0.99


def test_compared_losses_have_a_colour_and_a_dash_each():
    runs = [Compared("a", run("moons")[0]), Compared("b", run("blobs")[0])]
    traces = compared_losses(LIGHT, runs)["data"]
    assert len(traces) == 4
    assert {trace["line"]["dash"] for trace in traces} == {"solid", "dash"}
    assert traces[0]["y"][-1] == pytest.approx(run("moons")[0].loss[-1], rel=1e-4)
