"""Compared activations: the cursor reads every curve."""

import numpy as np
import pytest

from pages.figures.activations.comparison import comparison
from pages.figures.activations.curves import Curve
from pages.figures.theme import LIGHT
from tests.figures.sent import plain


def test_the_cursor_marks_every_curve_at_its_value() -> None:
    curves = [Curve("sigmoid"), Curve("elu", 2.0), Curve("relu")]
    for slopes, expected in ((False, [0.26894, 2 * (np.exp(-1) - 1), 0.0]), (True, [0.19661, 2 * np.exp(-1), 0.0])):
        figure = plain(comparison(LIGHT, curves, slopes, -1.0, 6.0))
        assert figure["data"][-1]["y"] == pytest.approx(expected, abs=1e-5)
        lines = [trace["line"] for trace in figure["data"][:-1]]
        assert len({(line["color"], line["dash"]) for line in lines}) == 3
