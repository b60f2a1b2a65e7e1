"""The formulas of a batch: each side comes to what the engine computes, and every matrix has its shape below it."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine import Experiment, Network, trace
from engine.formulas.equations import equation, line_with_places, title
from engine.formulas.marks import unmarked
from engine.formulas.symbols import UNFOLDED
from engine.network.reductions import REDUCTIONS
from tests.engine.formulas.cases import OWN_OUTPUTS, layer, require_equal
from tests.latex import require_balanced

RNG = np.random.default_rng(3)
Y = [[0.5, 0.25, 0.25], [0.0, 1.0, 0.0]]


def batch_of(loss: str, output: str, hidden: str = "tanh", reduction: str = "mean") -> Experiment:
    network = Network([layer(2, 4, hidden), layer(4, 3, output)], loss)
    return Experiment(network, RNG.normal(size=(2, 2)), Y, 0.1, True, reduction)


CASES = {
    **{f"{loss} of {output}": batch_of(loss, output) for loss, output in OWN_OUTPUTS},
    "the sum": batch_of("half_squared_error", "sigmoid", reduction="sum"),
    "the sum of entropies": batch_of("binary_cross_entropy", "sigmoid", reduction="sum"),
    "softmax inside": batch_of("half_squared_error", "identity", hidden="softmax"),
}
every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())
SHAPED = re.compile(r"\\underset\{(\d+) \\times (\d+)\}")
# a matrix of numbers only, with its shape
TABLE = re.compile(r"\\underset\{(\d+) \\times (\d+)\}\{\\begin\{pmatrix\}((?:(?!\\begin).)*?)\\end\{pmatrix\}\}")


def plain(latex: str) -> str:
    """A formula without the shapes of its matrices."""
    return SHAPED.sub("", latex)


@every_case
def test_where_examples_meet_the_numbers_come_to_the_result(experiment: Experiment, exact: None) -> None:
    met = [step for step in trace(experiment, "neuron", 2) if step.phase == "examples" or step.op == "new_batch_loss"]
    assert len(met) == 2 + 2 * len(experiment.network.layers)
    for step in met:
        written = equation(step, experiment.in_batch(2), UNFOLDED)
        require_equal(written.numbers, step.value)
        require_equal(written.result, step.value)


@every_case
def test_in_matrices_each_side_comes_to_what_the_engine_computes(experiment: Experiment, exact: None) -> None:
    for step in trace(experiment, "batch"):
        written = equation(step, experiment.in_batch(1), UNFOLDED)
        require_equal(plain(written.result), step.value)
        if written.numbers and step.op not in ("activation", "new_batch_loss"):
            require_equal(plain(written.numbers), step.value)


@every_case
def test_every_matrix_has_its_own_shape_below_it(experiment: Experiment) -> None:
    for step in trace(experiment, "batch"):
        if step.phase == "update":
            continue
        written = equation(step, experiment.in_batch(1), UNFOLDED)
        for rows, columns, inside in TABLE.findall(written.numbers + written.result):
            lines = re.split(r"\\\\(?:\[\d+pt\])?", inside)
            assert len(lines) == int(rows) and {line.count("&") + 1 for line in lines} == {int(columns)}, inside


@every_case
def test_a_matrix_is_named_as_one_and_stands_in_brackets_only_behind_a_factor(experiment: Experiment) -> None:
    experiment = replace(experiment, y=np.array([[0.5, 0.25, 0.5], [0.0, 1.0, 0.0]]))
    for step in trace(experiment, "batch"):
        written = equation(step, experiment.in_batch(1))
        assert step.value.ndim == 0 or r"\underset" in written.left, written.left
        assert experiment.reduction == "mean" or not written.symbols.startswith(r"\left("), written.symbols


def test_products_fit_together_in_the_names_too() -> None:
    """Of neighbours, the columns of the first are the rows of the second."""
    experiment = CASES["half_squared_error of identity"]
    for step in trace(experiment, "batch"):
        if step.op in ("weighted_sum", "summed_gradient", "weight_gradient", "bias_gradient"):
            written = equation(step, experiment.in_batch(1))
            for product in written.symbols.split(" + "):
                (_, inner), (same, _) = SHAPED.findall(product)
                assert inner == same, product


def test_the_textbooks_most_misread_lines_are_written_so() -> None:
    experiment = CASES["half_squared_error of identity"]
    steps = {(step.op, step.layer): step for step in trace(experiment, "batch")}
    said = {key: plain(equation(step, experiment.in_batch(1)).rule) for key, step in steps.items()}
    assert said["weighted_sum", 1] == r"{Z^{(1)}} = {X}\,{{W^{(1)}}^{\top}} + {\mathbf{1}}\,{{b^{(1)}}^{\top}}"
    assert said["weight_gradient", 2].endswith(r"= {{\Delta^{(2)}}^{\top}}\,{A^{(1)}}")
    assert said["bias_gradient", 2].endswith(r"= {{\Delta^{(2)}}^{\top}}\,{\mathbf{1}}")


@pytest.mark.parametrize("reduction", REDUCTIONS)
def test_mean_and_sum_are_told_apart(reduction: str) -> None:
    experiment = batch_of("half_squared_error", "tanh", reduction=reduction)
    for level in ("neuron", "batch"):
        for step in trace(experiment, level):
            if step.op in ("losses", "batch_loss", "batch_weight_gradient", "batch_joint_delta", "batch_loss_gradient"):
                written = equation(step, experiment.in_batch(1))
                assert (r"\frac{1}{2}" in written.line) == (reduction == "mean"), written.line
                assert (r"\frac{1}{2}" in written.rule) == (reduction == "mean")


def test_an_example_s_own_gradients_are_those_of_its_own_loss() -> None:
    experiment = CASES["half_squared_error of identity"]
    for step in trace(experiment, "neuron", 2):
        written = equation(step, experiment.in_batch(2))
        if step.phase in ("loss", "backward"):
            assert r"\partial L}" not in written.left + written.symbols
        if step.op in ("loss", "joint_loss"):
            assert written.left == "L_{2}"
    alone = [equation(step, experiment.example(2)).left for step in trace(experiment.example(2))]
    assert r"\frac{\partial L}{\partial \hat{y}_{1}}" in alone


@every_case
@pytest.mark.parametrize("level", ["neuron", "layer", "batch"])
def test_every_step_has_a_title_and_a_line_that_can_be_typeset(experiment: Experiment, level: str) -> None:
    one = experiment.in_batch(2)
    titles = [title(step, one) for step in trace(experiment, level, 2)]  # type: ignore[arg-type]
    assert len(set(titles)) == len(titles)
    for step in trace(experiment, level, 2):  # type: ignore[arg-type]
        require_balanced(unmarked(line_with_places(step, one)))
        require_balanced(equation(step, one).worked)
