"""The gradient check's pictures: what agrees, what does not, and the best step."""

import pytest

from engine import check_gradients
from engine.gradcheck.check import TOLERANCE
from engine.gradcheck.mistakes import MISTAKES
from engine.gradcheck.step_size import v_curve
from pages.figures.gradients.check import agreement, v_curves
from pages.figures.theme import DARK, LIGHT
from tests.figures.sent import plain
from tests.samples import EXAMPLE


def test_right_gradients_lie_on_the_diagonal_and_wrong_ones_are_marked_apart() -> None:
    report = check_gradients(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y)
    (marks,) = plain(agreement(LIGHT, report))["data"][1:]
    assert marks["name"] == "36 agree" and marks["x"] == pytest.approx(marks["y"], abs=1e-9)
    wrong = MISTAKES["no_bias_gradient"].backward(EXAMPLE)
    report = check_gradients(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, wrong)
    right, caught = plain(agreement(LIGHT, report))["data"][1:]
    assert (right["name"], caught["name"]) == ("27 agree", "9 disagree")
    assert caught["y"] == [0.0] * 9 and right["marker"]["symbol"] != caught["marker"]["symbol"]
    assert int((report.error > TOLERANCE).sum()) == 9


def test_the_v_is_drawn_with_its_best_step_and_the_step_in_use() -> None:
    curve = v_curve(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, "central")
    figure = plain(v_curves(DARK, [curve], 1e-3))
    line, best = figure["data"]
    assert len(line["x"]) == len(curve.steps) and best["x"] == [curve.best[0]]
    assert best["y"] == [min(value for value in line["y"])]
    assert figure["layout"]["shapes"][0]["x0"] == 1e-3
    assert "shapes" not in v_curves(DARK, [curve], None)["layout"]
