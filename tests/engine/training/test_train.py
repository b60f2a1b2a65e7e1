"""The training loop against the single steps that it is made of, and what a run leaves behind."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given

from engine import DATASETS, OPTIMIZERS, PRESETS, Layer, Network, backward, forward, sgd_step, train
from engine.errors import InvalidExperiment
from engine.network.parameters import flatten, is_bias, split
from engine.training.adaptation import adapt, drawn
from engine.training.schedules import SCHEDULES
from tests.oracles import assert_close
from tests.strategies import batches


def network(*sizes, hidden="tanh", output="sigmoid", loss="binary_cross_entropy", seed=0):
    rng = np.random.default_rng(seed)
    layers = [
        Layer(rng.normal(0, 1 / np.sqrt(n), (m, n)), rng.normal(0, 0.1, m), hidden) for n, m in pairwise(sizes[:-1])
    ]
    return Network([*layers, Layer(rng.normal(0, 1, (sizes[-1], sizes[-2])), np.zeros(sizes[-1]), output)], loss)


def data(name, size=40, **more):
    made = DATASETS[name].make(size, **more)
    return made.x, made.y


def stepwise(network, x, y, rate, steps):
    """The networks after each of some steps of gradient descent on all examples."""
    visited = [network]
    for _ in range(steps):
        network = visited[-1]
        visited.append(sgd_step(network, backward(network, forward(network, x), y), rate))
    return visited


@given(batches())
def test_full_batches_are_single_steps_in_a_row(batch):
    expected = stepwise(*batch, rate=0.1, steps=3)
    history = train(*batch, learning_rate=0.1, epochs=3, batch_size=4, seed=0)
    assert history.epochs == history.steps == 3 and history.measured == (0, 1, 2, 3)
    for found, wanted in zip(history.snapshots, expected, strict=True):
        assert_close(flatten(found), flatten(wanted), rtol=1e-10, atol=1e-12)
    losses = [backward(each, forward(each, batch.x), batch.y).loss for each in expected]
    assert_close(history.loss, losses, rtol=1e-10, atol=1e-12)


def test_small_batches_follow_the_order_that_the_seed_draws():
    x, y = data("moons", 25)
    step = start = network(2, 4, 1)
    rng = np.random.default_rng(7)
    for _ in range(2):
        order = rng.permutation(25)
        for first in range(0, 25, 10):
            chosen = order[first : first + 10]
            step = sgd_step(step, backward(step, forward(step, x[chosen]), y[chosen]), 0.3)
    history = train(start, x, y, learning_rate=0.3, epochs=2, batch_size=10, seed=7)
    assert history.steps == 6
    assert_close(flatten(history.network), flatten(step), rtol=1e-10)


def test_a_published_run_is_reproduced():
    # Mazur's text trains the original weights throughout; RESEARCH of this project: E after one step 0.291027774
    example = next(p.experiment for p in PRESETS.values() if not p.experiment.update_biases)
    history = train(
        example.network, example.x, example.y, learning_rate=0.5, epochs=10_000, batch_size=1, seed=0,
        update_biases=False, measures=(0, 1, 10_000), snapshots=1,
    )  # fmt: skip
    assert_close(history.loss, [0.298371109, 0.291027774, 0.0000351019], rtol=2e-6)
    assert_close(forward(history.network, example.x).output, [0.01591362, 0.98406427], rtol=1e-7)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_snapshots_equal_a_shorter_run(optimizer):
    x, y = data("circles")
    settings = {"optimizer": optimizer, "batch_size": 7, "seed": 3, "l2": 0.01}
    long = train(network(2, 5, 1), x, y, epochs=9, snapshots=(0, 4, 9), **settings)
    short = train(network(2, 5, 1), x, y, epochs=4, **settings)
    assert long.snapshot_epochs == (0, 4, 9)
    assert long.snapshots[0] == network(2, 5, 1)
    assert long.snapshots[1] == short.network and long.snapshots[2] == long.network
    assert (long.loss[:5] == short.loss).all()


@pytest.mark.parametrize("name", DATASETS)
def test_training_lowers_the_loss_of_every_data_set(name):
    made = DATASETS[name].make(60)
    start = adapt(drawn(network(2, 8, 1), np.random.default_rng(1), "xavier"), made, np.random.default_rng(1)).network
    y = made.targets_for(start.sizes[-1])
    history = train(start, made.x, y, optimizer="adam", epochs=60, batch_size=10, seed=0)
    assert history.loss[-1] < 0.85 * history.loss[0] and not history.diverged
    if history.accuracy is not None:
        assert history.accuracy[-1] > history.accuracy[0]
    assert (history.accuracy is None) == (made.kind == "regression")


def test_xor_is_learned():
    x, y = data("xor", 4)
    history = train(network(2, 4, 1), x, y, optimizer="adam", learning_rate=0.1, epochs=300, batch_size=4, seed=0)
    assert history.accuracy[-1] == 1.0 and history.loss[-1] < 0.02


def test_accuracy_and_test_curves_are_those_of_the_networks():
    x, y = data("three_spirals", 60)
    start = network(2, 6, 3, output="softmax", loss="cross_entropy")
    history = train(start, x[:45], y[:45], epochs=5, batch_size=9, seed=0, test=(x[45:], y[45:]))
    for k, each in enumerate(history.snapshots):
        for rows, loss, accuracy in (
            (slice(45), history.loss, history.accuracy),
            (slice(45, None), history.test_loss, history.test_accuracy),
        ):
            output = forward(each, x[rows])
            assert_close(loss[k], backward(each, output, y[rows]).loss, rtol=1e-12)
            assert accuracy[k] == (output.output.argmax(axis=1) == y[rows].argmax(axis=1)).mean()


def test_gradient_norms_are_those_of_the_weights():
    x, y = data("hill", 20)
    start = network(2, 3, 1, output="identity", loss="half_squared_error")
    history = train(start, x, y, epochs=2, batch_size=20, seed=0)
    for k, each in enumerate(history.snapshots[:2]):
        # with a full batch, entry k + 1 is of the step that starts from network k, and entry 0 of network 0
        expected = [np.linalg.norm(dW) for dW in backward(each, forward(each, x), y).dW]
        assert_close(history.gradient_norms[k + 1], expected, rtol=1e-9)
    assert (history.gradient_norms[0] == history.gradient_norms[1]).all()


def test_penalties_are_the_slopes_of_what_they_add_to_the_loss():
    x, y = data("moons", 10)
    start, rate, l1, l2 = network(2, 3, 1), 0.01, 0.02, 0.3

    def plain_step(**penalties):
        return flatten(train(start, x, y, learning_rate=rate, epochs=1, batch_size=10, seed=0, **penalties).network)

    theta, weights = flatten(start), ~is_bias(start)
    penalty = lambda t: (l1 * np.abs(t[weights]) + 0.5 * l2 * t[weights] ** 2).sum()  # noqa: E731
    h = 1e-6
    slopes = [(penalty(theta + h * e) - penalty(theta - h * e)) / (2 * h) for e in np.eye(len(theta))]
    assert_close((plain_step() - plain_step(l1=l1, l2=l2)) / rate, slopes, rtol=0, atol=1e-8)


def test_biases_can_be_kept():
    x, y = data("moons", 10)
    start = network(2, 3, 1)
    end = train(start, x, y, optimizer="adamw", epochs=3, batch_size=5, seed=0, update_biases=False).network
    for before, after in zip(start.layers, end.layers, strict=True):
        assert (before.b == after.b).all() and (before.W != after.W).all()


def test_a_schedule_sets_the_rate_of_each_step():
    x, y = data("moons", 10)
    rates = SCHEDULES["cosine"].rates(0.4, 4)
    each = network(2, 3, 1)
    for rate in rates:
        each = sgd_step(each, backward(each, forward(each, x), y), rate)
    history = train(network(2, 3, 1), x, y, learning_rate=0.4, schedule="cosine", epochs=4, batch_size=10, seed=0)
    assert_close(flatten(history.network), flatten(each), rtol=1e-10)


@pytest.mark.parametrize("optimizer", ["sgd", "momentum"])
def test_a_run_that_diverges_ends_and_says_what_to_try(optimizer):
    x, y = data("line", 30)
    start = network(1, 4, 1, hidden="relu", output="identity", loss="half_squared_error")
    history = train(start, x * 5, y, optimizer=optimizer, learning_rate=50.0, epochs=400, batch_size=10, seed=0)
    assert history.diverged and "smaller learning rate" in history.problem
    assert np.isfinite(history.loss).all() and history.epochs < 400
    assert np.isfinite(flatten(history.network)).all()
    assert backward(history.network, forward(history.network, x * 5), y).loss == pytest.approx(history.loss[-1])


def test_a_run_can_be_stopped_after_any_epoch():
    x, y = data("moons", 10)
    seen = []
    history = train(
        network(2, 3, 1),
        x,
        y,
        epochs=1000,
        batch_size=5,
        seed=0,
        on_epoch=lambda epoch: not seen.append(epoch) and epoch < 7,
    )
    assert seen == list(range(1, 8))
    assert history.snapshot_epochs == history.measured == tuple(range(8)) and not history.diverged
    assert "stopped after 7 of 1000" in history.problem
    same = train(network(2, 3, 1), x, y, epochs=7, batch_size=5, seed=0)
    assert history.network == same.network and not same.problem


@pytest.mark.parametrize("end", [33, 500, 999])
def test_a_long_run_that_is_stopped_early_still_has_an_even_course(end):
    x, y = data("xor", 4)
    history = train(
        network(2, 2, 1), x, y, epochs=9000, batch_size=4, seed=0, snapshots=3, measures=3,
        on_epoch=lambda epoch: epoch < end,
    )  # fmt: skip
    assert history.epochs == end == history.snapshot_epochs[-1]
    assert 16 < len(history.snapshot_epochs) < 40 and len(history.loss) == len(history.gradient_norms)
    assert max(b - a for a, b in pairwise(history.snapshot_epochs)) <= end / 12
    steps = train(network(2, 2, 1), x, y, epochs=end, batch_size=4, seed=0, snapshots=history.snapshot_epochs)
    assert (steps.snapshot_parameters == history.snapshot_parameters).all()


def test_long_runs_are_measured_at_evenly_spaced_epochs():
    x, y = data("xor", 4)
    history = train(network(2, 2, 1), x, y, epochs=2000, batch_size=4, seed=0, snapshots=(0, 1, 2000))
    assert history.measured[:2] == (0, 1) and history.measured[-1] == 2000
    assert len(history.measured) == len(history.loss) == len(history.gradient_norms) == 202
    assert max(b - a for a, b in pairwise(history.measured)) <= 10
    assert len(split(history.network, history.snapshot_parameters)) == 2


def test_no_epochs_leave_the_network_as_it_is():
    x, y = data("xor", 4)
    history = train(network(2, 2, 1), x, y, epochs=0, batch_size=4, seed=0)
    assert history.network == network(2, 2, 1) and history.epochs == 0 and len(history.loss) == 1


X, Y = data("xor", 4)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"x": X[:, :1]}, r"training inputs x must have the shape \(2,\) or \(batch, 2\)"),
        ({"y": Y[:3]}, "4 training inputs but 3 training targets"),
        ({"y": Y + 0.5}, "from 0 to 1; 1.5 was given"),
        ({"x": [[0, float("nan")]] * 4}, "row 1, column 2 is nan"),
        ({"test": (X, Y[:, :0])}, "test targets y"),
        ({"optimizer": "newton"}, "no optimizer called 'newton'. Choose one of: sgd"),
        ({"schedule": "daily"}, "no schedule called 'daily'"),
        ({"settings": {"momentum": 0.9}}, r"gradient descent \(SGD\) has no setting 'momentum'; it has none"),
        ({"learning_rate": -1}, "learning rate must not be negative; -1"),
        ({"learning_rate": "fast"}, "learning rate must be a number"),
        ({"epochs": -1}, "epochs must be a whole number from 0"),
        ({"epochs": 1.5}, "epochs must be a whole number"),
        ({"batch_size": 0}, "batch size must be a whole number from 1"),
        ({"seed": -1}, "seed must be a whole number from 0"),
        ({"seed": None}, "seed must be a number; nothing"),
        ({"l2": -0.1}, "L2 penalty must not be negative"),
        ({"snapshots": 0}, "snapshots must be a whole number from 1"),
        ({"x": X * 1e300}, "too large to train from"),
    ],
)
def test_what_cannot_be_used_is_named(changed, words):
    start = network(2, 3, 1, output="identity", loss="half_squared_error") if "x" in changed else network(2, 3, 1)
    arguments = {"x": X, "y": Y, "epochs": 2, "batch_size": 2, "seed": 0} | changed
    if changed.get("x") is not None and np.max(np.nan_to_num(changed["x"])) > 1e100:
        start = Network([Layer(1e200 * np.ones((1, 2)), [0.0], "identity")], "half_squared_error")
    with pytest.raises(InvalidExperiment, match=words):
        train(start, **arguments)
