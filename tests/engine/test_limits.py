"""Whatever becomes an experiment is within one limit, and what is refused is refused in words."""

import json
from itertools import pairwise

import numpy as np
import pytest

from engine import Experiment, InvalidExperiment, Layer, Network, decode, encode, from_json, to_json
from engine.files.weights import experiment_with, network_from, read_arrays, understand
from engine.limits import MAX_LAYERS, MAX_NEURONS, MAX_PARAMETERS, MAX_WIDTH
from tests import weight_files
from tests.samples import EXAMPLE


def layer(n_in: int, n_out: int) -> Layer:
    return Layer(np.zeros((n_out, n_in)), np.zeros(n_out), "tanh")


def experiment(*sizes: int) -> Experiment:
    layers = [layer(before, after) for before, after in pairwise(sizes)]
    return Experiment(Network(layers, "half_squared_error"), np.zeros(sizes[0]), np.zeros(sizes[-1]), 0.1)


REFUSED = {
    "a wide layer": ((1, MAX_WIDTH + 1, 1), f"up to {MAX_WIDTH} neurons; layer 1 has {MAX_WIDTH + 1}"),
    "a wide input": ((MAX_WIDTH + 1, 1), f"up to {MAX_WIDTH} neurons; the input has {MAX_WIDTH + 1}"),
    "many layers": ((1,) * (MAX_LAYERS + 2), f"up to {MAX_LAYERS} layers; this one has {MAX_LAYERS + 1}"),
    "many neurons": ((*(1, MAX_WIDTH) * 13,), f"up to {MAX_NEURONS:,} neurons; this one has 10,205"),
    "many parameters": ((MAX_WIDTH, MAX_WIDTH, 500), f"up to {MAX_PARAMETERS:,} weights and biases"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_network_that_is_too_large_is_refused_in_words(case: str) -> None:
    sizes, words = REFUSED[case]
    with pytest.raises(InvalidExperiment, match=words):
        experiment(*sizes)


def test_the_largest_that_is_allowed_is_an_experiment() -> None:
    for sizes in ((MAX_WIDTH, 512, 512, 10), (1,) * (MAX_LAYERS + 1), (*(1, MAX_WIDTH) * 12,)):
        assert experiment(*sizes).network.sizes == sizes


def document(*sizes: int) -> str:
    written = json.loads(to_json(EXAMPLE))
    written["layers"] = [{"activation": "tanh", "W": [[0] * m] * n, "b": [0] * n} for m, n in pairwise(sizes)]
    return json.dumps(written | {"loss": "half_squared_error", "x": [0] * sizes[0], "y": [0] * sizes[-1]})


def test_json_and_links_have_the_same_limit() -> None:
    text = document(1, MAX_WIDTH + 1)
    with pytest.raises(InvalidExperiment, match=f"up to {MAX_WIDTH} neurons"):
        from_json(text)
    small = encode(from_json(document(1, MAX_WIDTH)))
    assert decode(small).network.sizes == (1, MAX_WIDTH)


def test_a_file_of_weights_has_the_same_limit_however_few_bytes_a_number_takes() -> None:
    square = np.eye(512, dtype=np.int8)
    content = weight_files.npz_of({f"{number}.weight": square for number in range(30)}, compressed=True)
    assert len(content) < 50_000
    with pytest.raises(InvalidExperiment, match=f"up to {MAX_PARAMETERS:,} weights"):
        read_arrays("mine.npz", content)


def test_a_file_that_just_fits_makes_an_experiment() -> None:
    shapes = ((512, MAX_WIDTH), (512,), (512, 512), (512,), (10, 512), (10,))
    names = ("0.weight", "0.bias", "2.weight", "2.bias", "4.weight", "4.bias")
    arrays = {name: np.zeros(shape, dtype=np.float32) for name, shape in zip(names, shapes, strict=True)}
    weights = understand(read_arrays("mine.npz", weight_files.npz_of(arrays, compressed=True)))
    network = network_from(weights, "out_in", ("relu", "relu", "softmax"), "cross_entropy")
    assert experiment_with(network, EXAMPLE).network.sizes == (MAX_WIDTH, 512, 512, 10)
