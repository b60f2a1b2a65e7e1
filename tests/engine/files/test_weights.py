"""Weights written by other programs become the networks they were; broken and hostile files are refused in words."""

import json
from contextlib import suppress

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment, Layer, Network
from engine.files.weights import (
    experiment_with,
    losses_for,
    network_from,
    read_arrays,
    understand,
    usual_activations,
)
from tests import weight_files as files
from tests.strategies import OUTPUTS, experiments, least_width, networks

RNG = np.random.default_rng(4)
NETWORK = Network(
    [
        Layer(RNG.normal(size=(4, 3)), RNG.normal(size=4), "relu"),
        Layer(RNG.normal(size=(5, 4)), RNG.normal(size=5), "tanh"),
        Layer(RNG.normal(size=(2, 5)), RNG.normal(size=2), "softmax"),
    ],
    "cross_entropy",
)
ARRAYS = files.state_dict(NETWORK)
KERNELS = [array.T if array.ndim == 2 else array for array in ARRAYS.values()]
COEFS, INTERCEPTS = [layer.W.T for layer in NETWORK.layers], [layer.b for layer in NETWORK.layers]


def nested(arrays):
    return [array.tolist() for array in arrays]


def as_json(document: object) -> bytes:
    return json.dumps(document).encode()


def rebuilt(filename: str, content: bytes, convention: str | None = None, like: Network = NETWORK) -> Network:
    weights = understand(read_arrays(filename, content))
    if convention is None:
        (convention,) = weights.conventions
    return network_from(weights, convention, [layer.activation for layer in like.layers], like.loss)


W_AND_B = {f"{name}{index}": getattr(layer, name) for index, layer in enumerate(NETWORK.layers) for name in ("W", "b")}
KERAS = {f"dense{i // 2}/{('kernel', 'bias')[i % 2]}:0": array for i, array in enumerate(KERNELS)}
BY_LAYER = [{"W": layer.W.tolist(), "b": layer.b.tolist(), "activation": "relu"} for layer in NETWORK.layers]
# safetensors sorts them: hidden, input, output
WORDS = {0: "input", 2: "hidden", 4: "output"}
UNSORTED = {f"{word}.{name}": ARRAYS[f"{i}.{name}"] for i, word in WORDS.items() for name in ("weight", "bias")}

