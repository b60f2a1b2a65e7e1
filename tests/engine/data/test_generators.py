"""The data sets by their properties: shapes, classes, geometry, noise, and the same draw from the same seed."""

from itertools import combinations

import numpy as np
import pytest

from engine.data.dataset import Dataset, of_example
from engine.data.generators import DATASETS
from engine.errors import InvalidExperiment
from tests.oracles import assert_close

CLASSES = [name for name, record in DATASETS.items() if record.kind == "classification"]
REGRESSIONS = [name for name, record in DATASETS.items() if record.kind == "regression"]
GRID = [[0, 0], [0, 1], [1, 0], [1, 1]]


@pytest.mark.parametrize("name", DATASETS)
def test_shapes_names_and_size(name):
    made = DATASETS[name].make(50, noise=0.1, seed=4)
    assert len(made.x) == len(made.y) == made.size == 50
    assert made.x.shape[1] == len(made.inputs) and made.kind == DATASETS[name].kind
    assert made.y.shape[1] == (1 if len(made.outputs) == 2 else len(made.outputs))
    assert not made.x.flags.writeable and not made.y.flags.writeable


@pytest.mark.parametrize("name", DATASETS)
def test_the_seed_decides_and_noise_only_adds(name):
    record = DATASETS[name]
    assert (record.make(30, seed=1).x == record.make(30, seed=1).x).all()
    if name not in ("and", "or", "xor"):
        assert (record.make(30, seed=1).x != record.make(30, seed=2).x).any()
    plain, noisy = (record.make(4000, noise=noise, seed=1) for noise in (0.0, 0.3))
    added = noisy.x - plain.x if record.kind == "classification" else noisy.y - plain.y
    assert added.std() == pytest.approx(0.3, rel=0.05) and abs(added.mean()) < 0.02


@pytest.mark.parametrize("name", CLASSES)
def test_classes_are_balanced_and_encoded(name):
    made = DATASETS[name].make(400)
    count = np.bincount(made.classes, minlength=len(made.outputs))
    # of four corners one is of the other class
    least = 0.25 if name in ("and", "or") else 0.8 / len(made.outputs)
    assert count.min() >= least * 400
    if len(made.outputs) == 2:
        assert (made.y[:, 0] == made.classes).all()
        assert (made.targets_for(2).argmax(axis=1) == made.classes).all() and (
            made.targets_for(2).sum(axis=1) == 1
        ).all()
    else:
        assert (made.y.sum(axis=1) == 1).all() and (made.y.argmax(axis=1) == made.classes).all()


@pytest.mark.parametrize(("name", "table"), [("and", "0001"), ("or", "0111"), ("xor", "0110")])
def test_truth_tables(name, table):
    made = DATASETS[name].make(4)
    assert made.x.tolist() == GRID
    assert "".join(str(int(y)) for y in made.y[:, 0]) == table


def test_circles_and_spirals_have_the_shape_of_their_name():
    circles = DATASETS["circles"].make(100, noise=0)
    radius = np.linalg.norm(circles.x, axis=1)
    assert_close(radius, np.where(circles.classes == 0, 1.8, 0.8), rtol=1e-12)
    for name, arms in (("spirals", 2), ("three_spirals", 3)):
        made = DATASETS[name].make(600, noise=0)
        radius = np.linalg.norm(made.x, axis=1)
        # unwound by its radius, each arm is one direction of its own
        angle = np.arctan2(made.x[:, 1], made.x[:, 0]) - 1.25 * np.pi * radius
        arm = np.round(angle % (2 * np.pi) / (2 * np.pi / arms)) % arms
        assert (arm == made.classes).all()


def test_moons_are_half_circles_that_no_line_separates():
    made = DATASETS["moons"].make(200, noise=0)
    for index, (centre, side) in enumerate((((-0.65, -0.325), 1), ((0.65, 0.325), -1))):
        moon = made.x[made.classes == index] - np.array(centre)
        assert_close(np.linalg.norm(moon, axis=1), np.full(100, 1.3), rtol=1e-9)
        assert (side * moon[:, 1] > -1e-9).all()
    assert best_line(made) < 0.98


def best_line(made: Dataset) -> float:
    """The accuracy of the best of 360 × 81 straight lines."""
    t = np.linspace(0, 2 * np.pi, 360, endpoint=False)
    along = made.x @ np.stack((np.cos(t), np.sin(t)))
    cuts = np.linspace(-3, 3, 81)
    right = (along[:, :, np.newaxis] > cuts) == (made.classes[:, np.newaxis, np.newaxis] == 1)
    return float(right.mean(axis=0).max())


