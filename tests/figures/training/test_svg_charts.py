"""Charts drawn as SVG: each value at its place, names as text, round labels."""

from xml.etree import ElementTree

import numpy as np
import pytest

from pages.figures.theme import LIGHT
from pages.figures.training.svg_charts import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Line, chart, linear, logarithmic, shares


def test_a_chart_shows_each_value_at_its_place():
    line = Line(name="a<b", y=np.array([0.0, 2.0, 1.0]), colour=LIGHT.accent)
    svg = ElementTree.fromstring(chart(LIGHT, "Loss & more", [0, 1, 2], [line], linear([line.y])))
    points = next(svg.iter("polyline")).get("points").split()
    assert points[0] == f"{LEFT:.1f},{HEIGHT - 22:.1f}" and points[1].endswith(f",{TOP:.1f}")
    assert points[2].startswith(f"{WIDTH - RIGHT:.1f},")
    assert "a<b" in "".join(svg.itertext())


@pytest.mark.parametrize(
    ("scale", "labels"),
    [
        (linear([np.array([0.0, 1.0])]), ("0", "0.5", "1")),
        (linear([np.array([0.3, 0.3])]), ("0.5", "1")),
        (shares(), ("0%", "50%", "100%")),
        (logarithmic([np.array([0.0, 0.02, 5.0])]), ("0.01", "0.1", "1", "10")),
        (logarithmic([np.zeros(3)]), ("0.1", "1")),
    ],
)
def test_scales_have_round_labels(scale, labels):
    assert scale.labels == labels
