"""The confusion matrix, against counting by hand."""

import numpy as np
import pytest

from engine import InvalidExperiment, Layer, Network
from engine.data.dataset import classification, regression
from engine.training.confusion import confusion_matrix

X = np.array([[-2.0], [-1.0], [1.0], [2.0], [3.0]])


def test_rows_are_true_classes_and_columns_what_they_are_taken_for():
    network = Network([Layer([[1.0]], [0.0], "sigmoid")], "binary_cross_entropy")
    data = classification("t", X, np.array([0, 1, 0, 1, 1]), ("no", "yes"))
    # the sign of x is the answer
    assert confusion_matrix(network, data).tolist() == [[1, 1], [1, 2]]


def test_of_several_classes_the_largest_output_counts():
    # the first output is always the largest for x < 0, the last one for x > 0
    network = Network([Layer([[-1.0], [0.0], [1.0]], [0.0, -9.0, 0.0], "softmax")], "cross_entropy")
    data = classification("t", X, np.array([0, 1, 1, 2, 0]), ("a", "b", "c"))
    assert confusion_matrix(network, data).tolist() == [[1, 0, 1], [1, 0, 1], [0, 0, 1]]


def test_a_regression_has_none():
    network = Network([Layer([[1.0]], [0.0], "identity")], "half_squared_error")
    with pytest.raises(InvalidExperiment, match="Only data with classes"):
        confusion_matrix(network, regression("t", X, X[:, 0]))
