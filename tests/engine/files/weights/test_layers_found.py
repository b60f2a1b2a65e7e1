"""What was understood of a file is told: its layers, their order and their biases."""

import numpy as np
import safetensors.numpy

from engine import Layer, Network
from engine.files.weights import (
    network_from,
    read_arrays,
    understand,
)
from tests import weight_files as files
from tests.engine.files.weights.cases import ARRAYS, FILES, rebuilt


def test_layers_beyond_the_tenth_follow_the_ninth_though_the_file_sorts_their_names() -> None:
    layers = [Layer(np.full((2, 2), k), [k, -k], "tanh") for k in range(12)]
    network = Network(layers, "half_squared_error")
    arrays = {f"{index}.{name}": a for index, l in enumerate(layers) for name, a in (("weight", l.W), ("bias", l.b))}
    content = safetensors.numpy.save(arrays)
    assert content.index(b'"10.') < content.index(b'"2.')
    assert rebuilt("m.safetensors", content, "out_in", network) == network


def test_what_was_understood_is_told() -> None:
    weights = understand(read_arrays(*FILES["PyTorch state_dict"]))
    assert [layer.matrix_name for layer in weights.layers] == ["0.weight", "2.weight", "4.weight"]
    assert [layer.bias_name for layer in weights.layers] == ["0.bias", "2.bias", "4.bias"]
    assert weights.sizes("out_in") == (3, 4, 5, 2) and weights.remarks == ()
    reordered = understand(read_arrays(*FILES["layers out of order"]))
    assert reordered.remarks == ("The layers were put in order by their shapes.",)


def test_layers_without_biases_get_zeros_and_this_is_told() -> None:
    arrays = {name: array for name, array in ARRAYS.items() if name != "2.bias"}
    weights = understand(read_arrays("m.npz", files.npz_of(arrays)))
    assert weights.remarks == ("1 of 3 layers have no biases; they start at 0.",)
    assert not network_from(weights, "out_in", ["relu", "tanh", "softmax"], "cross_entropy").layers[1].b.any()


def test_an_order_that_shapes_do_not_settle_is_told() -> None:
    arrays = {name: np.eye(2) for name in ("last.weight", "first.weight")}
    assert "would allow another" in understand(arrays).remarks[0]


def test_matrices_whose_names_differ_only_in_the_separator_need_no_biases() -> None:
    weights = understand({"0.weight": np.ones((3, 2)), "0/weight": np.ones((4, 3))})
    assert [layer.bias_name for layer in weights.layers] == [None, None]
