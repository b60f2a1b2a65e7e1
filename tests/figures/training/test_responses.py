"""What every neuron answers, a tile each."""

import numpy as np

from engine import DATASETS, forward
from pages.figures.theme import DARK
from pages.figures.training.responses import SHADES, ramp, window
from tests.figures.training.cases import run, shown


def test_ramps_have_a_colour_for_every_byte_that_is_sent():
    for name in DATASETS:
        data = DATASETS[name].make(12)
        colours = ramp(DARK, data)
        assert len(colours) == (SHADES * len(data.outputs) if len(data.outputs) > 2 else 256)
        assert all(0 <= channel <= 255 for colour in colours for channel in colour)


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
