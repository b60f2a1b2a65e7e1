"""The steps of a batch in every notation: numbers are read back, shapes are those seen, and reasons tell the same."""

import re
from typing import Any

import numpy as np
import pytest

from engine import PRESETS, Experiment, Layer, Network, Step, trace
from engine.backprop.learning_step import Computed
from engine.backprop.trace import Detail
from engine.formulas.equations import Equation, equation, line_with_places
from engine.formulas.notations import NOTATIONS, OURS, Notation, Translation
from engine.formulas.notations.symbol import Symbol
from engine.formulas.symbols import UNFOLDED
from engine.reasons import why
from tests.engine.formulas.notations.reading import LEFT, NOTHING
from tests.latex import evaluate, marked, require_balanced

EXAMPLE = PRESETS["worked-example"].experiment
RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(4, 3)), np.eye(3)[[0, 2, 1, 2]]
CASES = {
    "mean": Experiment(EXAMPLE.network, X, Y, 0.1),
    "sum": Experiment(EXAMPLE.network, X, Y, 0.1, reduction="sum"),
    "huber": Experiment(Network(EXAMPLE.network.layers, "huber"), X, Y, 0.1),
}
SHAPE = re.compile(r"\\underset\{(\d+) \\times (\d+)\}")
# Ng writes an example's number as we write a layer's
EXAMPLES_OWN = re.compile(r"(?<=d\\hat\{y\})_\{\w+\}\^\{\(\w\)\}|(?<=d\\hat\{y\})\^\{\(\w\)\}")
every_notation = pytest.mark.parametrize("notation", NOTATIONS.values(), ids=NOTATIONS.keys())
every_case = pytest.mark.parametrize("experiment", CASES.values(), ids=CASES.keys())


def bare(latex: str) -> str:
    return SHAPE.sub("", latex).replace(r"\quad", "")


def due(step: Step, notation: Notation) -> Any:
    """What the step comes to, as the notation has it."""
    layout = notation.layout
    if np.ndim(step.value) != 2:
        return step.value
    of_parameters = "weight_" in step.op
    return step.value.T if (layout.inputs_first if of_parameters else layout.examples_as_columns) else step.value


def steps(experiment: Experiment, notation: Notation) -> list[tuple[Step, Equation]]:
    return [(step, equation(step, experiment, UNFOLDED, notation)) for step in trace(experiment, "batch")]


@every_notation
@every_case
def test_numbers_and_results_come_to_what_is_computed(experiment: Experiment, notation: Notation, exact: None) -> None:
    for step, written in steps(experiment, notation):
        for side in (written.numbers, written.result):
            # a loss that is taken from the pre-activations is told by notes
            if side and "softmax" not in side:
                with np.errstate(all="ignore"):
                    found = np.squeeze(evaluate(bare(side)))
                np.testing.assert_allclose(found, np.squeeze(due(step, notation)), rtol=1e-9, atol=1e-12, err_msg=side)


@every_notation
@every_case
def test_the_shapes_of_a_product_fit_and_give_that_of_the_result(experiment: Experiment, notation: Notation) -> None:
    for step, written in steps(experiment, notation):
        if step.op not in ("weighted_sum", "summed_gradient", "weight_gradient", "bias_gradient") or not step.stacked:
            continue
        (own,) = SHAPE.findall(written.left)
        for term in written.symbols.split(" + "):
            (rows, inner), (again, columns) = SHAPE.findall(term)
            assert inner == again and (rows, columns) == own, written.symbols


@every_notation
def test_nothing_of_ours_is_left_and_lines_tell_the_same_numbers(notation: Notation) -> None:
    experiment = CASES["mean"]
    for detail in ("neuron", "batch"):
        for step in trace(experiment, detail):
            written = equation(step, experiment, UNFOLDED, notation)
            for latex in (written.rule, written.left, written.symbols, written.line, *written.notes):
                require_balanced(latex)
                left = re.search(LEFT.get(notation.name, NOTHING), EXAMPLES_OWN.sub("", latex))
                assert notation == OURS or not left, latex
            lines = [line_with_places(step, experiment, one) for one in (OURS, notation)]
            assert sorted(marked(lines[0])) == sorted(marked(lines[1]))


@pytest.mark.parametrize(
    ("name", "forward", "gradient", "biases"),
    [
        ("ours", r"X\,{W^{(1)}}^{\top} + \mathbf{1}\,{b^{(1)}}^{\top}", r"{\Delta^{(1)}}^{\top}\,X",
         r"{\Delta^{(1)}}^{\top}\,\mathbf{1}"),
        ("ng", r"W^{[1]}\,X + b^{[1]}\,{\mathbf{1}}^{\top}", r"dZ^{[1]}\,{X}^{\top}", r"dZ^{[1]}\,\mathbf{1}"),
        ("pytorch", r"X\,{W^{(1)}}^{\top} + \mathbf{1}\,b^{(1)}", r"{Z\text{.grad}^{(1)}}^{\top}\,X",
         r"{\mathbf{1}}^{\top}\,Z\text{.grad}^{(1)}"),
        ("keras", r"X\,W^{[0]} + \mathbf{1}\,b^{[0]}", r"{X}^{\top}\,\Delta^{[0]}",
         r"{\mathbf{1}}^{\top}\,\Delta^{[0]}"),
    ],
)  # fmt: skip
def test_a_batch_is_multiplied_as_the_notation_has_it(name: str, forward: str, gradient: str, biases: str) -> None:
    found = {
        (step.op, step.layer): re.sub(r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}(?=,|$| )", r"\1", bare(one.symbols))
        for step, one in steps(CASES["mean"], NOTATIONS[name])
    }
    plain = {key: value.replace("{", "").replace("}", "") for key, value in found.items()}
    for op, right in (("weighted_sum", forward), ("weight_gradient", gradient), ("bias_gradient", biases)):
        assert plain[op, 1] == right.replace("{", "").replace("}", "")


