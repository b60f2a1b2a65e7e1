"""What the player of a run is handed, unpacked as the browser does it, against the engine's own forward passes."""

from itertools import pairwise
from xml.etree import ElementTree

import numpy as np
import pytest

from engine import DATASETS, Layer, Network, forward, train
from pages.figures.theme import DARK, LIGHT
from pages.figures.training.panel import MAP
from pages.figures.training.playback import playback
from pages.figures.training.responses import SHADES, window
from pages.figures.training.svg_charts import LEFT, RIGHT, WIDTH
from tests.figures.training.cases import run, shown

MOST_BYTES = 1_500_000


def test_every_snapshot_has_its_epoch_and_its_words():
    header, _ = shown("moons")
    history = run("moons")[0]
    assert header["epochs"] == list(range(7)) == list(history.measured)
    assert header["titles"][0].startswith(f"Epoch 0 · loss {history.loss[0]:.4g} (test {history.test_loss[0]:.4g})")
    assert f"accuracy {history.accuracy[6]:.0%}" in header["titles"][6]
    assert "accuracy" not in shown("hill")[0]["titles"][0]


def test_three_classes_are_told_by_the_ramp():
    header, arrays = shown("blobs")
    history, data, _ = run("blobs")
    best = forward(history.network, window(data).grid(MAP)).output.argmax(axis=1)
    assert (arrays["map"][-1].ravel() // SHADES == best).all()
    ramp = header["ramp"]
    assert len(ramp) == 3 * SHADES
    for index, colour in enumerate(LIGHT.classes[:3]):
        assert "#{:02x}{:02x}{:02x}".format(*ramp[SHADES * index + SHADES - 1]) == colour
    assert (arrays["trainShapes"] == [data.classes]).all()
    assert (arrays["trainShades"] == [SHADES * data.classes + SHADES - 1]).all()


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
