"""Formulas are read back as arithmetic and come to the numbers of their steps, in symbols and in numbers."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from engine import ACTIVATIONS, LOSSES, OPS, Experiment, Layer, Network, Step, trace
from engine.formulas.equations import Equation, equation
from engine.formulas.symbols import UNFOLDED
from tests import oracles
from tests.engine.formulas.cases import CASES, DETAILS, every_case, names, require_equal, steps
from tests.latex import evaluate


def own_parameter(step: Step) -> float | None:
    return step.operands[1] if step.op in ("activation", "delta") else None


@every_case
def test_numbers_and_result_come_to_the_value_of_the_step(experiment: Experiment, exact: None) -> None:
    for step, written in steps(experiment):
        sides = written.numbers.split(" = ") if written.numbers else []
        for side in (*sides, written.result):
            require_equal(side, step.value, parameter=own_parameter(step))


def symbolic(step: Step, written: Equation, table: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The symbols with every name replaced by a token, longest first, and what the tokens stand for."""
    slope = re.search(r"\S+'\(z\S+\)", written.symbols)
    table = table | {slope[0]: slope_of(step)} if slope else table
    longest_first = sorted(table, key=len, reverse=True)
    tokens = {name: "\\Q" + "ab"[number % 2] * (number // 2 + 1) for number, name in enumerate(longest_first)}
    name = re.compile(rf"(?<![a-zA-Z])({'|'.join(map(re.escape, longest_first))})(?![a-zA-Z])")
    formula = name.sub(lambda found: tokens[found[0]] + " ", written.symbols)
    return formula, {tokens[name]: value for name, value in table.items()}


def slope_of(step: Step) -> Any:
    """f'(z) by autograd, as a column for a layer."""
    activation, parameter, z = step.operands[:3]
    with np.errstate(all="ignore"):
        slopes = [oracles.grad(oracles.ACTIVATIONS[activation])(value, parameter) for value in np.atleast_1d(z)]
    return slopes[0] if np.ndim(z) == 0 else np.array(slopes)[:, np.newaxis]


def readable(step: Step, written: Equation) -> bool:
    """Sums over an index, and a row of derivatives written with one, are for people."""
    return r"\sum" not in written.symbols and "_{i}" not in written.symbols and "J^" not in written.symbols


@every_case
def test_symbols_stand_for_this_networks_numbers(experiment: Experiment, exact: None) -> None:
    table = names(experiment)
    for step, written in steps(experiment):
        if not readable(step, written) or (step.op == "delta" and np.abs(step.operands[2]).min() == 0):
            continue
        formula, known = symbolic(step, written, table)
        require_equal(formula, step.value, parameter=own_parameter(step), **known)


@every_case
def test_the_left_side_names_what_the_step_computes(experiment: Experiment) -> None:
    table = names(experiment)
    for step, written in steps(experiment):
        if written.left in table and not step.op.endswith("update"):
            np.testing.assert_array_equal(np.ravel(table[written.left]), np.ravel(step.value), err_msg=written.left)
        else:
            assert step.op.endswith(("update", "loss")) or "w_" in written.left, written.left


@every_case
def test_the_numbers_as_shown_are_the_values_to_four_digits(experiment: Experiment) -> None:
    for step, written in steps(experiment):
        found = np.squeeze(evaluate(written.result))
        assert np.all(np.abs(found - np.squeeze(step.value)) <= 5.01e-4 * np.abs(np.squeeze(step.value)))


@every_case
def test_a_note_gives_the_slope_with_its_number_put_in(experiment: Experiment, exact: None) -> None:
    for step, written in steps(experiment):
        for note in written.notes if step.op == "delta" and step.neuron else ():
            said, *where = note.split(r",\quad ")
            _, *formula, number = said.split(" = ")
            for side in formula:
                require_equal(r",\quad ".join((side, *where)), evaluate(number), parameter=own_parameter(step))
            require_equal(number, ACTIVATIONS[step.operands[0]].df(*reversed(step.operands[1:3])))


@every_case
def test_no_equation_says_a_side_twice_and_each_ends_with_its_own_number(experiment: Experiment, exact: None) -> None:
    for step, written in steps(experiment):
        for said in (
            *written.line.split(r",\quad "),
            *(one for note in written.notes for one in note.split(r",\quad ")),
        ):
            sides = said.split(" = ")
            assert all(one != following for one, following in pairwise(sides)), said
            if step.op in ("loss", "joint_loss") and said.startswith("L = "):
                require_equal(sides[-1], step.value)


@pytest.mark.parametrize("loss", ["mean_squared_error", "half_squared_error", "huber", "binary_cross_entropy"])
def test_the_loss_of_one_output_has_no_mean_and_no_bracket_around_one_term(loss: str) -> None:
    output = "sigmoid" if LOSSES[loss].only_joint else "identity"
    experiment = Experiment(Network([Layer([[0.5]], [0.0], output)], loss), [0.5], [1.0], 0.1)
    for detail in DETAILS:
        for step in trace(experiment, detail)[:5]:
            written = equation(step, experiment)
            for latex in (written.symbols, written.numbers, written.line):
                assert r"{1}{1}" not in latex and r"{2}{1}" not in latex and r"\left((" not in latex, latex


FAR = [18.0, -18.0, 40.0, -40.0, 900.0, -900.0, 3.0]
SURE = {
    **{
        f"{loss} of {output} at {z}, target {y}": Experiment(
            Network([Layer([[0.0], [0.0]], [z, 0.0], output)], loss), [1.0], [y, 1.0 - y], 0.1
        )
        for loss, record in LOSSES.items()
        for output in record.joint
        for z in FAR
        for y in (0.0, 1.0)
    },
    **{
        f"{loss} almost at its target": Experiment(
            Network([Layer([[0.0], [0.0]], [0.30001, 2.0], "identity")], loss), [1.0], [0.3, 2.0000001], 0.1
        )
        for loss in ("half_squared_error", "squared_error", "mean_squared_error", "huber")
    },
}


@pytest.mark.parametrize("experiment", SURE.values(), ids=SURE.keys())
@pytest.mark.parametrize("batch", [False, True])
def test_an_output_at_its_target_or_at_0_or_1_has_the_digits_that_its_equations_need(
    experiment: Experiment, batch: bool
) -> None:
    if batch:
        experiment = replace(experiment, x=np.tile(experiment.x, (2, 1)), y=np.tile(experiment.y, (2, 1)))
    for detail in ("batch",) if batch else DETAILS:
        for step in trace(experiment, detail):
            written = equation(step, experiment, UNFOLDED)
            # where the reader's own numbers would not do, the entropies' tests below read them
            lost = step.op == "joint_loss" and ("e^" in written.numbers or step.value < 1e-16)
            if lost or not written.numbers or not re.search("gradient|joint", step.op):
                continue
            shown = unshaped(written.numbers)
            # two digits of a difference are seen, and a logarithm needs none of its last ones
            np.testing.assert_allclose(np.squeeze(evaluate(shown)), np.squeeze(step.value), rtol=2e-2, err_msg=shown)


def unshaped(latex: str) -> str:
    return re.sub(r"\\underset\{\d+ \\times \d+\}", "", latex)


@every_case
def test_no_number_has_brackets_within_brackets(experiment: Experiment) -> None:
    for _, written in steps(experiment):
        for latex in (written.numbers, written.line, *written.notes):
            assert not re.search(r"[({|]\(\\[VG]\{-[^()]*\}\)[)}|]", latex), latex


def test_the_cases_above_have_every_op() -> None:
    assert {step.op for experiment in CASES.values() for step, _ in steps(experiment)} == set(OPS)


ENTROPIES = [(loss, output) for loss, record in LOSSES.items() for output in record.joint]


def entropy(loss: str, output: str, z: list[float], y: list[float]) -> Equation:
    network = Network([Layer(np.zeros((len(z), 1)), z, output)], loss)
    experiment = Experiment(network, [1.0], y, 0.1)
    (step,) = (step for step in trace(experiment, "layer") if step.op == "joint_loss")
    written = equation(step, experiment, UNFOLDED)
    with np.errstate(all="ignore"):
        # what a number of four digits leaves open of the logarithm of a thousandth
        np.testing.assert_allclose(evaluate(written.numbers), step.value, rtol=1e-3, atol=0.06 * len(z))
    return written


@pytest.mark.parametrize(("loss", "output"), ENTROPIES)
@pytest.mark.parametrize("far", [0.0, 5.0, 8.0, 12.0, 40.0, 700.0])
@pytest.mark.parametrize("y", [[0.0, 1.0, 0.0], [1.0, 0.0, 0.0], [0.2, 0.5, 0.3]])
def test_the_numbers_shown_of_a_sure_output_still_come_to_its_loss(
    loss: str, output: str, far: float, y: list[float]
) -> None:
    assert r"\ln(1 - \V{1})" not in entropy(loss, output, [far, 0.0, -0.5], y).numbers


@pytest.mark.parametrize(("loss", "output"), ENTROPIES)
def test_an_output_too_small_for_a_number_is_written_as_a_power(loss: str, output: str) -> None:
    network = Network([Layer([[0.0], [0.0]], [0.0, -900.0], output)], loss)
    experiment = Experiment(network, [1.0], [0.0, 1.0], 0.1)
    (written,) = (equation(step, experiment) for step in trace(experiment) if step.op == "joint_loss")
    assert r"\ln e^{\V{-900" in written.numbers and r"\ln \V{0}" not in written.numbers


def test_a_quotient_of_0_by_a_lost_digit_is_0() -> None:
    layers = [Layer([[40.0], [-800.0]], [0.0, 0.0], "sigmoid")]
    experiment = Experiment(Network(layers, "binary_cross_entropy"), [1.0], [1.0, 0.0], 0.1)
    for detail in ("neuron", "layer"):
        for step in trace(experiment, detail):
            if step.op == "loss_gradient":
                assert r"10^{-308}" not in equation(step, experiment).worked
