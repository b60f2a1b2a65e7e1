"""BatchNorm folded into a dense layer gives what it gives in eval mode, wherever it stands and whatever its name."""

import numpy as np
import pytest

from engine import InvalidExperiment, Network
from engine.arrays import Array
from engine.files.weights import network_from, read_arrays, understand
from tests import weight_files as files

RNG = np.random.default_rng(17)
W1, b1 = RNG.normal(size=(4, 3)), RNG.normal(size=4)
W2, b2 = RNG.normal(size=(2, 4)), RNG.normal(size=2)
X = RNG.normal(size=(20, 3))


def norm(width: int) -> dict[str, Array]:
    return {
        "weight": RNG.normal(size=width),
        "bias": RNG.normal(size=width),
        "running_mean": RNG.normal(size=width),
        "running_var": RNG.uniform(0.1, 2, size=width),
    }


FOUR, THREE, TWO = norm(4), norm(3), norm(2)


def evaluated(u: Array, norm: dict[str, Array], epsilon: float = 1e-5) -> Array:
    # as in the documentation of torch.nn.BatchNorm1d, with the running statistics
    return (u - norm["running_mean"]) / np.sqrt(norm["running_var"] + epsilon) * norm["weight"] + norm["bias"]


def answers(network: Network) -> Array:
    first, second = network.layers
    return np.tanh(X @ first.W.T + first.b) @ second.W.T + second.b


def under(name: str, arrays: dict[str, Array]) -> dict[str, Array]:
    return {f"{name}.{role}": array for role, array in arrays.items()}


def dense(first: str, second: str) -> dict[str, Array]:
    return {f"{first}.weight": W1, f"{first}.bias": b1, f"{second}.weight": W2, f"{second}.bias": b2}


BEFORE = np.tanh(evaluated(X @ W1.T + b1, FOUR)) @ W2.T + b2
AFTER = evaluated(np.tanh(X @ W1.T + b1), FOUR) @ W2.T + b2
BARE = {name: array for name, array in FOUR.items() if name.startswith("running")}
KERAS_NAMES = {"weight": "gamma", "bias": "beta", "running_mean": "moving_mean", "running_var": "moving_variance"}
KERAS = {f"batch_normalization/{KERAS_NAMES[role]}:0": array for role, array in FOUR.items()}
KERAS_DENSE = {"dense/kernel:0": W1.T, "dense/bias:0": b1, "dense_1/kernel:0": W2.T, "dense_1/bias:0": b2}
AS_IN_KERAS = np.tanh(evaluated(X @ W1.T + b1, FOUR, 1e-3)) @ W2.T + b2
LIST = [W1.T, b1, *FOUR.values(), W2.T, b2]

CASES = {
    "before the activation": (dense("0", "3") | under("1", FOUR), BEFORE),
    "after the activation": (dense("0", "3") | under("2", FOUR), AFTER),
    "of the input": (
        under("0", THREE) | dense("1", "3"),
        np.tanh(evaluated(X, THREE) @ W1.T + b1) @ W2.T + b2,
    ),
    "of the output": (
        dense("0", "2") | under("3", TWO),
        evaluated(np.tanh(X @ W1.T + b1) @ W2.T + b2, TWO),
    ),
    "twice": (
        dense("0", "4") | under("1", FOUR) | under("3", FOUR),
        evaluated(np.tanh(evaluated(X @ W1.T + b1, FOUR)), FOUR) @ W2.T + b2,
    ),
    "without γ and β": (
        dense("0", "3") | under("1", BARE),
        np.tanh(evaluated(X @ W1.T + b1, BARE | {"weight": 1, "bias": 0})) @ W2.T + b2,
    ),
    "by number": (under("bn1", FOUR) | dense("fc1", "fc2"), BEFORE),
    "by path": (dense("blocks.0.linear", "blocks.1.linear") | under("blocks.0.bn", FOUR), BEFORE),
    "Keras": (KERAS | KERAS_DENSE, AS_IN_KERAS),
}


@pytest.mark.parametrize("case", CASES)
def test_a_folded_network_answers_as_the_one_with_batch_norm_does_in_eval_mode(case: str) -> None:
    arrays, expected = CASES[case]
    counted = arrays | {"1.num_batches_tracked": np.array(9)}
    weights = understand(read_arrays("m.npz", files.npz_of(dict(sorted(counted.items())))))
    network = network_from(weights, weights.conventions[0], ["tanh", "identity"], "half_squared_error")
    np.testing.assert_allclose(answers(network), expected, rtol=1e-12)
    assert "folded" in " ".join(weights.remarks)
    assert [left.name for left in weights.left_out] == ["1.num_batches_tracked"]


