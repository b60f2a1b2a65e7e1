"""The plane of two principal components: the directions of the largest variance, and what is drawn on it."""

import numpy as np
import pytest

from engine import DATASETS, forward, train
from engine.data.dataset import classification
from engine.training.adaptation import suited
from pages.figures.theme import LIGHT
from pages.figures.training.panel import MAP
from pages.figures.training.playback import playback
from pages.figures.training.principal import PairOfInputs, Principal, paired, principal, view
from pages.figures.training.responses import SHADES
from tests.figures.training.cases import unpacked


def cloud(n_in, seed=0):
    """Points of three classes that are spread most along a known direction, then along another one."""
    rng = np.random.default_rng(seed)
    frame = np.linalg.qr(rng.normal(size=(n_in, n_in)))[0].T
    parts = rng.normal(size=(400, n_in)) * np.array([9, 3, *[0.01] * (n_in - 2)])
    x = parts @ frame + 5.0
    return classification("cloud", x, np.digitize(parts[:, 0], (-4, 4)), ("a", "b", "c")), frame


@pytest.mark.parametrize("n_in", [3, 7, 50])
def test_the_directions_are_those_of_the_largest_variance(n_in):
    data, frame = cloud(n_in)
    shown = principal(data)
    # either sign, and as far as 400 points tell
    assert np.abs((shown.directions * frame[:2]).sum(axis=1)) == pytest.approx([1, 1], abs=0.01)
    np.testing.assert_allclose(shown.directions @ shown.directions.T, np.eye(2), atol=1e-12)
    eigenvalues = np.sort(np.linalg.eigvalsh(np.cov(data.x.T)))[::-1]
    np.testing.assert_allclose(shown.shares, eigenvalues[:2] / eigenvalues.sum(), rtol=1e-9)


def test_the_points_of_the_grid_are_on_the_plane_at_their_places():
    data, _ = cloud(5)
    shown = principal(data)
    places = shown.share(shown.grid(4))
    np.testing.assert_allclose(places[:4, 0], np.linspace(0, 1, 4), atol=1e-12)
    np.testing.assert_allclose(places[::4, 1], np.linspace(1, 0, 4), atol=1e-12)
    inside = shown.share(data.x)
    assert inside.min() > 0.05 and inside.max() < 0.95


def test_the_ground_is_what_the_network_answers_on_the_plane():
    data, _ = cloud(4)
    network = suited(data, (4,), np.random.default_rng(0))
    history = train(network, data.x, data.y, epochs=3, batch_size=20, seed=0)
    header, arrays = unpacked(playback(LIGHT, history, data, None).packed())
    best = forward(history.network, principal(data).grid(MAP)).output.argmax(axis=1)
    assert (arrays["map"][-1].ravel() // SHADES == best).all()
    assert header["main"]["x"]["title"].startswith("component 1 (9") and header["tile"]["height"] > 1
    assert [key["words"] for key in header["main"]["keys"]] == ["a", "b", "c"]


def test_two_inputs_are_shown_as_they_are_and_a_regression_against_its_targets():
    assert not isinstance(view(DATASETS["moons"].make(20)), Principal)
    data, _ = cloud(3)
    assert isinstance(view(data), Principal) and view(data.take(np.arange(2))) is None
    values = DATASETS["hill"].make(20)
    three = type(values)(
        title="t", kind="regression", x=np.hstack((values.x, values.x[:, :1])), y=values.y, inputs=("a", "b", "c"),
        outputs=("y",),
    )  # fmt: skip
    assert view(three) is None


def test_inputs_that_never_change_make_no_trouble():
    data = classification("c", np.ones((5, 3)), np.array([0, 1, 0, 1, 0]), ("a", "b"))
    assert np.isfinite(principal(data).grid(3)).all() and np.isfinite(principal(data).share(data.x)).all()


@pytest.mark.parametrize("pair", [(0, 2), (3, 1)])
def test_two_inputs_that_are_chosen_are_the_axes_in_their_own_units_with_the_others_at_their_mean(pair):
    data = cloud(4)[0].standardised()
    shown = view(data, pair)
    assert isinstance(shown, PairOfInputs)
    grid = shown.grid(5)
    others = [index for index in range(4) if index not in pair]
    np.testing.assert_allclose(grid[:, others], np.broadcast_to(data.x.mean(axis=0)[others], (25, 2)), atol=1e-12)
    for place, index in enumerate(pair):
        name, low, high = shown.axes(data)[place]
        own = data.own_x[:, index]
        assert name == data.inputs[index] and low < own.min() and high > own.max()
        shares = (own - low) / (high - low)
        np.testing.assert_allclose(shown.share(data.x)[:, place], shares, atol=1e-12)
    # the second of the two goes up, from the bottom of the picture
    assert grid[0, pair[1]] == grid[:, pair[1]].max() and grid[0, pair[0]] == grid[:, pair[0]].min()


def test_a_pair_is_no_choice_where_the_inputs_are_shown_as_they_are():
    flat = DATASETS["moons"].make(20)
    assert not paired(flat) and paired(cloud(3)[0])
    assert not isinstance(view(flat, (0, 1)), PairOfInputs)
