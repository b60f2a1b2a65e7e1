"""Experiments with several examples: what is taken, what is refused and in which words, and each example alone."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, Layer, Network
from engine.limits import MAX_EXAMPLES, MAX_PARAMETERS

NETWORK = Network([Layer(np.ones((1, 2)), [0.0], "tanh")], "half_squared_error")
X, Y = [[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], [[1.0], [2.0], [3.0]]


def experiment(x: Any = X, y: Any = Y, **others: Any) -> Experiment:
    return Experiment(others.pop("network", NETWORK), x, y, 0.1, **others)


def test_a_batch_has_its_examples_in_rows_and_each_alone() -> None:
    batch = experiment(np.array(X), np.array(Y), update_biases=False, reduction="sum")
    assert (batch.examples, batch.x.shape, batch.y.shape, batch.reduction) == (3, (3, 2), (3, 1), "sum")
    second = batch.example(2)
    assert (second.examples, second.x.tolist(), second.y.tolist()) == (1, X[1], Y[1])
    assert (second.network, second.learning_rate, second.update_biases) == (NETWORK, 0.1, False)
    assert second == experiment(X[1], Y[1], update_biases=False)


def test_one_example_is_the_same_however_it_is_given() -> None:
    one = experiment(X[0], Y[0])
    assert one == experiment(X[:1], Y[:1], reduction="sum") == one.example(1)
    assert one.x.shape == (2,) and hash(one) == hash(experiment(X[:1], Y[:1]))


def test_batches_differ_by_their_rows_and_by_their_reduction() -> None:
    assert experiment() == experiment(np.array(X), np.array(Y))
    assert len({experiment(), experiment(reduction="sum"), experiment(X[::-1], Y[::-1]), experiment(X[:2], Y[:2])}) == 4


def test_the_rows_cannot_be_changed() -> None:
    x = np.array(X)
    batch = experiment(x)
    x += 5.0
    assert batch.x.tolist() == X and not batch.x.flags.writeable


wide = Network([Layer(np.ones((400, 400)), np.zeros(400), "tanh")], "half_squared_error")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: experiment(X[:2]), "there are 2 inputs and 3 targets"),
        (lambda: experiment([[1.0], [2.0], [3.0]]), r"input x must have the shape \(3, 2\), because the first layer"),
        (lambda: experiment(y=[[1.0, 1.0]] * 3), r"target y must have the shape \(3, 1\), because the network has 1"),
        (lambda: experiment(x=X[0]), "target y must be a list of numbers"),
        (lambda: experiment(x=[[1.0, 2.0], [3.0]], y=Y[:2]), "rows of the same length"),
        (lambda: experiment(x=[[1.0, 2.0], [float("nan"), 1.0]], y=Y[:2]), "row 2, column 1 is nan"),
        (lambda: experiment(x=[], y=[]), "list of numbers"),
        (lambda: experiment(reduction="median"), "Choose one of: mean, sum"),
        (lambda: experiment(X[0], Y[0], reduction=3), "Choose one of: mean, sum"),
        (lambda: experiment([X[0]] * 65, [Y[0]] * 65), "up to 64 examples; 65 were given"),
        (lambda: experiment().example(4), "There are 3 examples, counted from 1; 4 was asked for"),
        (lambda: experiment().example(0), "whole number from 1"),
        (lambda: experiment(X[0], Y[0]).example(2), "There is one example"),
        (
            lambda: experiment(np.ones((5, 400)), np.ones((5, 400)), network=wide),
            "160,400 weights and biases may learn from up to 4 examples at a time; 5",
        ),
    ],
)
def test_what_is_refused_says_why(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidExperiment, match=message):
        make()


def test_as_many_examples_as_are_allowed_are_taken() -> None:
    assert experiment([X[0]] * MAX_EXAMPLES, [Y[0]] * MAX_EXAMPLES).examples == MAX_EXAMPLES
    most = MAX_PARAMETERS // wide.parameter_count
    assert experiment(np.ones((most, 400)), np.ones((most, 400)), network=wide).examples == most
