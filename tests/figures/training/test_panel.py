"""The panel of a run: a map, a curve or outputs against targets, by the engine's own forward passes."""

import numpy as np
import pytest

from engine import DATASETS, Layer, Network, forward, train
from engine.data.dataset import Dataset, of_example
from pages.figures.theme import LIGHT
from pages.figures.training.panel import MAP
from pages.figures.training.playback import playback
from pages.figures.training.responses import window
from tests.figures.training.cases import run, shown, unpacked


def test_the_map_is_the_output_from_top_left_to_bottom_right():
    header, arrays = shown("moons")
    history, data, _ = run("moons")
    seen = window(data)
    ground = header["main"]["marks"][0]
    assert (ground["kind"], ground["array"], ground["level"]) == ("ground", "map", 127.5)
    for row, column in ((0, 0), (0, MAP - 1), (MAP - 1, 0), (MAP // 2, 3)):
        x = seen.low[0] + column / (MAP - 1) * (seen.high[0] - seen.low[0])
        y = seen.high[1] - row / (MAP - 1) * (seen.high[1] - seen.low[1])
        for k in (0, 6):
            output = forward(history.snapshots[k], np.array([x, y])).output[0]
            assert abs(arrays["map"][k, row, column] - 255 * output) <= 0.51


def test_a_regression_over_one_input_is_a_curve_through_its_points():
    header, arrays = shown("sine")
    history, data, _ = run("sine")
    assert header["main"]["marks"][-1]["kind"] == "lines" and arrays["curves"].shape == (7, 1, 160)
    ticks = header["main"]["y"]["ticks"]
    low, high = _axis(ticks)
    x = window(data).grid(160)
    np.testing.assert_allclose(
        arrays["curves"][6, 0] * (high - low) + low, forward(history.network, x).output[:, 0], atol=1e-3
    )
    np.testing.assert_allclose(arrays["trainY"][0] * (high - low) + low, data.y[:, 0], atol=1e-3)


def _axis(ticks):
    """The ends of an axis from two of its ticks."""
    (a, low), (b, high) = ((share, float(words.replace("−", "-"))) for share, words in (ticks[0], ticks[-1]))
    unit = (high - low) / (b - a)
    return low - a * unit, low + (1 - a) * unit


def test_more_inputs_are_outputs_against_targets():
    network = Network([Layer(np.ones((2, 3)) * 0.3, np.zeros(2), "softmax")], "cross_entropy")
    x, y = np.array([0.1, 0.2, 0.7]), np.array([1.0, 0.0])
    history = train(network, x, y, epochs=3, batch_size=1, seed=0)
    header, arrays = unpacked(playback(LIGHT, history, of_example(x, y), None).packed())
    assert header["main"]["name"] == "Outputs against targets" and header["tile"] == {"width": 1, "height": 1}
    low, high = _axis(header["main"]["y"]["ticks"])
    for index, output in enumerate(forward(history.network, x).output):
        assert arrays[f"outputs{index}"][-1, 0] * (high - low) + low == pytest.approx(output, abs=1e-3)
        assert arrays[f"targets{index}"][0, 0] * (high - low) + low == pytest.approx(y[index], abs=1e-3)


def test_every_array_that_a_mark_names_has_an_entry_for_each_snapshot_or_one_that_stays():
    for header, arrays in (*map(shown, DATASETS), many_inputs()):
        marks = header["main"]["marks"]
        assert len(marks) >= 2
        for mark in marks:
            named = [arrays[mark[part]] for part in ("array", "x", "y", "shades", "shapes") if mark.get(part)]
            assert named and all(len(array) in (1, len(header["titles"])) for array in named)
            # of dots each has its place, its shade and its shape
            assert len({array.shape[1] for array in named}) == 1


def many_inputs():
    x, y = np.eye(3)[:2], np.eye(2)
    network = Network([Layer(np.ones((2, 3)) * 0.3, np.zeros(2), "softmax")], "cross_entropy")
    data = Dataset(title="t", kind="regression", x=x, y=y, inputs=("a", "b", "c"), outputs=("d", "e"))
    history = train(network, x, y, epochs=3, batch_size=2, seed=0)
    return unpacked(playback(LIGHT, history, data, None).packed())
