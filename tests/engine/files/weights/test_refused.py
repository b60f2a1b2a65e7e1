"""Broken and hostile files are refused in words, and raise nothing else."""

from contextlib import suppress

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import InvalidExperiment
from engine.files.weights import (
    read_arrays,
    understand,
)
from tests import weight_files as files
from tests.engine.files.weights.cases import ARRAYS, FILES

LAYER = {"dtype": "F64", "shape": [1, 1], "data_offsets": [0, 8]}


def tensor(data: bytes = bytes(8), **fields: object) -> bytes:
    return files.safetensors({"W": LAYER | fields}, data)


REFUSED = {
    "empty": ("m.npz", b"", "empty"),
    "over four megabytes": ("m.json", b"[" + b" " * 4_000_001, "4,000,000"),
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
    "a factor beside": ("m.npz", files.npz(W=np.eye(2), logit_scale=np.array(3)), "logit_scale.*single number, 3"),
    "a fraction beside": ("m.npz", files.npz(W=np.eye(2), n=np.array(0.5)), "single number, 0.5"),
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
    "thousands of members": ("m.npz", files.crowded_zip(), "more than 448"),
    "thousands of lists": ("m.json", b"[" + b"[[1]]," * 100_000 + b"[[1]]]", "more lists"),
    "thousands of objects": ("m.json", b"[" + b"{}," * 300_000 + b"{}]", "more lists"),
    "hundreds of arrays": ("m.json", b"[" + b"[[1]]," * 1_000 + b"[[1]]]", "more than 448"),
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
    "numbers of two tensors": (
        "m.safetensors",
        files.safetensors({"W": LAYER, "b": LAYER | {"data_offsets": [0, 8]}}, bytes(16)),
        "damaged",
    ),
    "numbers over": ("m.safetensors", tensor(bytes(16)), "damaged"),
    "field missing": ("m.safetensors", files.safetensors({"W": {"dtype": "F64"}}, bytes(8)), "describes"),
    "unknown type": ("m.safetensors", tensor(dtype="F8_E4M3"), "F8_E4M3"),
    "layers that do not follow": ("m.npz", files.npz(a=np.zeros((3, 4)), b2=np.zeros((5, 7))), "do not follow"),
    "a bias of another length": ("m.npz", files.npz(W=np.zeros((3, 4)), b=np.zeros(5)), "do not follow"),
    "batch normalisation": ("m.npz", files.npz_of(ARRAYS | {"1.running_mean": np.ones(4)}), "no layer's bias"),
    "factors of an RMSNorm": (
        "m.npz",
        files.npz_of(
            {"fc1.weight": np.eye(4), "ln.weight": np.ones(4), "fc2.weight": np.eye(4), "fc2.bias": np.ones(4)}
        ),
        "“ln.weight” is no layer's bias",
    ),
    "slopes of a PReLU": (
        "m.npz",
        files.npz_of({"dense/kernel": np.eye(4), "p_re_lu/alpha": np.ones(4)}),
        "“p_re_lu/alpha” is no layer's bias",
    ),
    "steps of whole numbers": (
        "m.npz",
        files.npz_of({"0.weight": np.eye(4, dtype=np.int8), "0.scale": np.ones(4)}),
        "“0.scale” is no layer's bias",
    ),
    "two vectors after one matrix": ("m.npz", files.npz(np.eye(4), *np.ones((2, 4)), np.eye(4)), "no layer's bias"),
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
