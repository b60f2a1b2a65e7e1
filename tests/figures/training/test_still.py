"""The picture of a training run at one snapshot: its panel, whatever the data, its points and the loss up to there."""

import numpy as np
import pytest

from engine import Layer, Network, train
from engine.data.dataset import Dataset, classification, regression
from engine.training.history import History
from pages.figures.theme import DARK, LIGHT
from pages.figures.training.marks import SHAPES
from pages.figures.training.panel import panel
from pages.figures.training.responses import window
from pages.figures.training.still import run_still

RNG = np.random.default_rng(5)


def trained(data: Dataset, n_out: int, output: str, loss: str) -> History:
    n_in = data.x.shape[1]
    layers = [Layer(RNG.normal(size=(3, n_in)), np.zeros(3), "tanh")]
    layers.append(Layer(RNG.normal(size=(n_out, 3)), np.zeros(n_out), output))
    network = Network(layers, loss)
    return train(network, data.x, data.targets_for(n_out), epochs=6, batch_size=10, seed=0)


X = RNG.uniform(-1, 1, (40, 2))
TWO = classification("two classes", X, (X[:, 0] > 0).astype(int), ("left", "right"))
THREE = classification("three classes", X, np.digitize(X[:, 0], (-0.3, 0.3)), ("a", "b", "c"))
CURVE = regression("a curve", X[:, :1], np.sin(3 * X[:, 0]))
WIDE = regression("many inputs", RNG.normal(size=(40, 5)), RNG.normal(size=40))
CASES = {
    "two classes": (TWO, 1, "sigmoid", "binary_cross_entropy", "heatmap"),
    "three classes": (THREE, 3, "softmax", "cross_entropy", "heatmap"),
    "curve": (CURVE, 1, "identity", "half_squared_error", "scatter"),
    "many inputs": (WIDE, 1, "identity", "mean_squared_error", "scatter"),
}


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_data_has_its_panel_and_the_loss(case: str) -> None:
    data, n_out, output, loss, kind = CASES[case]
    history = trained(data, n_out, output, loss)
    for theme in (LIGHT, DARK):
        for snapshot in (0, len(history.snapshot_epochs) - 1):
            figure = run_still(theme, history, data, None, snapshot)
            assert figure["data"][0]["type"] == kind
            line = next(t for t in figure["data"] if t.get("name") == "training loss")
            np.testing.assert_allclose(line["y"], history.loss)
            point = figure["data"][-1]
            assert point["x"] == [history.snapshot_epochs[snapshot]]
            assert f"Epoch {history.snapshot_epochs[snapshot]:,}" in figure["layout"]["title"]["text"]
            assert figure["layout"]["paper_bgcolor"] == theme.background


def test_the_map_is_the_right_way_up() -> None:
    data = classification("up", X, (X[:, 1] > 0).astype(int), ("below", "above"))
    network = Network([Layer([[0.0, 9.0]], [0.0], "sigmoid")], "binary_cross_entropy")
    history = train(network, data.x, data.targets_for(1), epochs=1, learning_rate=0.0, batch_size=40, seed=0)
    z = np.array(run_still(LIGHT, history, data, None, 0)["data"][0]["z"])
    assert z[0].max() < 64 and z[-1].min() > 192


def test_it_is_drawn_from_the_marks_of_the_player() -> None:
    data, *rest = CASES["three classes"]
    history = trained(data, *rest[:3])
    main, arrays = panel(DARK, history, data, None, window(data))
    dots = run_still(DARK, history, data, None, 0)["data"][1]
    np.testing.assert_allclose(dots["x"], arrays["trainX"][0])
    assert dots["marker"]["color"] == [DARK.classes[number] for number in data.classes]
    assert dots["marker"]["symbol"] == [SHAPES[number].symbol for number in data.classes]
    assert dots["marker"]["size"] == 2 * main.marks[1].radius


def test_outputs_with_the_same_target_lie_beside_each_other() -> None:
    x, y = np.eye(3)[:1], np.array([[0.0, 0.0]])
    data = Dataset(title="two outputs", kind="regression", x=x, y=y, inputs=("a", "b", "c"), outputs=("d", "e"))
    network = Network([Layer(np.zeros((2, 3)), np.zeros(2), "identity")], "half_squared_error")
    history = train(network, x, y, epochs=1, learning_rate=0.0, batch_size=1, seed=0)
    first, second = run_still(LIGHT, history, data, None, 0)["data"][1:3]
    assert first["y"] == second["y"] and second["x"][0] - first["x"][0] > 0.02


def test_classes_and_losses_are_named_once() -> None:
    data, *rest = CASES["three classes"]
    history = trained(data, *rest[:3])
    named = [t["name"] for t in run_still(LIGHT, history, data, None, 0)["data"] if t["showlegend"]]
    assert named == ["a", "b", "c", "training loss"]
