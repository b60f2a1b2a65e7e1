"""Every kind of step in every notation, neuron by neuron and layer by layer: numbers and symbols are read back."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import OPS, Experiment, Step, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import Equation, equation, line_with_places
from engine.formulas.marks import unmarked
from engine.formulas.notations import NOTATIONS, OURS, Layout, Notation, Translation
from engine.formulas.notations.record import Letters
from engine.formulas.symbols import UNFOLDED
from tests import oracles
from tests.engine.formulas.cases import CASES, DETAILS, names, require_equal
from tests.engine.formulas.notations.reading import LEFT, NOTHING, shown, with_tokens
from tests.latex import marked, require_balanced

# as nobody writes, to see that a record is all that a notation takes
INVENTED = replace(
    NOTATIONS["nielsen"],
    name="invented",
    letters=Letters(z="s", activation="o", bias=r"\theta", loss="Q", delta="e"),
    layout=Layout(rows=False, inputs_first=True),
    brackets=("<", ">"),
    first=5,
    source_first=True,
)
OTHERS = [*(notation for notation in NOTATIONS.values() if notation != OURS), INVENTED]
CHOSEN = {
    name: CASES[name]
    for name in ("worked-example", "mazur", "hidden softmax", "mean_squared_error of identity",
                 "binary_cross_entropy of softmax")
}  # fmt: skip
every_notation = pytest.mark.parametrize("notation", [OURS, *OTHERS], ids=lambda notation: notation.name)
every_other = pytest.mark.parametrize("notation", OTHERS, ids=lambda notation: notation.name)
every_case = pytest.mark.parametrize("experiment", CHOSEN.values(), ids=CHOSEN.keys())


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


@every_other
@pytest.mark.parametrize("detail", DETAILS)
def test_the_numbers_of_a_line_are_those_of_ours(notation: Notation, detail: Detail) -> None:
    for experiment in CHOSEN.values():
        for step in trace(experiment, detail):
            ours, other = (line_with_places(step, experiment, one) for one in (NOTATIONS["ours"], notation))
            require_balanced(other)
            assert sorted(marked(unmarked(other))) == sorted(marked(unmarked(ours)))
            assert sorted(re.findall(r"\\[VG]\[[^\]]*\]", other)) == sorted(re.findall(r"\\[VG]\[[^\]]*\]", ours))


@every_other
@every_case
def test_nothing_of_ours_is_left_over(experiment: Experiment, notation: Notation) -> None:
    for step in trace(experiment):
        written = equation(step, experiment, UNFOLDED, notation)
        for latex in (written.rule, written.left, written.symbols, written.line, *written.notes):
            assert not re.search(LEFT.get(notation.name, NOTHING), latex), latex
