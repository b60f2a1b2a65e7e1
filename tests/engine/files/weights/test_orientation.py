"""Which way round a matrix is stored, where its shape does not settle it."""

import numpy as np

from engine.files.weights import (
    network_from,
    read_arrays,
    understand,
)
from tests import weight_files as files


def test_square_matrices_are_asked_about_with_the_likelier_answer_first() -> None:
    W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0])
    torch = understand(read_arrays("m.npz", files.npz_of({"0.weight": W, "0.bias": b})))
    keras = understand(read_arrays("m.npz", files.npz_of({"dense/kernel:0": W, "dense/bias:0": b})))
    assert torch.conventions == ("out_in", "in_out") and keras.conventions == ("in_out", "out_in")
    for weights, convention, expected in ((torch, "out_in", W), (torch, "in_out", W.T)):
        (layer,) = network_from(weights, convention, ["relu"], "huber").layers
        np.testing.assert_array_equal(layer.W, expected)