FILES = {
    "PyTorch state_dict": ("m.safetensors", safetensors.numpy.save(ARRAYS)),
    "PyTorch module with names": ("m.safetensors", safetensors.numpy.save(files.state_dict(NETWORK, "net.fc{}.{}"))),
    "layers out of order": ("m.safetensors", safetensors.numpy.save(UNSORTED)),
    "npz with W1, b1": ("m.npz", files.npz_of(W_AND_B)),
    "npz, compressed": ("m.npz", files.npz_of(ARRAYS, compressed=True)),
    "Keras get_weights in npz": ("m.npz", files.npz(*KERNELS)),
    "Keras names": ("m.npz", files.npz_of(KERAS)),
    "Keras get_weights in JSON": ("m.json", as_json(nested(KERNELS))),
    "scikit-learn, all in one npz": ("m.npz", files.npz(*COEFS, *INTERCEPTS)),
    "scikit-learn in JSON": ("m.json", as_json({"coefs_": nested(COEFS), "intercepts_": nested(INTERCEPTS)})),
    "JSON of a state_dict": ("m.json", as_json({name: array.tolist() for name, array in ARRAYS.items()})),
    "JSON, layer by layer": ("m.json", as_json({"layers": BY_LAYER})),
    "JSON, weights, biases": ("m.json", as_json({"weights": nested(c.T for c in COEFS), "biases": nested(INTERCEPTS)})),
    "biases as columns": ("m.npz", files.npz_of({k: v[:, None] if v.ndim == 1 else v for k, v in ARRAYS.items()})),
    "numbers in Fortran's order": ("m.npz", files.npz_of({k: np.asfortranarray(v) for k, v in ARRAYS.items()})),
    "big-endian numbers": ("m.npz", files.npz_of({k: v.astype(">f8") for k, v in ARRAYS.items()})),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_as_others_write_it_becomes_the_network(kind: str) -> None:
    assert rebuilt(*FILES[kind]) == NETWORK


@given(networks())
def test_every_network_comes_back_from_every_format_and_convention(network: Network) -> None:
    torch = files.state_dict(network)
    keras = {name.replace("weight", "kernel"): array.T for name, array in torch.items()}
    written = {
        "out_in": [("m.safetensors", safetensors.numpy.save(torch)), ("m.npz", files.npz_of(torch))],
        "in_out": [("m.npz", files.npz_of(keras))],
    }
    for convention, made in written.items():
        for filename, content in made:
            weights = understand(read_arrays(filename, content))
            assert weights.conventions[0] == convention
            assert rebuilt(filename, content, convention, network) == unparametrised(network)


def unparametrised(network: Network) -> Network:
    return Network([Layer(layer.W, layer.b, layer.activation) for layer in network.layers], network.loss)


@pytest.mark.parametrize(("dtype", "digits"), [("float32", 1e-7), ("float16", 1e-3), ("bfloat16", 1e-2)])
def test_shorter_numbers_are_read(dtype: str, digits: float) -> None:
    if dtype == "bfloat16":
        halves = {name: (array.astype("<f4").view("<u4") >> 16).astype("<u2") for name, array in ARRAYS.items()}
        content = safetensors.numpy.save(halves).replace(b'"U16"', b'"BF16"')
        # the header is one letter longer for each array
        length = int.from_bytes(content[:8], "little") + len(ARRAYS)
        content = length.to_bytes(8, "little") + content[8:]
    else:
        content = safetensors.numpy.save({name: array.astype(dtype) for name, array in ARRAYS.items()})
    for found, layer in zip(rebuilt("m.safetensors", content).layers, NETWORK.layers, strict=True):
        np.testing.assert_allclose(found.W, layer.W, rtol=digits)


def test_layers_beyond_the_tenth_follow_the_ninth_though_the_file_sorts_their_names() -> None:
    layers = [Layer(np.full((2, 2), k), [k, -k], "tanh") for k in range(12)]
    network = Network(layers, "half_squared_error")
    arrays = {f"{index}.{name}": a for index, l in enumerate(layers) for name, a in (("weight", l.W), ("bias", l.b))}
    content = safetensors.numpy.save(arrays)
    assert content.index(b'"10.') < content.index(b'"2.')
    assert rebuilt("m.safetensors", content, "out_in", network) == network


def test_square_matrices_are_asked_about_with_the_likelier_answer_first() -> None:
    W, b = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([5.0, 6.0])
    torch = understand(read_arrays("m.npz", files.npz_of({"0.weight": W, "0.bias": b})))
    keras = understand(read_arrays("m.npz", files.npz_of({"dense/kernel:0": W, "dense/bias:0": b})))
    assert torch.conventions == ("out_in", "in_out") and keras.conventions == ("in_out", "out_in")
    for weights, convention, expected in ((torch, "out_in", W), (torch, "in_out", W.T)):
        (layer,) = network_from(weights, convention, ["relu"], "huber").layers
        np.testing.assert_array_equal(layer.W, expected)


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


@pytest.mark.parametrize(("loss", "activation"), OUTPUTS)
def test_losses_offered_are_those_a_network_can_be_built_with(loss: str, activation: str) -> None:
    n = least_width(loss, activation)
    assert loss in losses_for(activation, n)
    for offered in losses_for(activation, n):
        Network([Layer(np.eye(n), np.zeros(n), activation)], offered)


def test_first_choices_are_the_usual_ones() -> None:
    assert usual_activations((3, 4, 5)) == ("relu", "softmax") and usual_activations((3, 1)) == ("sigmoid",)
    assert losses_for("softmax", 3)[0] == "cross_entropy" and losses_for("sigmoid", 1)[0] == "binary_cross_entropy"
    assert losses_for("identity", 1)[0] == "half_squared_error"


@given(networks(), experiments())
def test_a_network_takes_the_place_of_any_other(network: Network, at_hand: Experiment) -> None:
    made = experiment_with(network, at_hand)
    assert made.network == network and made.learning_rate == at_hand.learning_rate
    if len(at_hand.x) == network.sizes[0]:
        assert (made.x == at_hand.x).all()


def test_the_input_and_target_at_hand_are_kept_where_they_fit() -> None:
    at_hand = PRESETS["worked-example"].experiment
    assert experiment_with(at_hand.network, at_hand) == at_hand


LAYER = {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}


def tensor(data: bytes = bytes(8), **fields: object) -> bytes:
    return files.safetensors({"W": LAYER | fields}, data)


REFUSED = {
    "empty": ("m.npz", b"", "empty"),
    "over a megabyte": ("m.json", b"[" + b" " * 1_000_001, "1,000,000"),
    "unknown kind": ("m.h5", b"\0" * 20, "not of a kind"),
    "no ending": ("weights", b"{}", "not of a kind"),
    "JSON called npz": ("m.npz", b"[[[1]], [2]]", "looks like .json"),
    "npz called JSON": ("m.json", files.npz_of(ARRAYS), "looks like .npz"),
    "binary called JSON": ("m.json", b"\x01\x02\x03\x04\x05\x06\x07\x08\x09", "cut off or of another kind"),
    "pickle": ("m.pt", b"\x80\x04\x95\x10", "safetensors.torch.save_file"),
    "PyTorch zip": ("m.npz", files.zipped({"archive/data.pkl": b"\x80"}), "safetensors.torch.save_file"),
    "Keras zip": ("m.keras", files.zipped({"model.weights.h5": b""}), "get_weights"),
    "HDF5": ("m.h5", b"\x89HDF\r\n\x1a\n" + bytes(40), "get_weights"),
    "single array": ("m.npy", files.npy("<f8", "(1, 1)", bytes(8)), "one file"),
    "objects": ("m.npz", files.npz(coefs_=np.array([np.eye(2), np.eye(3)], dtype=object)), "never loaded"),
    "text": ("m.npz", files.npz(W=np.array(["a"])), "real numbers"),
    "booleans": ("m.npz", files.npz(W=np.eye(2) > 0), "real numbers"),
    "complex": ("m.npz", files.npz(W=np.eye(2) * 1j), "real numbers"),
    "no width": ("m.npz", files.zipped({"W.npy": files.npy("<f", "(1, 1)", bytes(8))}), "real numbers"),
    "record array": ("m.npz", files.npz(W=np.zeros((2, 2), [("x", "f8")])), "no plain array"),
    "kernel of an image": ("m.npz", files.npz(W=np.zeros((2, 2, 2))), "dimensions"),
    "a counter beside": ("m.npz", files.npz(W=np.eye(2), n=np.array(3)), "dimensions"),
    "too wide": ("m.npz", files.npz(W=np.zeros((1, 785))), "784"),
    "no neurons": ("m.npz", files.npz(W=np.zeros((0, 3))), "784"),
    "NaN": ("m.npz", files.npz(W=np.array([[np.nan]])), "not finite"),
    "NaN in JSON": ("m.json", b"[[[NaN]], [1]]", "finite"),
    "overflow in JSON": ("m.json", b"[[[1e999]], [1]]", "finite"),
    "huge integer": ("m.json", b"[[[1" + b"0" * 400 + b"]], [1]]", "64 bits"),
    "more than it says": ("m.npz", files.zipped({"W.npy": files.npy("<f8", "(1, 1)", bytes(16))}), "damaged"),
    "less than it says": ("m.npz", files.zipped({"W.npy": files.npy("<f8", "(512, 512)", bytes(16))}), "damaged"),
    "a shape to exhaust memory": ("m.npz", files.zipped({"W.npy": files.npy("<f8", f"({10**15}, 1)")}), "784"),
    "code in the header": ("m.npz", files.zipped({"W.npy": files.npy("<f8", "__import__('os')")}), "no plain array"),
    "other files in the zip": ("m.npz", files.zipped({"../../etc/passwd": b"x"}), "no NumPy array"),
    "zip bomb": ("m.npz", files.bomb_with_honest_size(), "Unpacked"),
    "zip bomb that lies": ("m.npz", files.bomb_with_lying_size(), "damaged"),
    "thousands of members": ("m.npz", files.crowded_zip(), "more than 128"),
    "thousands of lists": ("m.json", b"[" + b"[[1]]," * 100_000 + b"[[1]]]", "more lists"),
    "thousands of objects": ("m.json", b"[" + b"{}," * 300_000 + b"{}]", "more lists"),
    "hundreds of arrays": ("m.json", b"[" + b"[[1]]," * 1_000 + b"[[1]]]", "more than 128"),
    "nested without end": ("m.json", b"[" * 30_000, "nested too deeply"),
    "nested deeply": ("m.json", b"[" * 60 + b"]" * 60, "nested too deeply"),
    "wide list": ("m.json", b"[" + b"1," * 400_000 + b"1]", "784"),
    "a name twice": ("m.json", b'{"W": [[1]], "W": [[2]]}', "twice"),
    "true among numbers": ("m.json", b'{"W": [[true, 1]]}', "numbers only"),
    "text among numbers": ("m.json", b'{"W": [[1, "2"]]}', "numbers only"),
    "rows of two lengths": ("m.json", b'{"W": [[1, 2], [3]]}', "no matrix"),
    "JSON without numbers": ("m.json", b'{"a": "b"}', "no arrays"),
    "not UTF-8": ("m.json", b'{"\xff": 1}', "UTF-8"),
    "no JSON": ("m.json", b"{W: 1}", "not valid JSON"),
    "endless header": ("m.safetensors", (2**40).to_bytes(8, "little") + b"{" + bytes(80), "damaged"),
    "long header": ("m.safetensors", files.safetensors({"a" * 200_000: LAYER}, bytes(8)), "far longer"),
    "header that is no JSON": ("m.safetensors", (3).to_bytes(8, "little") + b"{x}", "cannot be read"),
    "offsets outside": ("m.safetensors", tensor(data_offsets=[8, 16]), "damaged"),
    "offsets backwards": ("m.safetensors", tensor(data_offsets=[8, 0]), "damaged"),
    "negative offsets": ("m.safetensors", tensor(data_offsets=[-8, 0]), "describes"),
    "numbers over": ("m.safetensors", tensor(bytes(16)), "damaged"),
    "field missing": ("m.safetensors", files.safetensors({"W": {"dtype": "F64"}}, bytes(8)), "describes"),
    "unknown type": ("m.safetensors", tensor(dtype="F8_E4M3"), "F8_E4M3"),
    "layers that do not follow": ("m.npz", files.npz(a=np.zeros((3, 4)), b2=np.zeros((5, 7))), "do not follow"),
    "a bias of another length": ("m.npz", files.npz(W=np.zeros((3, 4)), b=np.zeros(5)), "do not follow"),
    "batch normalisation": ("m.npz", files.npz_of(ARRAYS | {"1.running_mean": np.ones(4)}), "no layer's bias"),
    "biases only": ("m.npz", files.npz(b=np.zeros(5)), "no matrix"),
    "too many layers": ("m.npz", files.npz(*[np.eye(1)] * 65), "up to 64 layers"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_used_is_refused_in_words(kind: str) -> None:
    filename, content, message = REFUSED[kind]
    with pytest.raises(InvalidExperiment, match=message):
        understand(read_arrays(filename, content))


@pytest.mark.parametrize("kind", ["PyTorch state_dict", "npz, compressed", "scikit-learn in JSON"])
def test_a_file_cut_off_anywhere_is_refused(kind: str) -> None:
    filename, content = FILES[kind]
    for length in range(0, len(content), 7):
        with pytest.raises(InvalidExperiment):
            understand(read_arrays(filename, content[:length]))


@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_file_with_changed_bytes_is_read_or_refused_but_never_raises_anything_else(kind: str, data) -> None:
    filename, content = FILES[kind]
    changed = bytearray(content)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=4)):
        changed[place] = data.draw(st.integers(0, 255))
    assume(bytes(changed) != content)
    try:
        weights = understand(read_arrays(filename, bytes(changed)))
    except InvalidExperiment:
        return
    assert all(np.isfinite(layer.matrix).all() for layer in weights.layers)


@given(st.sampled_from(["m.npz", "m.safetensors", "m.json"]), st.binary(max_size=300))
def test_noise_is_refused(filename: str, noise: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\x10\0\0\0\0\0\0\0{", b"[["):
        with pytest.raises(InvalidExperiment):
            understand(read_arrays(filename, start + noise))


def test_a_name_that_is_no_text_is_refused_in_words() -> None:
    content = files.npz_of({"ü.weight": np.ones((2, 3))}).replace("ü".encode(), b"\xff\xfe")
    with pytest.raises(InvalidExperiment, match="damaged"):
        read_arrays("mine.npz", content)


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=20))
def test_a_zip_with_bytes_changed_is_read_or_refused_in_words(changes: list[tuple[float, int]]) -> None:
    content = bytearray(files.npz_of({"a/ü.weight": np.ones((2, 3)), "a/bias": np.ones(2)}))
    for place, byte in changes:
        content[int(place * len(content))] = byte
    with suppress(InvalidExperiment):
        assert read_arrays("mine.npz", bytes(content))


def test_matrices_whose_names_differ_only_in_the_separator_need_no_biases() -> None:
    weights = understand({"0.weight": np.ones((3, 2)), "0/weight": np.ones((4, 3))})
    assert [layer.bias_name for layer in weights.layers] == [None, None]
