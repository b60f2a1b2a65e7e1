"""The numbers of the text, read back from its LaTeX, are the engine's, and each side of an equation comes to them."""

import re
from dataclasses import replace
from string import ascii_letters
from typing import Any

import numpy as np
import pytest

from engine import ACTIVATIONS, OPS, Experiment, backward, forward, sgd_step, trace
from engine.derivation import book
from engine.derivation.blocks import Working
from engine.formulas.symbols import UNFOLDED
from tests.engine.derivation.cases import CASES, wide
from tests.engine.derivation.reading import numeric, sides, workings
from tests.engine.formulas.cases import names
from tests.latex import evaluate, marked, number_of

every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())
# sums of hundreds of products, each written with 17 digits
CLOSE = {"rtol": 1e-9, "atol": 1e-11}


def parameter(experiment: Experiment, working: Working) -> float | None:
    return experiment.network.layers[working.layer - 1].parameter


def truth(experiment: Experiment) -> dict[tuple[str, int], Any]:
    """What each step of a whole layer comes to, by the passes and not by the trace."""
    network, there = experiment.network, forward(experiment.network, experiment.x)
    back = backward(network, there, experiment.y)
    new = sgd_step(network, back, experiment.learning_rate).layers
    found: dict[tuple[str, int], Any] = {}
    for l in range(len(network.layers)):
        values = {"weighted_sum": there.z[l], "activation": there.a[l + 1], "delta": back.delta[l]}
        values |= {"joint_delta": back.delta[l], "loss_gradient": back.da[l], "summed_gradient": back.da[l]}
        values |= {"weight_gradient": back.dW[l], "bias_gradient": back.db[l], "loss": back.loss}
        values |= {"joint_loss": back.loss, "weight_update": new[l].W, "bias_update": new[l].b}
        found |= {(op, l + 1): value for op, value in values.items()}
    return found


def require(latex: str, value: Any, own: float | None) -> None:
    with np.errstate(all="ignore"):
        found = evaluate(latex, own)
        np.testing.assert_allclose(np.squeeze(found), np.squeeze(value), err_msg=latex, **CLOSE)


@every_case
def test_each_side_in_numbers_comes_to_what_the_engine_computes(experiment: Experiment, exact: None) -> None:
    right = truth(experiment)
    for place, working in workings(book(experiment, UNFOLDED)).items():
        whole = numeric(working.numbers)
        assert whole, place
        for side in whole:
            require(side, right[place], parameter(experiment, working))


@every_case
def test_each_neurons_equation_comes_to_what_the_engine_computes(experiment: Experiment, exact: None) -> None:
    right = truth(experiment)
    for place, working in workings(book(experiment, UNFOLDED)).items():
        for neuron in working.neurons:
            value = right[place] if neuron.number is None else right[place][neuron.number - 1]
            for side in numeric(neuron.latex):
                require(side, value, parameter(experiment, working))


@every_case
def test_matrices_of_symbols_come_to_the_same_with_the_numbers_put_in(experiment: Experiment) -> None:
    right, table = truth(experiment), symbols(experiment)
    for place, working in workings(book(experiment, UNFOLDED)).items():
        spelled = sides(working.matrices)[-1]
        formula, values = tokens(spelled, table)
        with np.errstate(all="ignore"):
            found = evaluate(formula, parameter(experiment, working), **values)
            np.testing.assert_allclose(np.squeeze(found), np.squeeze(right[place]), err_msg=spelled, **CLOSE)


def symbols(experiment: Experiment) -> dict[str, Any]:
    """The textbook's symbols, with the slopes of the neurons and the gradients of single weights."""
    network, there = experiment.network, forward(experiment.network, experiment.x)
    back, table = backward(network, there, experiment.y), names(experiment)
    table[r"\sum_k y_k"] = experiment.y.sum()
    for layer, own in enumerate(network.layers, 1):
        record = ACTIVATIONS[own.activation]
        slopes = record.df(there.z[layer - 1], own.parameter)
        table |= {rf"{record.symbol}'(z_{{{j}}}^{{({layer})}})": slope for j, slope in enumerate(slopes, 1)}
        for (j, i), gradient in np.ndenumerate(back.dW[layer - 1]):
            name = f"w_{{{j + 1}{',' if max(i, j) > 8 else ''}{i + 1}}}^{{({layer})}}"
            table |= {name: own.W[j, i], rf"\frac{{\partial L}}{{\partial {name}}}": gradient}
    return table


def tokens(formula: str, table: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The formula with every symbol as one token, longest first, and what the tokens stand for."""
    longest_first = sorted(table, key=len, reverse=True)
    short = {
        name: f"\\Q{''.join(ascii_letters[int(digit)] for digit in str(n))}" for n, name in enumerate(longest_first)
    }
    name = re.compile(rf"(?<![a-zA-Z])({'|'.join(map(re.escape, longest_first))})(?![a-zA-Z])")
    return name.sub(lambda found: f"{short[found[0]]} ", formula), {short[name]: table[name] for name in longest_first}


def test_numbers_are_written_with_four_digits_and_coloured_by_what_they_are() -> None:
    working = workings(book(CASES["worked-example"]))["weighted_sum", 2]
    assert marked(working.neurons[0].latex)[-1] == "2.731"
    assert r"\G{" not in working.numbers
    assert r"\V{" not in workings(book(CASES["worked-example"]))["bias_gradient", 2].numbers


def test_large_matrices_are_shortened_and_can_be_unfolded() -> None:
    short, long = workings(book(wide())), workings(book(wide(), UNFOLDED))
    for place, working in short.items():
        if place[0] not in ("loss", "joint_loss"):
            assert r"\vdots" in working.numbers and r"\vdots" not in long[place].numbers, place
            assert len(working.neurons) == 6 < len(long[place].neurons), place
            assert len(marked(working.numbers)) < len(marked(long[place].numbers)), place


@pytest.mark.parametrize("rate", [0.5, 1e-3, 1e-6])
def test_an_update_is_written_with_enough_digits_to_be_seen(rate: float) -> None:
    experiment = replace(CASES["worked-example"], learning_rate=rate)
    for (op, _), working in workings(book(experiment)).items():
        if op == "weight_update":
            numbers = np.array([number_of(text) for text in marked(working.numbers)])
            old, new = numbers[:9], numbers[-9:]
            assert (np.abs(new - old) > 0).all(), working.numbers


def test_the_cases_have_every_kind_of_step() -> None:
    assert {step.op for experiment in CASES.values() for step in trace(experiment)} == set(OPS)
