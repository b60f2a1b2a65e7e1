"""Charts go to the browser unchecked: what every page draws is what Plotly knows, described, and bare of buttons."""

import json

import plotly.graph_objects as go
import pytest

from tests.pages.scenes import SCENES


@pytest.mark.parametrize("scene", SCENES)
def test_every_chart_is_valid(scene: str) -> None:
    for chart in SCENES[scene]().charts:
        go.Figure(json.loads(chart.spec))
        assert json.loads(chart.config)["displayModeBar"] is False and not chart.theme
