"""Weights written by other programs become the networks they were."""

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given

from engine import Layer, Network
from engine.files.weights import (
    read_arrays,
    understand,
)
from tests import weight_files as files
from tests.engine.files.weights.cases import ARRAYS, FILES, NETWORK, rebuilt
from tests.strategies import networks


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
