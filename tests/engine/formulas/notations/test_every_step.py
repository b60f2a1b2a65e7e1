"""Every kind of step in every notation, neuron by neuron and layer by layer: numbers and symbols are read back."""

import re
from typing import Any

import numpy as np
import pytest

from engine import OPS, Experiment, Step, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import Equation, equation, line_with_places
from engine.formulas.marks import unmarked
from engine.formulas.notations import NOTATIONS, Notation, Translation
from engine.formulas.symbols import UNFOLDED
from tests import oracles
from tests.engine.formulas.cases import CASES, DETAILS, names, require_equal
from tests.latex import marked, require_balanced

OTHERS = [notation for name, notation in NOTATIONS.items() if name != "ours"]
CHOSEN = {
    name: CASES[name]
    for name in ("worked-example", "mazur", "hidden softmax", "mean_squared_error of identity",
                 "binary_cross_entropy of softmax")
}  # fmt: skip
every_notation = pytest.mark.parametrize("notation", NOTATIONS.values(), ids=NOTATIONS.keys())
every_other = pytest.mark.parametrize("notation", OTHERS, ids=lambda notation: notation.name)
every_case = pytest.mark.parametrize("experiment", CHOSEN.values(), ids=CHOSEN.keys())


def shown(values: Any, notation: Notation) -> Any:
    """A column, or a matrix of weights, as the notation has it."""
    values = np.asarray(values)
    if values.ndim != 2:
        return values
    is_vector = values.shape[1] == 1
    return values.T if (notation.layout.rows if is_vector else notation.layout.inputs_first) else values


def result(step: Step, notation: Notation) -> Any:
    return step.value.T if np.ndim(step.value) == 2 and notation.layout.inputs_first else step.value


def parameter(step: Step) -> float | None:
    return step.operands[1] if step.op in ("activation", "delta") else None


@every_notation
@every_case
def test_numbers_and_result_come_to_the_value_of_the_step(
    experiment: Experiment, notation: Notation, exact: None
) -> None:
    for detail in DETAILS:
        for step in trace(experiment, detail):
            written = equation(step, experiment, UNFOLDED, notation)
            sides = written.numbers.split(" = ") if written.numbers else []
            for side in (*sides, written.result):
                require_equal(side, result(step, notation), parameter=parameter(step))


def test_the_cases_have_every_kind_of_step() -> None:
    assert {step.op for experiment in CHOSEN.values() for step in trace(experiment)} == set(OPS)


def is_readable(ours: Equation) -> bool:
    """Sums over an index, and what has one, are for people."""
    return r"\sum" not in ours.symbols and "_{i}" not in ours.symbols and "J" not in ours.symbols


def slopes(step: Step, notation: Notation) -> Any:
    activation, own, z = step.operands[:3]
    with np.errstate(all="ignore"):
        found = [oracles.grad(oracles.ACTIVATIONS[activation])(value, own) for value in np.atleast_1d(z)]
    return found[0] if np.ndim(z) == 0 else shown(np.array(found)[:, np.newaxis], notation)


@every_notation
@every_case
def test_symbols_stand_for_this_networks_numbers(experiment: Experiment, notation: Notation, exact: None) -> None:
    own = Translation(notation, experiment.network.sizes)
    # two symbols of ours that became one would stand for the wrong number
    table = {own.formula(name): shown(value, notation) for name, value in names(experiment).items()}
    for detail in DETAILS:
        for step in trace(experiment, detail):
            if not is_readable(equation(step, experiment, UNFOLDED)):
                continue
            written = equation(step, experiment, UNFOLDED, notation).symbols
            known = dict(table)
            if slope := re.search(r"\S+'\(\S+\)", written):
                if np.abs(step.operands[2]).min() == 0:
                    continue
                known[slope[0]] = slopes(step, notation)
            formula, values = with_tokens(written, known)
            require_equal(formula, result(step, notation), parameter=parameter(step), **values)


def with_tokens(written: str, known: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A formula with each name replaced by a token, longest first, and what the tokens stand for."""
    longest_first = sorted(known, key=len, reverse=True)
    tokens = {name: "\\Q" + "ab"[number % 2] * (number // 2 + 1) for number, name in enumerate(longest_first)}
    name = re.compile(rf"(?<![a-zA-Z])({'|'.join(map(re.escape, longest_first))})(?![a-zA-Z])")
    return name.sub(lambda found: f"{tokens[found[0]]} ", written), {tokens[name]: known[name] for name in known}


@every_other
@pytest.mark.parametrize("detail", DETAILS)
def test_the_numbers_of_a_line_are_those_of_ours(notation: Notation, detail: Detail) -> None:
    for experiment in CHOSEN.values():
        for step in trace(experiment, detail):
            ours, other = (line_with_places(step, experiment, one) for one in (NOTATIONS["ours"], notation))
            require_balanced(other)
            assert sorted(marked(unmarked(other))) == sorted(marked(unmarked(ours)))
            assert sorted(re.findall(r"\\[VG]\[[^\]]*\]", other)) == sorted(re.findall(r"\\[VG]\[[^\]]*\]", ours))


# a letter of ours that the notation has no use for, alone and not as a part of a longer name
LEFT = {
    "nielsen": r"\\partial L|\\hat|\^\{\(",
    "ng": r"\\partial L|\\delta_(?!\{ij)|\\delta\^|\^\{\(|\\eta",
    "mazur": r"\\partial L|\\hat|(?<![a-zA-Z\\])[axyz](?![a-zA-Z])|w_\{\w*[ij]\w*\}",
    "pytorch": r"\\partial L|\\delta_(?!\{ij)|\\delta\^|\\eta",
    "keras": r"\^\{\(",
}


@every_other
@every_case
def test_nothing_of_ours_is_left_over(experiment: Experiment, notation: Notation) -> None:
    for step in trace(experiment):
        written = equation(step, experiment, UNFOLDED, notation)
        for latex in (written.rule, written.left, written.symbols, written.line, *written.notes):
            assert not re.search(LEFT[notation.name], latex), latex
