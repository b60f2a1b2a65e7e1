"""Numbers in names count as numbers, for matrices and for biases, whatever order a file has."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import Layer, Network
from engine.files.weights import network_from, read_arrays, understand
from tests import weight_files as files

# how libraries number layers, the matrix and the bias of each; Keras leaves the first without a number
NAMES = {
    "PyTorch": lambda k: (f"{2 * k}.weight", f"{2 * k}.bias"),
    "PyTorch, deeper": lambda k: (f"model.net.{k}.weight", f"model.net.{k}.bias"),
    "Keras": lambda k: (f"dense{f'_{k}' if k else ''}/kernel:0", f"dense{f'_{k}' if k else ''}/bias:0"),
    "Keras, later in a session": lambda k: (f"dense_{k + 7}/kernel:0", f"dense_{k + 7}/bias:0"),
    "without names": lambda k: (f"arr_{2 * k}", f"arr_{2 * k + 1}"),
    "W and b": lambda k: (f"W{k + 1}", f"b{k + 1}"),
    "scikit-learn": lambda k: (f"coefs_{k}", f"intercepts_{k}"),
    "two sorts": lambda k: (f"theta_{k}", f"offset_{k}"),
    "Flax": lambda k: (f"params/Dense_{k}/kernel", f"params/Dense_{k}/bias"),
}
LAYERS = [Layer([[k + 1, k + 3], [2 * k, 0.5]], [k, -k], "tanh") for k in range(12)]


@pytest.mark.parametrize("style", NAMES)
@given(st.randoms(use_true_random=False))
def test_twelve_layers_come_in_the_order_of_their_numbers_and_each_with_its_bias(style: str, random) -> None:
    named = [pair for k, layer in enumerate(LAYERS) for pair in zip(NAMES[style](k), (layer.W, layer.b), strict=True)]
    random.shuffle(named)
    weights = understand(dict(named))
    assert network_from(weights, "out_in", ["tanh"] * 12, "huber") == Network(LAYERS, "huber")
    assert weights.remarks == () and len(weights.conventions) == 2


def test_a_number_of_any_length_is_a_number() -> None:
    long = "9" * 5_000
    weights = understand({f"{long}.weight": np.ones((1, 2)), "10.weight": np.ones((2, 3)), "9.weight": np.ones((3, 2))})
    assert [layer.matrix_name[:3] for layer in weights.layers] == ["9.w", "10.", "999"]


def test_words_for_first_and_last_count_where_a_file_has_sorted_its_names() -> None:
    arrays = {"decoder.weight": np.ones((3, 2)), "encoder.weight": np.ones((2, 3))}
    weights = understand(arrays)
    assert [layer.matrix_name for layer in weights.layers] == ["encoder.weight", "decoder.weight"]
    assert "would allow another" in weights.remarks[0]


def test_a_bias_of_one_number_may_be_written_without_a_list() -> None:
    arrays = {"0.weight": np.ones((2, 3)), "0.bias": np.array([1.0, 2.0]), "2.weight": np.ones((1, 2))}
    from_npz = understand(read_arrays("m.npz", files.npz_of(arrays | {"2.bias": np.array(0.5)})))
    text = b'{"W": [[[1, 1, 1], [1, 1, 1]], [[1, 1]]], "b": [[1, 2], 0.5]}'
    from_json = understand(read_arrays("m.json", text))
    for weights in (from_npz, from_json):
        np.testing.assert_array_equal(network_from(weights, "out_in", ["relu"] * 2, "huber").layers[1].b, [0.5])


def test_a_bias_called_by_its_layers_word_goes_there_wherever_it_stands() -> None:
    rng = np.random.default_rng(5)
    named = {
        "bias_output": rng.normal(size=3),
        "bias_hidden": rng.normal(size=3),
        "weights_input_hidden": rng.normal(size=(3, 3)),
        "weights_hidden_output": rng.normal(size=(3, 3)),
    }
    layers = understand(named).layers
    assert [(layer.matrix_name, layer.bias_name) for layer in layers] == [
        ("weights_input_hidden", "bias_hidden"),
        ("weights_hidden_output", "bias_output"),
    ]
