"""The softmax's Jacobian, all of its numbers."""

import numpy as np
import pytest

from engine.analysis.temperature import jacobian as softmax_jacobian
from pages.figures.activations import softmax
from pages.figures.theme import DARK, LIGHT
from tests.figures.sent import plain


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_jacobian_holds_all_its_numbers_legibly(theme) -> None:
    J = softmax_jacobian(np.array([3.0, 0.0, -1.0]))
    figure = plain(softmax.jacobian(theme, J, ["p1", "p2", "p3"], ["z1", "z2", "z3"]))
    numbers = figure["layout"]["annotations"]
    assert len(numbers) == 9 and figure["data"][0]["z"] == J.tolist()
    assert float(numbers[5]["text"].replace("−", "-")) == pytest.approx(J[1, 2], rel=0.01)
    assert (numbers[5]["y"], numbers[5]["x"]) == ("p2", "z3")