def test_a_batch_norm_in_a_list_without_names_is_told_by_its_place() -> None:
    weights = understand(read_arrays("m.npz", files.npz(*LIST)))
    network = network_from(weights, weights.conventions[0], ["tanh", "identity"], "half_squared_error")
    np.testing.assert_allclose(answers(network), AS_IN_KERAS, rtol=1e-12)


def test_a_list_without_names_may_leave_out_the_bias_before_a_batch_norm() -> None:
    weights = understand(read_arrays("m.npz", files.npz(W1.T, *FOUR.values(), W2.T, b2)))
    network = network_from(weights, weights.conventions[0], ["tanh", "identity"], "half_squared_error")
    expected = np.tanh(evaluated(X @ W1.T, FOUR, 1e-3)) @ W2.T + b2
    np.testing.assert_allclose(answers(network), expected, rtol=1e-12)
    assert "1 of 2 layers have no biases; they start at 0." in weights.remarks


def test_where_the_file_does_not_show_it_the_place_is_asked_and_the_answer_counts() -> None:
    weights = understand(under("bn1", FOUR) | dense("fc1", "fc2"))
    assert [(found.layer, found.place, found.certain) for found in weights.norms] == [(1, "before", False)]
    chosen = network_from(weights, "out_in", ["tanh", "identity"], "half_squared_error", ["after"])
    np.testing.assert_allclose(answers(chosen), AFTER, rtol=1e-12)
    sure = understand(dense("0", "3") | under("1", FOUR))
    kept = network_from(sure, "out_in", ["tanh", "identity"], "half_squared_error", ["after"])
    np.testing.assert_allclose(answers(kept), BEFORE, rtol=1e-12)


def test_four_vectors_without_names_are_told_to_be_taken_for_a_batch_norm() -> None:
    weights = understand(read_arrays("m.npz", files.npz(W1.T, *FOUR.values(), W2.T, b2)))
    assert "scale=False or center=False" in weights.remarks[1]
    assert "scale=False" not in " ".join(understand(read_arrays("m.npz", files.npz(*LIST))).remarks)


@pytest.mark.parametrize("name", ["input_norm", "bn_in"])
def test_the_norm_of_the_input_is_told_by_its_name(name: str) -> None:
    W, b = RNG.normal(size=(3, 3)), RNG.normal(size=3)
    arrays = {"fc1.weight": W, "fc1.bias": b, "fc2.weight": W, "fc2.bias": b} | under(name, THREE)
    network = network_from(understand(arrays), "out_in", ["tanh", "identity"], "half_squared_error")
    np.testing.assert_allclose(answers(network), np.tanh(evaluated(X, THREE) @ W.T + b) @ W.T + b, atol=1e-12)


def test_a_batch_norm_that_may_stand_in_several_places_is_not_guessed() -> None:
    arrays = {"fc1.weight": np.eye(4), "fc2.weight": np.eye(4)} | under("norm", FOUR)
    with pytest.raises(InvalidExperiment, match="does not show where the BatchNorm “norm” stands: 3 places"):
        understand(arrays)


def test_a_scaler_of_scikit_learn_is_no_batch_norm() -> None:
    scaler = {"mean_": np.ones(3), "var_": np.full(3, 4.0), "scale_": np.full(3, 2.0)}
    with pytest.raises(InvalidExperiment, match="“mean_” is no layer's bias"):
        understand(dense("fc1", "fc2") | scaler)


@pytest.mark.parametrize(
    ("norm", "words"),
    [
        (FOUR | {"running_var": -np.ones(4)}, "below 0"),
        (FOUR | {"weight": np.ones(3)}, "different lengths"),
        (norm(9), "width is that of no layer"),
        (FOUR | {"running_mean": np.full(4, np.nan)}, "running_mean, entry 1: 1.running_mean.1. = NaN"),
    ],
)
def test_a_batch_norm_that_cannot_be_folded_is_refused(norm: dict[str, Array], words: str) -> None:
    with pytest.raises(InvalidExperiment, match=words):
        understand(dense("0", "3") | under("1", norm))
