"""The data as points: by class, test points hollow."""

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
