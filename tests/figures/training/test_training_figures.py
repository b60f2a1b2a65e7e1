"""What the player of a run is handed, unpacked as the browser does it, against the engine's own forward passes."""

import base64
import gzip
import json
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from engine import DATASETS, Layer, Network, forward, train
from engine.data.dataset import of_example
from engine.training.adaptation import suited
from pages.figures.theme import DARK, LIGHT
from pages.figures.training.comparison import Compared, compared_boundaries, compared_losses
from pages.figures.training.data import points_figure
from pages.figures.training.panel import MAP
from pages.figures.training.playback import playback, ramp_of
from pages.figures.training.responses import window
from pages.figures.training.svg_charts import HEIGHT, LEFT, RIGHT, TOP, WIDTH, Line, chart, linear, logarithmic, shares

MOST_BYTES = 1_500_000


def unpacked(packed):
    whole = gzip.decompress(base64.b64decode(packed))
    length = int.from_bytes(whole[:4], "little")
    header = json.loads(whole[4 : 4 + length])
    arrays = {}
    for name, place in header["arrays"].items():
        count = int(np.prod(place["shape"]))
        values = np.frombuffer(whole, place["type"], count, 4 + length + place["at"])
        arrays[name] = values.reshape(place["shape"])
    return header, arrays


@cache
def run(name, epochs=6):
    data = DATASETS[name].make(24)
    rng = np.random.default_rng(0)
    training, test = data.split(0.25, rng)
    network = suited(data, (3,), rng)
    history = train(network, training.x, training.y, epochs=epochs, batch_size=8, seed=0, test=(test.x, test.y))
    return history, training, test


def shown(name, theme=LIGHT):
    return unpacked(playback(theme, *run(name)).packed())


def test_every_snapshot_has_its_epoch_and_its_words():
    header, _ = shown("moons")
    history = run("moons")[0]
    assert header["epochs"] == list(range(7)) == list(history.measured)
    assert header["titles"][0].startswith(f"Epoch 0 · loss {history.loss[0]:.4g} (test {history.test_loss[0]:.4g})")
    assert f"accuracy {history.accuracy[6]:.0%}" in header["titles"][6]
    assert "accuracy" not in shown("hill")[0]["titles"][0]


def test_the_map_is_the_output_from_top_left_to_bottom_right():
    header, arrays = shown("moons")
    history, data, _ = run("moons")
    seen = window(data)
    assert header["main"]["kind"] == "map" and header["main"]["level"] == 127.5
    for row, column in ((0, 0), (0, MAP - 1), (MAP - 1, 0), (MAP // 2, 3)):
        x = seen.low[0] + column / (MAP - 1) * (seen.high[0] - seen.low[0])
        y = seen.high[1] - row / (MAP - 1) * (seen.high[1] - seen.low[1])
        for k in (0, 6):
            output = forward(history.snapshots[k], np.array([x, y])).output[0]
            assert abs(arrays["map"][k, row, column] - 255 * output) <= 0.51


def test_three_classes_are_told_by_the_ramp():
    header, arrays = shown("blobs")
    history, data, _ = run("blobs")
    best = forward(history.network, window(data).grid(MAP)).output.argmax(axis=1)
    assert (arrays["map"][-1].ravel() // 42 == best).all()
    ramp = header["ramp"]
    assert len(ramp) == 126
    for index, colour in enumerate(LIGHT.classes[:3]):
        assert "#{:02x}{:02x}{:02x}".format(*ramp[42 * index + 41]) == colour
    assert (arrays["trainShapes"] == data.classes).all() and (arrays["trainShades"] == 42 * data.classes + 41).all()


def test_a_regression_over_one_input_is_a_curve_through_its_points():
    header, arrays = shown("sine")
    history, data, _ = run("sine")
    assert header["main"]["kind"] == "curve" and arrays["curves"].shape == (7, 1, 160)
    ticks = header["main"]["y"]["ticks"]
    low, high = _axis(ticks)
    x = window(data).grid(160)
    np.testing.assert_allclose(
        arrays["curves"][6, 0] * (high - low) + low, forward(history.network, x).output[:, 0], atol=1e-3
    )
    np.testing.assert_allclose(arrays["trainDots"][:, 1] * (high - low) + low, data.y[:, 0], atol=1e-3)


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
    assert header["main"]["kind"] == "fit" and header["tile"] == {"width": 1, "height": 1}
    low, high = _axis(header["main"]["y"]["ticks"])
    np.testing.assert_allclose(
        arrays["outputs"][-1, 0] * (high - low) + low, forward(history.network, x).output, atol=1e-3
    )
    np.testing.assert_allclose(arrays["targets"][0] * (high - low) + low, y, atol=1e-3)


def test_tiles_are_the_neurons_own_activations_and_weights_are_there():
    header, arrays = shown("moons")
    history, data, _ = run("moons")
    side = header["tile"]["width"]
    hidden = forward(history.snapshots[2], window(data).grid(side)).a[1]
    tile = arrays["tiles0"][1, 2].astype(float) - 127.5
    most = np.abs(tile).argmax()
    np.testing.assert_allclose(tile / tile[most], hidden[:, 1] / hidden[most, 1], atol=0.01)
    np.testing.assert_allclose(arrays["weights"], history.snapshot_parameters, rtol=1e-6)
    assert [layer["title"] for layer in header["layers"]] == ["Input", "Hidden 1", "Output"]


def test_the_largest_network_of_the_editor_fits_into_the_payload():
    sizes = (2, *[10] * 7, 10)
    rng = np.random.default_rng(0)
    layers = [Layer(rng.normal(size=(n, m)), np.zeros(n), "tanh") for m, n in pairwise(sizes[:-1])]
    network = Network([*layers, Layer(rng.normal(size=(3, 10)), np.zeros(3), "softmax")], "cross_entropy")
    data = DATASETS["three_spirals"].make(2000)
    history = train(network, data.x, data.y, epochs=60, batch_size=500, seed=0)
    assert len(history.snapshot_epochs) == 60
    assert len(playback(LIGHT, history, data, data).packed()) < MOST_BYTES


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_charts_are_drawings_in_the_colours_of_the_theme(theme):
    header, _ = shown("moons", theme)
    assert len(header["charts"]) == 3 and len(shown("hill", theme)[0]["charts"]) == 2
    for drawing in header["charts"]:
        svg = ElementTree.fromstring(drawing)
        assert len([line for line in svg.iter("line") if line.get("class") == "cursor"]) == 1
        assert svg.get("fill") == theme.text
    assert header["cursor"][0] == LEFT and header["cursor"][-1] == WIDTH - RIGHT


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


def test_data_are_drawn_by_class_with_test_points_hollow():
    _, training, test = run("blobs")
    traces = points_figure(DARK, training, test)["data"]
    assert [trace["name"] for trace in traces[:3]] == ["A, training", "B, training", "C, training"]
    assert sum(len(trace["x"]) for trace in traces) == 24
    assert {trace["marker"]["color"] for trace in traces[3:]} == {DARK.background}
    assert len({trace["marker"]["symbol"] for trace in traces}) == 3


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


def test_ramps_have_a_colour_for_every_byte_that_is_sent():
    for name in DATASETS:
        data = DATASETS[name].make(12)
        ramp = ramp_of(DARK, data)
        assert len(ramp) == (42 * len(data.outputs) if len(data.outputs) > 2 else 256)
        assert all(0 <= channel <= 255 for colour in ramp for channel in colour)
