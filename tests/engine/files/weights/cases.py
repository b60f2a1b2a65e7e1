"""A network in files as many programs write them."""

import json

import numpy as np
import safetensors.numpy

from engine import Layer, Network
from engine.files.weights import (
    network_from,
    read_arrays,
    understand,
)
from tests import weight_files as files

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
