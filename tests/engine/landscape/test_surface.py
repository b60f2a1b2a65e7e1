"""Landscapes of the loss against networks computed one by one, and descents against single steps."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import DATASETS, OPTIMIZERS, PRESETS, Layer, Network, backward, forward, sgd_step, train
from engine.backprop.many_networks import activations, losses
from engine.errors import InvalidExperiment
from engine.landscape.directions import along, principal_directions, random_direction
from engine.landscape.surface import Landscape
from engine.network.parameters import flatten, is_bias, parameters, split, with_parameters
from tests.oracles import assert_close
from tests.strategies import batches


def loss(network, x, y):
    return backward(network, forward(network, x), y).loss


@given(batches(), st.integers(0, 2**32 - 1))
def test_a_stack_of_networks_gives_what_each_of_them_gives(batch, seed):
    theta = flatten(batch.network) + np.random.default_rng(seed).normal(0, 0.5, (3, len(flatten(batch.network))))
    each = [with_parameters(batch.network, row) for row in theta]
    assert_close(losses(batch.network, theta, batch.x, batch.y), [loss(n, batch.x, batch.y) for n in each], rtol=1e-9)
    for index, values in enumerate(activations(batch.network, theta, batch.x)):
        assert_close(values, [forward(n, batch.x).a[index + 1] for n in each], rtol=1e-9, atol=1e-12)


def test_a_stack_larger_than_a_chunk_is_whole():
    made = DATASETS["circles"].make(300)
    network = Network([Layer(np.ones((9, 2)), np.zeros(9), "tanh"), Layer(np.ones((1, 9)), [0.0], "identity")], "huber")
    theta = flatten(network) * np.linspace(0, 1, 250)[:, np.newaxis]
    found = losses(network, theta, made.x, made.y)
    assert found.shape == (250,)
    assert_close(found[::50], [loss(with_parameters(network, t), made.x, made.y) for t in theta[::50]], rtol=1e-12)


@given(batches(), st.data())
def test_the_surface_over_two_parameters_is_the_loss_of_the_changed_networks(batch, data):
    network = batch.network
    picked = [data.draw(st.integers(0, len(parameters(network)) - 1)) for _ in range(2)]
    landscape = Landscape(network, batch.x, batch.y, np.stack([along(network, index) for index in picked]))
    first, second = np.linspace(-1, 1, 3), np.linspace(-0.5, 1, 4)
    grid = landscape.grid(first, second)
    assert grid.shape == (4, 3)
    for (row, v), (column, u) in product(enumerate(second), enumerate(first)):
        theta = flatten(network)
        theta[picked[0]] += u
        theta[picked[1]] += v
        assert_close(grid[row, column], loss(with_parameters(network, theta), batch.x, batch.y), rtol=1e-9)


@given(batches(), st.integers(0, 2**32 - 1))
def test_the_gradient_along_the_directions_is_the_passes_gradient_there(batch, seed):
    rng = np.random.default_rng(seed)
    directions = rng.normal(size=(2, len(flatten(batch.network))))
    landscape = Landscape(batch.network, batch.x, batch.y, directions)
    point = np.array([0.3, -0.2])
    there = landscape.network_at(point)
    assert_close(flatten(there), flatten(batch.network) + 0.3 * directions[0] - 0.2 * directions[1], rtol=1e-12)
    passes = backward(there, forward(there, batch.x), batch.y)
    whole = np.concatenate([np.column_stack(g).ravel() for g in zip(passes.dW, passes.db, strict=True)])
    with np.errstate(under="ignore"):
        expected = directions @ whole
    assert_close(landscape.gradient(point), expected, rtol=1e-8, atol=1e-9)


@given(batches())
def test_descent_along_all_directions_is_gradient_descent(batch):
    network = batch.network
    landscape = Landscape(network, batch.x, batch.y, np.eye(len(flatten(network))))
    descent = landscape.descend(np.zeros(len(flatten(network))), optimizer="sgd", learning_rate=0.1, steps=3)
    step = network
    for point, at_point in zip(descent.points, descent.loss, strict=True):
        assert_close(flatten(network) + point, flatten(step), rtol=1e-9, atol=1e-11)
        assert_close(at_point, loss(step, batch.x, batch.y), rtol=1e-9)
        step = sgd_step(step, backward(step, forward(step, batch.x), batch.y), 0.1)


@given(batches(), st.integers(0, 2**32 - 1))
def test_of_a_sum_the_loss_and_its_slopes_are_those_of_all_examples_added_up(batch, seed):
    directions = np.random.default_rng(seed).normal(size=(2, len(flatten(batch.network))))
    landscape = Landscape(batch.network, batch.x, batch.y, directions, "sum")
    point = np.array([0.2, -0.1])
    x, y = np.atleast_2d(batch.x), np.atleast_2d(batch.y)
    alone = [Landscape(batch.network, x[k], y[k], directions) for k in range(len(x))]
    assert_close(landscape.loss(point[np.newaxis]), sum(one.loss(point[np.newaxis]) for one in alone), rtol=1e-9)
    assert_close(landscape.gradient(point), sum(one.gradient(point) for one in alone), rtol=1e-8, atol=1e-9)


def bowl():
    """A neuron without an activation, for which the loss ½(w·2 + b − 1)² is a parabola of curvature 4 along w."""
    network = Network([Layer([[2.0]], [0.0], "identity")], "half_squared_error")
    return Landscape(network, np.array([2.0]), np.array([1.0]), along(network, 0)[np.newaxis])


def test_a_slice_is_the_parabola_with_its_tangent():
    w = np.linspace(-3, 3, 7)
    assert_close(bowl().loss(w[:, np.newaxis]), 0.5 * (2 * (2 + w) - 1) ** 2, rtol=1e-12)
    assert_close(bowl().gradient(np.array([0.0])), [6.0], rtol=1e-12)


@pytest.mark.parametrize(("rate", "factor"), [(0.1, 0.6), (0.25, 0.0), (0.4, -0.6), (0.5, -1.0), (0.6, -1.4)])
def test_descent_on_the_parabola_shrinks_swings_or_diverges_by_its_curvature(rate, factor):
    descent = bowl().descend(np.array([0.0]), optimizer="sgd", learning_rate=rate, steps=6)
    # the minimum is at w = ½, which is −1½ from the network
    assert_close(descent.points[:, 0] + 1.5, 1.5 * factor ** np.arange(7), rtol=1e-9, atol=1e-12)
    assert not descent.diverged


def test_a_path_that_leaves_for_infinity_is_cut():
    descent = bowl().descend(np.array([0.0]), optimizer="sgd", learning_rate=100.0, steps=60)
    assert descent.diverged and 1 < len(descent.points) < 10 and np.isfinite(descent.loss).all()


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_every_optimizer_walks_downhill_on_the_surface(optimizer):
    experiment = next(iter(PRESETS.values())).experiment
    landscape = Landscape(experiment.network, experiment.x, experiment.y, np.stack(
        [along(experiment.network, index) for index in (24, 28)]
    ))  # fmt: skip
    descent = landscape.descend(np.zeros(2), optimizer=optimizer, learning_rate=0.05, steps=20)
    assert descent.points.shape == (21, 2) and descent.loss[-1] < descent.loss[0]


def test_a_random_direction_has_the_norm_of_each_neurons_weights():
    network = Network(
        [Layer([[3.0, 4.0], [0.0, 0.0]], [1.0, 2.0], "tanh"), Layer([[0.5, -0.5]], [9.0], "identity")], "huber"
    )
    direction = random_direction(network, np.random.default_rng(0))
    first, second = split(network, direction)
    assert_close(np.linalg.norm(first, axis=1), [5.0, 0.0], rtol=1e-12)
    assert_close(np.linalg.norm(second), np.sqrt(0.5), rtol=1e-12)
    assert not direction[is_bias(network)].any()
    assert (direction != random_direction(network, np.random.default_rng(1))).any()


def run(epochs):
    made = DATASETS["moons"].make(40)
    rng = np.random.default_rng(0)
    layers = [Layer(rng.normal(size=(4, 2)), np.zeros(4), "tanh"), Layer(rng.normal(size=(1, 4)), [0.0], "sigmoid")]
    network = Network(layers, "binary_cross_entropy")
    return made, train(network, made.x, made.y, learning_rate=0.5, epochs=epochs, batch_size=8, seed=0)


def test_principal_directions_hold_most_of_a_run_and_place_its_snapshots():
    made, history = run(30)
    principal = principal_directions(history)
    assert_close(principal.directions @ principal.directions.T, np.eye(2), rtol=0, atol=1e-12)
    assert 0.8 < principal.shares.sum() <= 1 and principal.shares[0] > principal.shares[1]
    assert not principal.coordinates[-1].any()
    # no other pair of directions comes closer to the run: try a thousand
    moved = history.snapshot_parameters - history.snapshot_parameters[-1]
    rest = ((moved - principal.coordinates @ principal.directions) ** 2).sum()
    rng = np.random.default_rng(0)
    for _ in range(1000):
        other = np.linalg.qr(principal.directions.T + 0.1 * rng.normal(size=principal.directions.T.shape))[0]
        assert ((moved - moved @ other @ other.T) ** 2).sum() >= rest
    landscape = Landscape(history.network, made.x, made.y, principal.directions)
    assert_close(landscape.coordinates(history.snapshot_parameters), principal.coordinates, rtol=0, atol=1e-9)
    assert_close(landscape.loss(np.zeros((1, 2))), history.loss[-1:], rtol=1e-12)


def test_a_run_of_one_step_has_no_two_principal_directions():
    with pytest.raises(InvalidExperiment, match="fewer than two directions"):
        principal_directions(run(0)[1])
