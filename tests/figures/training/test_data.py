"""The data as points: by class, test points hollow."""

from dataclasses import replace

import numpy as np

from engine.data.dataset import classification
from pages.figures.theme import DARK
from pages.figures.training.data import points_figure
from tests.figures.training.cases import run


def test_data_are_drawn_by_class_with_test_points_hollow():
    _, training, test = run("blobs")
    traces = points_figure(DARK, training, test)["data"]
    assert [trace["name"] for trace in traces[:3]] == ["A, training", "B, training", "C, training"]
    assert sum(len(trace["x"]) for trace in traces) == 24
    assert {trace["marker"]["color"] for trace in traces[3:]} == {DARK.background}
    assert len({trace["marker"]["symbol"] for trace in traces}) == 3


def test_names_that_are_too_long_are_shortened_and_whole_where_a_point_is_pointed_at():
    length, kind = "length of the sepal in millimetres, measured twice by hand", "a class with a name that is long"
    data = classification("long", np.eye(2), np.array([0, 1]), (kind, "b"))
    figure = points_figure(DARK, replace(data, inputs=(length, "{y}")), None)
    assert figure["layout"]["xaxis"]["title"]["text"] == "length of the sepal …sured twice by hand"
    first = figure["data"][0]
    assert len(first["name"]) < 40 and "…" in first["name"]
    assert length in first["hovertemplate"] and kind in first["hovertemplate"] and "(y)" in first["hovertemplate"]
