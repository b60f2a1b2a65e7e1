"""Layers, networks and experiments: values that cannot change, and messages for everything they cannot be."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest
from hypothesis import given

from engine import Experiment, InvalidExperiment, Layer, Network
from tests.strategies import experiments, layers

RELU = Layer([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]], [0.1, 0.2, 0.3], "relu")
SIGMOID = Layer([[0.5, 0.5, 0.5]], [0.0], "sigmoid")
NETWORK = Network([RELU, SIGMOID], "half_squared_error")
EXPERIMENT = Experiment(NETWORK, [1.0, 2.0], [0.5], 0.1)


def test_sizes_follow_from_the_weights() -> None:
    assert (RELU.n_in, RELU.n_out, NETWORK.sizes) == (2, 3, (2, 3, 1))


def test_lists_integers_and_other_floats_become_float64() -> None:
    layer = Layer(((1, 2),), np.array([3], dtype=np.float32), "elu")
    assert layer.W.dtype == layer.b.dtype == np.float64 and layer.parameter == 1.0
    assert isinstance(NETWORK.layers, tuple) and isinstance(EXPERIMENT.learning_rate, float)


@given(experiments())
def test_equal_experiments_are_equal_and_hash_alike_however_they_came_about(experiment: Experiment) -> None:
    layers = [Layer(l.W.tolist(), l.b.tolist(), l.activation, l.parameter) for l in experiment.network.layers]
    again = replace(experiment, network=Network(layers, experiment.network.loss), x=experiment.x.copy())
    assert again == experiment and hash(again) == hash(experiment)
    for other in (pickle.loads(pickle.dumps(experiment)), copy.deepcopy(experiment), copy.copy(experiment)):  # noqa: S301
        assert other == experiment and hash(other) == hash(experiment)
        arrays = [other.x, other.y, *(array for l in other.network.layers for array in (l.W, l.b))]
        assert not any(array.flags.writeable for array in arrays)


@pytest.mark.parametrize(
    "other",
    [
        replace(EXPERIMENT, x=np.array([1.0, np.nextafter(2.0, 3.0)])),
        replace(EXPERIMENT, y=np.array([0.4])),
        replace(EXPERIMENT, learning_rate=0.2),
        replace(EXPERIMENT, update_biases=False),
        replace(EXPERIMENT, network=replace(NETWORK, loss="huber")),
        replace(EXPERIMENT, network=Network([replace(RELU, activation="tanh"), SIGMOID], NETWORK.loss)),
        replace(EXPERIMENT, network=Network([replace(RELU, b=np.zeros(3)), SIGMOID], NETWORK.loss)),
        NETWORK,
        None,
    ],
)
def test_whatever_differs_makes_another_experiment(other: object) -> None:
    assert other != EXPERIMENT


def test_the_shape_counts_as_much_as_the_numbers() -> None:
    assert Layer([[1.0, 2.0]], [0.0], "relu") != Layer([[1.0], [2.0]], [0.0, 0.0], "relu")
    assert replace(Layer([[1.0]], [0.0], "elu"), parameter=2.0) != Layer([[1.0]], [0.0], "elu")


def test_minus_zero_is_zero() -> None:
    assert Layer([[-0.0]], [-0.0], "relu") == Layer([[0.0]], [0.0], "relu")


@given(layers())
def test_nothing_of_a_layer_can_be_changed(layer: Layer) -> None:
    with pytest.raises(FrozenInstanceError):
        layer.activation = "tanh"  # type: ignore[misc]
    for array in (layer.W, layer.b):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0


def test_what_the_caller_does_to_his_array_afterwards_changes_nothing() -> None:
    W, x = np.ones((1, 2)), np.ones(2)
    layer = Layer(W, [0.0], "relu")
    experiment = Experiment(Network([layer], "huber"), x, [0.0], 0.1)
    W += 5.0
    x += 5.0
    assert layer.W.tolist() == [[1.0, 1.0]] and experiment.x.tolist() == [1.0, 1.0]


def test_networks_and_experiments_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        NETWORK.loss = "huber"  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        EXPERIMENT.learning_rate = 1.0  # type: ignore[misc]
    with pytest.raises(ValueError, match="read-only"):
        EXPERIMENT.y[0] = 1.0


def layer(
    W: object = ((1.0, 2.0),), b: object = (0.0,), activation: object = "relu", parameter: object = None
) -> Layer:
    return Layer(W, b, activation, parameter)  # type: ignore[arg-type]


def network(*layers: object, loss: object = "huber") -> Network:
    return Network(layers or (SIGMOID,), loss)  # type: ignore[arg-type]


def experiment(
    x: object = (1.0, 2.0), y: object = (0.5,), rate: object = 0.1, biases: object = True, net: object = NETWORK
) -> Experiment:
    return Experiment(net, x, y, rate, biases)  # type: ignore[arg-type]


ENTROPY = Network([Layer(np.ones((2, 2)), [0, 0], "softmax")], "cross_entropy")

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: layer(W=[[1.0, float("nan")]]), r"weights W must hold finite numbers; row 1, column 2 is nan"),
    (lambda: layer(W=[[1.0], [float("inf")]], b=[0, 0]), r"weights W .* row 2, column 1 is inf"),
    (lambda: layer(W=[1.0, 2.0]), r"weights W must be a table of numbers.*shape given is \(2,\)"),
    (lambda: layer(W=[[[1.0]]]), r"weights W must be a table"),
    (lambda: layer(W=[]), r"weights W must be a table"),
    (lambda: layer(W=[[]]), r"weights W must be a table"),
    (lambda: layer(W=[[1.0, 2.0], [3.0]], b=[0, 0]), r"weights W must hold numbers in rows of the same length"),
    (lambda: layer(W=[["1", "2"]]), r"weights W must hold numbers only"),
    (lambda: layer(W=[[1.0, "2"]]), r"weights W must hold numbers only"),
    (lambda: layer(W=[[1.0, None]]), r"weights W must hold numbers only"),
    (lambda: layer(W=[[1.0, 2j]]), r"weights W must hold numbers only"),
    (lambda: layer(W=[[1.0, 10**400]]), r"weights W must hold numbers only"),
    (lambda: layer(W="abc"), r"weights W must hold numbers only; 'abc' was given"),
    (lambda: layer(W=None), r"weights W must hold numbers only; nothing was given"),
    (lambda: layer(W=[[True, 1.0]]), r"weights W must hold numbers, not true or false"),
    (lambda: layer(W=[[1.0, np.True_]]), r"weights W must hold numbers, not true or false"),
    (lambda: layer(W=np.array([[True, False]])), r"weights W must hold numbers only"),
    (lambda: layer(W=np.array([["a"]])), r"weights W must hold numbers only"),
    (lambda: layer(W={"a": 1}), r"weights W must hold numbers only"),
    (lambda: layer(b=[0.0, 1.0]), r"biases b must have the shape \(1,\), because W has 1 row, one a neuron; it has"),
    (lambda: layer(b=0.0), r"biases b must be a list of numbers"),
    (lambda: layer(b=[False]), r"biases b must hold numbers, not true or false"),
    (lambda: layer(b=[float("nan")]), r"biases b must hold finite numbers; position 1 is nan"),
    (lambda: layer(activation="rellu"), r"no activation called 'rellu'. Choose one of: identity, sigmoid"),
    (lambda: layer(activation=None), r"no activation called None"),
    (lambda: layer(parameter=0.1), r"activation relu has no parameter"),
    (lambda: layer(activation="elu", parameter=-0.1), r"parameter of elu must be from 0 to 3; -0.1 was given"),
    (lambda: layer(activation="leaky_relu", parameter=1.1), r"parameter of leaky_relu must be from 0 to 1; 1.1"),
    (lambda: layer(activation="elu", parameter="1"), r"parameter of elu must be a number; '1' was given"),
    (lambda: layer(activation="elu", parameter=True), r"parameter of elu must be a number; True was given"),
    (lambda: layer(activation="elu", parameter=float("nan")), r"parameter of elu must be a finite number"),
    (lambda: Network([], "huber"), r"needs at least one layer"),
    (lambda: Network(SIGMOID, "huber"), r"needs at least one layer"),  # type: ignore[arg-type]
    (lambda: Network(None, "huber"), r"needs at least one layer"),  # type: ignore[arg-type]
    (lambda: network(SIGMOID, "layer"), r"Layer 2 must be a Layer"),
    (lambda: network(RELU, RELU), r"Layer 2 takes 2 inputs, but layer 1 has 3 neurons"),
    (lambda: network(loss="l2"), r"no loss called 'l2'. Choose one of: cross_entropy"),
    (
        lambda: network(RELU, loss="cross_entropy"),
        r"cross-entropy needs outputs between 0 and 1.*softmax or sigmoid; it is",
    ),
    (lambda: network(layer(activation="tanh"), loss="binary_cross_entropy"), r"must be sigmoid or softmax; it is tanh"),
    (lambda: network(layer(activation="softmax"), loss="binary_cross_entropy"), r"needs at least 2 outputs"),
    (lambda: experiment(net="network"), r"must be a Network"),
    (
        lambda: experiment(x=[1.0]),
        r"input x must have the shape \(2,\), because the first layer takes 2 inputs; it has",
    ),
    (lambda: experiment(x=[[1.0, 2.0]]), r"input x must be a list of numbers"),
    (lambda: experiment(x=[1.0, "2"]), r"input x must hold numbers only"),
    (lambda: experiment(x=[1.0, float("-inf")]), r"input x must hold finite numbers; position 2 is -inf"),
    (lambda: experiment(y=[1.0, 2.0]), r"target y must have the shape \(1,\), because the network has 1 output;"),
    (lambda: experiment(y=[True]), r"target y must hold numbers, not true or false"),
    (lambda: experiment(net=ENTROPY, y=[1.2, 0.0]), r"With the loss cross-entropy, targets must be from 0 to 1; 1.2"),
    (lambda: experiment(net=ENTROPY, y=[0.0, -0.5]), r"targets must be from 0 to 1; -0.5 was given"),
    (lambda: experiment(rate=-0.1), r"learning rate must not be negative; -0.1 was given"),
    (lambda: experiment(rate="0.1"), r"learning rate must be a number; '0.1' was given"),
    (lambda: experiment(rate=True), r"learning rate must be a number; True was given"),
    (lambda: experiment(rate=None), r"learning rate must be a number; nothing was given"),
    (lambda: experiment(rate=float("inf")), r"learning rate must be a finite number; inf was given"),
    (lambda: experiment(rate=10**400), r"learning rate must be a number that fits in 64 bits"),
    (lambda: experiment(biases=1), r"update_biases must be true or false; 1 was given"),
    (lambda: experiment(biases="yes"), r"update_biases must be true or false; 'yes' was given"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED, ids=[message[:50] for _, message in REFUSED])
def test_what_is_wrong_is_refused_with_a_message_that_names_it(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidExperiment, match=message):
        make()


def test_a_list_nested_without_end_is_refused() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(InvalidExperiment, match="weights W"):
        layer(W=endless)