@every_notation
@every_case
def test_reasons_speak_of_the_shapes_that_are_seen(experiment: Experiment, notation: Notation) -> None:
    for step, written in steps(experiment, notation):
        reason = why(step, Computed(experiment), notation)
        seen = {f"{rows} × {columns}" for rows, columns in SHAPE.findall(written.left + written.symbols)}
        if step.stacked and step.op in ("weighted_sum", "summed_gradient", "weight_gradient"):
            assert set(re.findall(r"\d+ × \d+", reason)) <= seen, (reason, seen)


@every_notation
@pytest.mark.parametrize("loss", ["cross_entropy", "binary_cross_entropy"])
def test_a_delta_of_outputs_that_meet_says_which_index_is_the_example(loss: str, notation: Notation) -> None:
    """The example is k, so the sum runs over i; the first index is the row, of an example or of an output."""
    batch = Experiment(Network(EXAMPLE.network.layers, loss), X, np.full((4, 3), 0.5), 0.1)
    (step,) = (step for step in trace(batch, "batch") if step.op == "batch_joint_delta")
    written = equation(step, batch, UNFOLDED, notation)
    pairs = {"ik", "jk"} if notation.layout.examples_as_columns else {"ki", "kj"}
    assert set(re.findall(r"_\{([ijk]+)\}", written.left + written.symbols)) == pairs
    assert r"\sum_k" not in written.symbols and r"\sum_i" in written.symbols


@every_notation
def test_targets_that_add_up_to_one_but_for_rounding_are_such(notation: Notation) -> None:
    thirds = [[0.7, 0.2, 0.1], [0.1, 0.7, 0.2]]
    assert np.sum(thirds[0]) != 1.0
    batch = Experiment(EXAMPLE.network, X[:2], thirds, 0.1)
    (step,) = (step for step in trace(batch, "batch") if step.op == "batch_joint_delta")
    assert r"\sum" not in equation(step, batch, UNFOLDED, notation).symbols


@every_notation
def test_losses_of_all_examples_are_a_row_where_examples_are_columns(notation: Notation) -> None:
    (step,) = (step for step in trace(CASES["mean"], "batch") if step.op == "losses")
    shape = SHAPE.findall(equation(step, CASES["mean"], UNFOLDED, notation).notes[1])
    assert shape == ([("1", "4")] if notation.layout.examples_as_columns else [("4", "1")])


@every_notation
def test_a_softmax_inside_goes_back_with_the_loss_and_the_way_that_its_matrices_have(notation: Notation) -> None:
    layers = [Layer(RNG.normal(size=(3, 3)), np.zeros(3), name) for name in ("softmax", "identity")]
    network = Network(layers, "huber")
    batch = Experiment(network, X, Y, 0.1)
    (step,) = (step for step in trace(batch, "batch") if step.op == "delta" and step.layer == 1)
    written = equation(step, batch, UNFOLDED, notation)
    (note,) = written.notes
    own = Translation(notation, network.sizes)
    # of the batch's loss: with that of one example's a mean's 1/n would be missing
    assert own.formula(r"\frac{\partial L}{\partial a_k}") in note
    assert (r"^{\top}" in note) == (r"^{\top}" in written.symbols) == (not notation.layout.rows)


@every_notation
@pytest.mark.parametrize("detail", ["neuron", "layer"])
def test_the_gradients_of_one_example_say_whose_they_are(notation: Notation, detail: Detail) -> None:
    """Where delta is written as a gradient too: without a mark it would be one of the whole batch's loss."""
    batch, sizes = CASES["mean"], EXAMPLE.network.sizes
    marked_as = notation.gradient(notation, Symbol("z", layer="1", example="3"), sizes)
    unmarked_as = notation.gradient(notation, Symbol("z", layer="1"), sizes)
    assert marked_as != unmarked_as
    for step in trace(batch, detail, 3):
        written = equation(step, batch, UNFOLDED, notation)
        if step.op == "bias_gradient" and step.layer == 1:
            of_layer = re.sub(r"_\{[hio]?\d\}", "", written.symbols)
            assert (of_layer == marked_as) == (not notation.letters.delta), of_layer


def test_an_example_is_no_layer() -> None:
    """PyTorch's layers are in parentheses, so an example is in other brackets; Ng's are the other way round."""
    written = {
        name: Translation(NOTATIONS[name], EXAMPLE.network.sizes).formula(
            r"\frac{\partial L_{3}}{\partial \hat{y}_{1}}"
        )
        for name in ("pytorch", "ng")
    }
    assert written == {"pytorch": r"\hat{y}\text{.grad}_{1}^{[3]}", "ng": r"d\hat{y}_{1}^{(3)}"}
