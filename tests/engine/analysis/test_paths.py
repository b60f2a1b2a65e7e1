"""Chain-rule paths: their sum is the gradient, and the largest are those of a plain enumeration of all."""

import itertools
from math import fsum, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import ACTIVATIONS, Experiment, InvalidExperiment, Layer, Network, forward
from engine.analysis.paths import ALL, LARGEST, chain_rule_paths
from engine.network.parameters import parameters
from engine.network.places import Bias, Neuron, Parameter, Weight
from tests.samples import passes
from tests.strategies import experiments


def deep(activations: tuple[str, ...], width: int = 4, loss: str = "half_squared_error", seed: int = 0) -> Experiment:
    rng = np.random.default_rng(seed)
    layers = [Layer(rng.standard_normal((width, width)), rng.standard_normal(width) * 0.2, f) for f in activations]
    return Experiment(Network(layers, loss), rng.standard_normal(width), np.eye(width)[1], 0.1)


def slopes(e: Experiment) -> list[np.ndarray]:
    """da/dz of each layer, by central differences."""
    h, z = 1e-6, forward(e.network, e.x).z
    functions = [ACTIVATIONS[layer.activation].f for layer in e.network.layers]
    return [
        np.column_stack([(f(v + h * unit) - f(v - h * unit)) / (2 * h) for unit in np.eye(len(v))])
        for v, f in zip(z, functions, strict=True)
    ]


def enumerated(e: Experiment, p: Parameter) -> list[float]:
    """The products of all paths, neuron by neuron: every output of a softmax is a way of its own."""
    layers, passed, J = e.network.layers, forward(e.network, e.x), slopes(e)
    # a path is, per layer, the neuron whose z it passes and the neuron whose a it passes
    stations = [
        [(k, i) for k in range(m.n_out) for i in range(m.n_out) if k == i or m.activation == "softmax"] for m in layers
    ]
    stations[p.layer - 1] = [station for station in stations[p.layer - 1] if station[0] == p.to - 1]
    first = 1.0 if isinstance(p, Bias) else passed.a[p.layer - 1][p.source - 1]
    products = []
    for path in itertools.product(*stations[p.layer - 1 :]):
        bends = [J[m][a, z] for m, (z, a) in enumerate(path, p.layer - 1)]
        weights = [layers[m].W[to[0], of[1]] for m, (of, to) in enumerate(itertools.pairwise(path), p.layer)]
        products.append(first * prod(bends) * prod(weights) * (passed.output - e.y)[path[-1][1]])
    return sorted(products, key=abs, reverse=True)


@pytest.mark.parametrize("activations", [("tanh", "sigmoid", "identity"), ("softmax", "tanh"), ("tanh", "softmax")])
@pytest.mark.parametrize("p", [Weight(1, 2, 3), Bias(1, 1), Weight(2, 4, 1)])
def test_paths_are_those_of_nested_loops(activations, p) -> None:
    e = deep(activations)
    expected, found = enumerated(e, p), chain_rule_paths(e, p)
    assert found.count == len(expected)
    assert [path.product for path in found.shown] == pytest.approx(expected, rel=1e-6, abs=1e-9)


@given(experiments(), st.data())
@settings(max_examples=80)
def test_the_sum_of_all_paths_is_the_gradient_of_any_parameter(e: Experiment, data: st.DataObject) -> None:
    p = data.draw(st.sampled_from(parameters(e.network)))
    found = chain_rule_paths(e, p)
    made = passes(e)[1]
    row = made.db[p.layer - 1] if isinstance(p, Bias) else made.dW[p.layer - 1][:, p.source - 1]
    assert found.total == row[p.to - 1]
    size = fsum(abs(path.product) for path in found.shown)
    assert fsum([found.rest, *(path.product for path in found.shown)]) == pytest.approx(
        found.total, rel=1e-9, abs=1e-12 * size + 1e-300
    )
    for path in found.shown:
        with np.errstate(all="ignore"):
            assert prod(f.value for f in path.factors) == pytest.approx(path.product, rel=1e-12, abs=1e-300)


def test_of_many_paths_the_largest_are_found_and_the_rest_is_their_sum() -> None:
    e = deep(("tanh", "sigmoid", "tanh", "identity"), width=7)
    p = parameters(e.network)[3]
    everything, found = enumerated(e, p), chain_rule_paths(e, p)
    assert found.count == len(everything) == 343 > ALL
    assert [path.product for path in found.shown] == pytest.approx(everything[:LARGEST], rel=1e-6)
    assert found.rest == pytest.approx(fsum(everything[LARGEST:]), rel=1e-5)


def test_a_hundred_thousand_million_paths_take_no_longer_than_a_few() -> None:
    e = deep(("tanh", "softmax") * 4, width=10, loss="cross_entropy")
    found = chain_rule_paths(e, parameters(e.network)[0])
    assert found.count == 10**11 and len(found.shown) == LARGEST
    assert [abs(p.product) for p in found.shown] == sorted((abs(p.product) for p in found.shown), reverse=True)


def test_the_factors_name_the_way() -> None:
    e = deep(("relu", "softmax"), width=3, loss="cross_entropy")
    found = chain_rule_paths(e, Weight(1, 2, 3))
    assert found.count == 9
    for path in found.shown:
        start, slope, weight, jacobian, loss = path.factors
        assert [f.kind for f in path.factors] == ["start", "activation", "weight", "activation", "loss"]
        assert (start.to, start.source) == (Neuron(1, 2), Neuron(0, 3)) and start.value == e.x[2]
        assert (slope.to, slope.source, weight.source) == (Neuron(1, 2),) * 3 and weight.to.layer == 2
        assert weight.value == e.network.layers[1].W[weight.to.number - 1, 1]
        assert jacobian.source == weight.to and loss.to == jacobian.to


def test_an_output_that_rounded_to_zero_lets_the_paths_end_at_its_z() -> None:
    network = Network([Layer([[2000.0], [0.0]], [0.0, 0.0], "softmax")], "cross_entropy")
    found = chain_rule_paths(Experiment(network, [1.0], [0.0, 1.0], 0.1), Weight(1, 1, 1))
    assert found.total == 1.0
    assert [(path.product, path.factors[-1].kind) for path in found.shown] == [(1.0, "joint")]


@pytest.mark.parametrize(
    "place",
    [Weight(0, 1, 1), Weight(4, 1, 1), Weight(1, 5, 1), Weight(1, 1, 5), Bias(1, 0), Bias(0, 1), Weight(1, 1, 0)],
)
def test_a_parameter_that_is_not_there_is_refused(place) -> None:
    with pytest.raises(InvalidExperiment, match="no parameter"):
        chain_rule_paths(deep(("tanh", "relu", "identity")), place)