@pytest.mark.parametrize(("name", "low", "high"), [
    ("and", 1, 1), ("or", 1, 1), ("xor", 0.75, 0.75), ("gaussians", 0.9, 0.999), ("circles", 0.4, 0.8),
    ("spirals", 0.5, 0.8), ("checkerboard", 0.5, 0.7),
])  # fmt: skip
def test_a_straight_line_separates_as_much_as_the_remark_says(name, low, high):
    assert low <= best_line(DATASETS[name].make(None if name in ("and", "or", "xor") else 300)) <= high


def test_checkerboard_neighbours_differ():
    made = DATASETS["checkerboard"].make(400)
    square = np.floor(made.x).astype(int)
    for here, there in combinations(range(60), 2):
        apart = np.abs(square[here] - square[there]).sum()
        assert (made.classes[here] == made.classes[there]) == (apart % 2 == 0)


@pytest.mark.parametrize(("name", "value"), [
    ("line", lambda x: 0.7 * x[0] + 0.2), ("sine", lambda x: np.sin(2.1 * x[0])),
    ("plane", lambda x: 0.5 * x[0] - 0.3 * x[1]), ("hill", lambda x: np.exp(-x[0] ** 2 - x[1] ** 2)),
])  # fmt: skip
def test_regressions_follow_their_function(name, value):
    made = DATASETS[name].make(50, noise=0)
    assert_close(made.y[:, 0], value(made.x.T), rtol=1e-12)
    assert np.abs(made.x).max() <= 2 and np.abs(made.x).max() > 1.8


def test_a_split_parts_the_examples():
    made = DATASETS["moons"].make(50)
    train, test = made.split(0.3, np.random.default_rng(0))
    assert (train.size, test.size) == (35, 15)
    rows = np.vstack((np.hstack((train.x, train.y)), np.hstack((test.x, test.y))))
    assert sorted(map(tuple, rows)) == sorted(map(tuple, np.hstack((made.x, made.y))))
    assert made.split(0.0, np.random.default_rng(0)) == (made, None)
    assert [part.size for part in DATASETS["xor"].make(4).split(0.9, np.random.default_rng(0))] == [1, 3]
    with pytest.raises(InvalidExperiment, match="from 0 to below 1; 1 was given"):
        made.split(1.0, np.random.default_rng(0))


def test_standardised_inputs_have_mean_zero_and_deviation_one():
    made = Dataset(
        title="t", kind="regression", x=[[1, 5], [2, 5], [6, 5]], y=[[1], [2], [3]], inputs=("a", "b"), outputs=("y",)
    ).standardised()
    assert_close(made.x.mean(axis=0), [0, 0], rtol=0, atol=1e-12)
    assert_close(made.x.std(axis=0), [1, 0], rtol=1e-12)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"size": 1}, "points must be a whole number from 2; 1"),
        ({"size": 2.5}, "whole number"),
        ({"noise": -0.1}, "noise must not be negative"),
        ({"seed": -3}, "seed must be a whole number from 0"),
    ],
)
def test_a_data_set_that_cannot_be_drawn_says_why(arguments, words):
    with pytest.raises(InvalidExperiment, match=words):
        DATASETS["moons"].make(**arguments)


def test_targets_for_a_network_that_does_not_fit_say_so():
    with pytest.raises(InvalidExperiment, match="The data need 3 outputs; the network has 2"):
        DATASETS["blobs"].make().targets_for(2)


def test_an_example_is_a_data_set_of_its_own():
    made = of_example(np.array([0.1, 0.2, 0.7]), np.array([0.0, 1.0, 0.0]))
    assert (made.size, made.kind, made.inputs) == (1, "classification", ("x₁", "x₂", "x₃"))
    assert made.outputs == ("class 1", "class 2", "class 3") and made.classes.tolist() == [1]
    assert of_example(np.array([1.0]), np.array([1.0])).outputs == ("class 1", "class 2")
    numbers = of_example(np.array([1.0]), np.array([0.01, 0.99]))
    assert (numbers.kind, numbers.outputs, numbers.y.tolist()) == ("regression", ("y1", "y2"), [[0.01, 0.99]])
