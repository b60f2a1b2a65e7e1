"""The picture of a large network: its cells are true numbers of the network, and every step changes what it should."""

import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine import ACTIVATIONS, Experiment, Layer, Network, forward, sgd_step
from engine.backprop.trace import trace
from pages.figures.network.animation import animation
from pages.figures.network.canvas import apply
from pages.figures.network.large.pooling import MOST, pooled
from pages.figures.network.message import written
from pages.figures.size import is_large
from pages.figures.theme import DARK, LIGHT
from tests.samples import passes

RNG = np.random.default_rng(7)


def large(*sizes: int, activation: str = "relu", update_biases: bool = True) -> Experiment:
    shapes = list(zip(sizes[1:], sizes, strict=False))
    layers = [Layer(RNG.normal(size=s) / s[1], RNG.normal(size=s[0]), activation) for s in shapes[:-1]]
    layers.append(Layer(RNG.normal(size=shapes[-1]), RNG.normal(size=sizes[-1]), "softmax"))
    network = Network(layers, "cross_entropy")
    return Experiment(network, RNG.normal(size=sizes[0]), np.eye(sizes[-1])[0], 0.5, update_biases)


def after(experiment: Experiment, step: int | None = None) -> dict[tuple[float, float], dict]:
    """The heat maps after a step, by where their first cell stands."""
    figure = animation(experiment, LIGHT, "layer")
    traces = figure.traces
    for frame in figure.frames[:step]:
        for patch in (frame.setup, frame.move, frame.reveal):
            traces = apply(traces, patch)
    return {(t["x0"], t["dx"]): t for t in traces if t["type"] == "heatmap"}


def shown(experiment: Experiment, step: int | None = None) -> list[np.ndarray]:
    return [np.array(t["z"], dtype=float) for _, t in sorted(after(experiment, step).items())]


@given(arrays(np.float64, st.tuples(st.integers(1, 150), st.integers(1, 150)), elements=st.floats(-9, 9)))
def test_a_cell_is_the_entry_of_the_largest_size_in_its_block(values: np.ndarray) -> None:
    cells = pooled(values)
    np.testing.assert_array_equal(cells.values, values[cells.rows, cells.columns])
    assert cells.values.shape == tuple(min(size, MOST) for size in values.shape)
    assert np.abs(cells.values).max() == np.abs(values).max()
    assert (np.diff(cells.rows, axis=0) > 0).all() and (np.diff(cells.columns, axis=1) > 0).all()
    if max(values.shape) <= MOST:
        np.testing.assert_array_equal(cells.values, values)


def test_from_eleven_neurons_a_network_is_summarised() -> None:
    assert is_large((3, 11, 2)) and is_large((11, 2)) and not is_large((10, 10, 10))


def test_after_the_update_strips_and_maps_show_what_the_engine_computed() -> None:
    experiment = large(12, 14, 3)
    ahead, back = passes(experiment)
    new = sgd_step(experiment.network, back, experiment.learning_rate).layers
    expected = [experiment.x[:, None]]
    for index, layer in enumerate(new):
        expected += [layer.W, layer.b[:, None], ahead.a[index + 1][:, None], back.delta[index][:, None]]
    expected.append(experiment.y[:, None])
    require_close(shown(experiment, len(trace(experiment, "layer")) - 1), expected)


@pytest.mark.parametrize("update_biases", [True, False])
def test_at_the_last_step_all_is_of_the_new_parameters_and_no_delta_is_left(update_biases: bool) -> None:
    experiment = large(12, 14, 3, update_biases=update_biases)
    new = sgd_step(experiment.network, passes(experiment)[1], experiment.learning_rate, update_biases)
    again = forward(new, experiment.x)
    expected = [experiment.x[:, None]]
    for layer, a in zip(new.layers, again.a[1:], strict=True):
        expected += [layer.W, layer.b[:, None], a[:, None], np.full((len(a), 1), np.nan)]
    require_close(shown(experiment), [*expected, experiment.y[:, None]])


def require_close(cells: list[np.ndarray], expected: list[np.ndarray]) -> None:
    assert len(cells) == len(expected)
    for got, wanted in zip(cells, expected, strict=True):
        np.testing.assert_allclose(got, wanted, rtol=1e-3)


def test_before_a_step_its_numbers_are_not_there() -> None:
    experiment = large(12, 14, 3)
    names = [step.op for step in trace(experiment, "layer")]
    x, w1, b1, a1, d1, *_ = shown(experiment, 0)
    assert np.isfinite(x).all() and np.isfinite(w1).all() and np.isfinite(b1).all()
    assert np.isnan(a1).all() and np.isnan(d1).all()
    np.testing.assert_allclose(
        shown(experiment, 1)[3], forward(experiment.network, experiment.x).z[0][:, None], rtol=1e-3
    )
    assert np.isnan(shown(experiment, names.index("loss_gradient"))[-2]).all()


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_and_both_themes_are_drawn(activation: str) -> None:
    experiment = large(11, 12, 2, activation=activation, update_biases=False)
    for theme in (LIGHT, DARK):
        figure = animation(experiment, theme, "neuron")
        assert len(figure.frames) == len(trace(experiment, "layer"))
        json.dumps([figure.traces, figure.layout, [frame.reveal for frame in figure.frames]], allow_nan=False)


def test_cells_name_the_neuron_or_weight_that_they_are() -> None:
    experiment = large(100, 80, 4)
    W = experiment.network.layers[0].W
    heat = next(t for _, t in sorted(after(experiment, 0).items()) if len(t["z"]) == len(t["z"][0]) == MOST)
    for row, places in zip(heat["z"], heat["customdata"], strict=True):
        for value, place in zip(row, places, strict=True):
            kind, layer, to, source = place.split(".")
            assert kind == "w" and layer == "1"
            assert W[int(to) - 1, int(source) - 1] == pytest.approx(value, rel=1e-3)


def test_the_largest_network_allowed_stays_small_on_the_wire() -> None:
    assert len(gzip.compress(written(large(512, 400, 100, 10), LIGHT, "layer"))) < 300_000
