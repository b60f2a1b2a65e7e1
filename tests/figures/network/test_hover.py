"""Hovering: the numbers about a neuron or a weight are the engine's, and their formula comes to them."""

import re

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, forward, sgd_step
from engine.formulas.numbers import text
from engine.memory import SHARED
from engine.network.editing import resized
from engine.network.places import Neuron, Weight
from pages.figures.network import hover as details
from pages.figures.network.hover import edge_hover, neuron_hover
from pages.figures.network.picture import Numbers
from tests.engine.formulas.cases import every_case
from tests.samples import passes


def exactly(value: float, digits: int = 4, signed: bool = False) -> str:
    return f"{value:.17g}".replace("-", "−")


@pytest.fixture
def exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(details, "text", exactly)


def product_sum(written: str) -> float:
    """The sum of products that a line writes out: 0.5·(−2) + 1."""
    terms = [term.replace("−", "-").replace("(", "").replace(")", "").split("·") for term in written.split(" + ")]
    return sum(float(np.prod([float(factor) for factor in term])) for term in terms)


@every_case
def test_a_neurons_lines_hold_its_numbers(experiment: Experiment) -> None:
    passed, back = passes(experiment)
    for index, x in enumerate(experiment.x):
        lines = neuron_hover(Numbers(experiment), Neuron(0, index + 1)).split("<br>")
        assert lines[1:] == [f"x = {text(x)}", f"∂L/∂x = {text(back.dx[index])}"]
    for l, layer in enumerate(experiment.network.layers):
        for j in range(layer.n_out):
            lines = neuron_hover(Numbers(experiment), Neuron(l + 1, j + 1)).split("<br>")
            slope = ACTIVATIONS[layer.activation].df(passed.z[l], layer.parameter)[j]
            numbers = (passed.z[l][j], passed.a[l + 1][j], slope, back.da[l][j], back.delta[l][j])
            assert [line.rsplit(" = ", 1)[1] for line in lines[1:]] == [text(number) for number in numbers]


@every_case
def test_the_formula_put_in_comes_to_the_weighted_sum(experiment: Experiment, exact: None) -> None:
    passed = forward(experiment.network, experiment.x)
    for l, layer in enumerate(experiment.network.layers):
        for j in range(layer.n_out):
            _, formula, number = neuron_hover(Numbers(experiment), Neuron(l + 1, j + 1)).split("<br>")[1].split(" = ")
            assert "+ −" not in formula
            assert product_sum(formula) == pytest.approx(passed.z[l][j], abs=1e-12)
            assert float(number.replace("−", "-")) == passed.z[l][j]


@pytest.mark.parametrize("name", PRESETS)
def test_a_weights_lines_hold_its_numbers_and_come_to_them(name: str, exact: None) -> None:
    experiment = PRESETS[name].experiment
    passed, back = passes(experiment)
    learned = sgd_step(experiment.network, back, experiment.learning_rate)
    for edge in Numbers(experiment).edges:
        l, at = edge.layer - 1, (edge.to - 1, edge.source - 1)
        lines = [
            re.sub(r"</?b>", "", line).split(" = ") for line in edge_hover(Numbers(experiment), edge).split("<br>")
        ]
        w = experiment.network.layers[l].W[at]
        numbers = (w, w * passed.a[l][edge.source - 1], back.dW[l][at], learned.layers[l].W[at])
        for line, number in zip(lines, numbers, strict=True):
            assert float(line[-1].replace("−", "-")) == pytest.approx(number, abs=1e-15)
        for line in lines[1:3]:
            assert product_sum(line[-2].removeprefix("carries ").replace(" · ", "·")) == pytest.approx(
                float(line[-1].replace("−", "-")), abs=1e-12
            )


def test_the_numbers_of_a_picture_stay_the_same_though_others_push_them_out_of_memory() -> None:
    numbers = Numbers(PRESETS["worked-example"].experiment)
    before = numbers.forward, numbers.backward, numbers.updated
    SHARED.clear()
    assert all(
        old is new for old, new in zip(before, (numbers.forward, numbers.backward, numbers.updated), strict=True)
    )


def test_a_long_sum_is_shortened_and_indices_of_two_digits_are_set_apart() -> None:
    wide = Numbers(resized(PRESETS["worked-example"].experiment, (10, 10, 3, 3)))
    own = neuron_hover(wide, Neuron(1, 1))
    assert own.split("<br>")[1].count("·") == 3 and "…" in own
    assert "<sub>10,3</sub>" in edge_hover(wide, Weight(1, 10, 3))
    assert "<sub>23</sub>" in edge_hover(wide, Weight(1, 2, 3))
