"""What every neuron answers, a tile each."""

import numpy as np

from engine import forward
from pages.figures.training.responses import window
from tests.figures.training.cases import run, shown


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
