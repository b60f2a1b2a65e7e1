"""What is no dense layer is named: left out where the network is itself without it, refused where it is not."""

import codecs

import numpy as np
import pytest
import safetensors.numpy

from engine import InvalidExperiment
from engine.files.weights import read_arrays, understand
from tests import weight_files as files
from tests.engine.files.weights.cases import ARRAYS, NETWORK, as_json, nested, rebuilt

LEFT_OUT = {
    "criterion.weight": (np.ones(3), "loss", True),
    "loss_fn.pos_weight": (np.ones(2), "loss", True),
    "train_accuracy_metric.confmat": (np.ones((2, 2)), "loss", True),
    "0.lora_A.weight": (np.ones((2, 3)), "LoRA", True),
    "0.lora_B.default.weight": (np.ones((4, 2)), "LoRA", True),
    "optimizer.state.0.exp_avg": (np.ones((4, 3)), "optimizer", True),
    "global_step": (np.array(1200), "counter", False),
    "epoch": (np.array([7]), "counter", False),
    "layer_sizes": (np.array([3, 4, 5, 2]), "description", False),
    "n": (np.array(3), "whole number", True),
}
REFUSED = {
    "0.weight_g": (np.ones((4, 1)), "remove_weight_norm"),
    "0.parametrizations.weight.original0": (np.ones((4, 1)), "remove_parametrizations"),
    "1.weight": (np.ones(4), "1.weight.*no layer's bias.*output would be another"),
    "rnn.weight_ih_l0": (np.ones((4, 3)), "recurrent layer"),
    "embedding.weight": (np.ones((9, 3)), "embedding"),
    "0.zero_point": (np.array(0), "quantised"),
    "temperature": (np.array(2.0), "single number, 2"),
    "conv.weight": (np.ones((2, 1, 3, 3)), "4 dimensions"),
}


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_the_network_is_itself_without_is_left_out_by_name(name: str) -> None:
    array, part, asks = LEFT_OUT[name]
    content = safetensors.numpy.save(ARRAYS | {name: np.asarray(array, dtype=np.float64)})
    (left,) = understand(read_arrays("m.safetensors", content)).left_out
    assert left.name == name and part in left.part and left.asks is asks
    (remark,) = understand(read_arrays("m.safetensors", content)).remarks
    assert "Left out" in remark and name in remark and part in remark
    assert rebuilt("m.safetensors", content) == NETWORK


@pytest.mark.parametrize("name", REFUSED)
def test_what_changes_the_output_is_refused_by_name(name: str) -> None:
    array, words = REFUSED[name]
    with pytest.raises(InvalidExperiment, match=words):
        understand(read_arrays("m.npz", files.npz_of(ARRAYS | {name: array})))


def test_the_rest_must_be_a_network_by_itself() -> None:
    with pytest.raises(InvalidExperiment, match="no matrix"):
        understand({"layers.0.lora_A.weight": np.ones((2, 3)), "layers.0.lora_B.weight": np.ones((4, 2))})


@pytest.mark.parametrize(
    ("shape", "place", "value", "words"),
    [
        ((2, 3), (0, 1), np.nan, r"W1, row 1, column 2: W1\[1,2\] = NaN is not finite"),
        ((2, 3), (1, 0), -np.inf, r"W1, row 2, column 1: W1\[2,1\] = −infinity"),
        ((3,), (2,), np.inf, r"b1, entry 3: b1\[3\] = infinity"),
    ],
)
def test_the_place_of_what_is_not_finite_is_told(shape, place, value, words: str) -> None:
    arrays = (
        {"W1": np.ones((2, 3)), "b1": np.zeros(2)} if len(shape) == 2 else {"W1": np.ones((3, 2)), "b1": np.ones(3)}
    )
    arrays["W1" if len(shape) == 2 else "b1"][place] = value
    named = {name: array.tolist() for name, array in arrays.items()}
    for filename, content in (
        ("m.npz", files.npz_of(arrays)),
        ("m.safetensors", safetensors.numpy.save(arrays)),
        ("m.json", as_json(named)),
    ):
        with pytest.raises(InvalidExperiment, match=words):
            understand(read_arrays(filename, content))


def test_what_is_left_out_need_not_be_finite() -> None:
    assert understand(ARRAYS | {"criterion.weight": np.array([np.nan])}).left_out[0].name == "criterion.weight"


def test_layers_that_do_not_follow_are_told_with_what_each_takes() -> None:
    arrays = {"0.weight": np.ones((2, 3)), "0.bias": np.ones(2), "2.weight": np.ones((1, 5)), "2.bias": np.ones(1)}
    with pytest.raises(InvalidExperiment, match=r"layer 2 expects 5 inputs, layer 1 gives 2. There is “2\.weight”"):
        understand(arrays)
    with pytest.raises(InvalidExperiment, match="“W”, has 3 neurons, and its biases “b” are 5"):
        understand({"W": np.zeros((3, 4)), "b": np.zeros(5)})


@pytest.mark.parametrize("dtype", ["int64", "int32", "int16", "int8", "uint8", "uint64"])
def test_whole_numbers_are_read(dtype: str) -> None:
    arrays = {"0.weight": np.array([[1, 1], [1, 2]]), "0.bias": np.array([0, 1]), "2.weight": np.array([[1, 2]])}
    whole = {name: array.astype(dtype) for name, array in arrays.items()}
    weights = understand(read_arrays("m.safetensors", safetensors.numpy.save(whole)))
    for layer, name in zip(weights.layers, ("0.weight", "2.weight"), strict=True):
        np.testing.assert_array_equal(layer.matrix, arrays[name])


@pytest.mark.parametrize("descr", ["|V2", "<V2"])
def test_bfloat16_in_npz_is_read(descr: str) -> None:
    def of(array: np.ndarray) -> bytes:
        halves = (array.astype("<f4").view("<u4") >> 16).astype("<u2")
        return files.npy(descr, str(array.shape), halves.tobytes())

    content = files.zipped({f"{name}.npy": of(array) for name, array in ARRAYS.items()})
    for found, layer in zip(rebuilt("m.npz", content).layers, NETWORK.layers, strict=True):
        np.testing.assert_allclose(found.W, layer.W, rtol=2**-7)
        assert (found.W != layer.W).any()


def test_json_with_a_mark_of_its_encoding_and_what_stands_beside_the_numbers_is_read() -> None:
    document = {
        "sizes": NETWORK.sizes,
        "W": nested(layer.W for layer in NETWORK.layers),
        "b": nested(layer.b for layer in NETWORK.layers),
        "activations": ["relu", "tanh", "softmax"],
        "learning_rate": 0.5,
    }
    plain = as_json(document)
    for content in (plain, codecs.BOM_UTF8 + plain, plain.decode().encode("utf-16")):
        assert rebuilt("m.json", content) == NETWORK


KERAS_STORE = files.npz_of({"layers/dense": np.array({"vars": [1]}, dtype=object)})


@pytest.mark.parametrize(
    ("filename", "content", "words"),
    [
        ("m.npz", KERAS_STORE, "Keras’ own store.*get_weights"),
        ("m.keras", files.zipped({"model.weights.npz": b""}), "get_weights"),
        ("m.safetensors", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "Git LFS pointer"),
        ("m.json", b"<!DOCTYPE html><html></html>", "web page"),
    ],
)
def test_what_is_not_the_file_is_told_with_what_to_do(filename: str, content: bytes, words: str) -> None:
    with pytest.raises(InvalidExperiment, match=words):
        understand(read_arrays(filename, content))
