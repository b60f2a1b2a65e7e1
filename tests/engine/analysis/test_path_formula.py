"""A path written out: its numbers, read back from the formula, multiply to the gradient it claims."""

import re
from math import prod

import pytest

from engine import PRESETS, Experiment, Layer, Network
from engine.analysis.path_formula import path_formula, way
from engine.analysis.paths import chain_rule_paths
from engine.network.places import Bias, Weight

EXAMPLE = next(iter(PRESETS.values())).experiment


def numbers(latex: str) -> list[float]:
    written = re.findall(r"\\[VG]\{((?:[^{}]|\{[^{}]*\})*)\}", latex)
    return [float(re.sub(r"\\cdot 10\^\{(-?\d+)\}", r"e\1", number)) for number in written]


def test_the_numbers_written_multiply_to_the_product_written() -> None:
    for path in chain_rule_paths(EXAMPLE, Weight(1, 1, 2)).shown[:9]:
        *factors, product = numbers(path_formula(EXAMPLE.network, path))
        assert prod(factors) == pytest.approx(product, rel=2e-3)


def test_the_way_names_every_neuron_and_the_fork_inside_a_softmax() -> None:
    path = chain_rule_paths(EXAMPLE, Weight(1, 1, 2)).shown[0]
    assert way(EXAMPLE.network, path) == "x₂ → a⁽¹⁾₁ → a⁽²⁾₁ → z⁽³⁾₃ → ŷ₁ → L"
    formula = path_formula(EXAMPLE.network, path)
    assert r"x_{2} \cdot \frac{\partial a_{1}^{(1)}}{\partial z_{1}^{(1)}} \cdot w_{11}^{(2)}" in formula
    assert r"\frac{\partial \hat{y}_{1}}{\partial z_{3}^{(3)}} \cdot \frac{\partial L}{\partial \hat{y}_{1}}" in formula


def test_a_bias_starts_from_one_and_a_rounded_output_ends_at_its_z() -> None:
    network = Network([Layer([[2000.0], [0.0]], [0.0, 0.0], "softmax")], "cross_entropy")
    experiment = Experiment(network, [1.0], [0.0, 1.0], 0.1)
    (path,) = chain_rule_paths(experiment, Bias(1, 1)).shown
    assert way(network, path) == "1 → z⁽¹⁾₁ → L"
    assert path_formula(network, path).count(r"\frac{\partial L}{\partial z_{1}^{(1)}}") == 1
