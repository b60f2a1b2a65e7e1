"""Hints and moments: the numbers of the last hint make the answer, and the step that is played computes it."""

import re

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine import trace
from engine.formulas import parse_number
from engine.formulas.notations import NOTATIONS
from engine.practice import LEVELS, Question, worksheet

seeds = st.integers(0, 5_000)


def worked_out(hint: str) -> float:
    """The number that the last formula of a hint comes to, computed as it stands."""
    latex = re.findall(r"\$([^$]+)\$", hint)[-1].rsplit(" = ", 1)[-1]
    latex = re.sub(r"\\frac\{1\}\{(\d+)\} ", r"1/\1*", latex).replace(r"\cdot", "*")
    return parse_number(re.sub(r"\\left|\\right|\\,", "", latex).replace("{", "(").replace("}", ")"))


@settings(max_examples=25)
@given(seeds)
# two gradients that almost cancel
@example(241)
def test_of_a_batch_the_numbers_of_the_last_hint_make_the_answer(seed: int) -> None:
    for question in worksheet(seed, "batch", 6):
        if question.value.ndim == 0:
            assert worked_out(question.hints[2]) == pytest.approx(question.answer, rel=2e-3, abs=2e-5)


@settings(max_examples=15)
@given(seeds, st.sampled_from(["output", "hidden", "update"]))
def test_the_numbers_of_the_last_hint_make_the_gradient_of_a_bias(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 6):
        if question.kind == "db":
            numbers = question.hints[2].replace("{2}", "")
            assert re.search(r"[^(_^{]\d", numbers.partition(" = ")[2])
            # the numbers of a layer stand in matrices, which the parser of formulas does not read
            if "matrix" not in numbers:
                assert worked_out(numbers) == pytest.approx(question.answer, rel=2e-3, abs=2e-5)


@settings(max_examples=15)
@given(seeds, st.sampled_from(["output", "hidden", "update"]))
def test_the_gradient_of_one_weight_is_made_and_explained_for_that_weight(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 6):
        if question.kind == "dw" and question.value.ndim == 0:
            latex, told = question.solution
            numbers = re.sub(r"\\[VG]", "", latex.split("&= ")[-1]).removesuffix(r"\end{aligned}")
            assert worked_out(question.hints[2]) == pytest.approx(question.answer, rel=2e-3, abs=2e-5)
            assert "matrix" not in numbers
            (name,) = set(re.findall(r"w⁽.⁾\S+?(?=[ ,.]|$)", told)) or {""}
            assert name in ("", question.text.split()[1].removeprefix("∂L/∂").rstrip(":"))


def test_the_rule_for_one_example_of_a_batch_is_about_its_own_loss() -> None:
    for seed in range(4):
        for question in worksheet(seed, "batch", 6):
            if question.kind in ("loss", "dw", "db"):
                alone = question.hints[0].partition("for one example ")[2]
                assert re.match(r"\$(L_k =|\\frac\{\\partial L_\{k\}\})", alone), alone
                # where delta is a gradient, it is one of that loss as well
                ng = question.wording.hints(NOTATIONS["ng"])[0].partition("for one example ")[2]
                assert "dz" not in ng or "dz^{[l](k)}" in ng, ng


@settings(max_examples=12)
@given(seeds, st.sampled_from(list(LEVELS)))
def test_the_step_of_a_question_computes_what_is_asked(seed: int, level: str) -> None:
    for question in worksheet(seed, level, 5):
        at = question.wording.moment()
        step = trace(at.experiment, at.level)[at.number - 1]
        assert step.op == at.step.op
        if question.asked is None:
            assert level == "shapes"
            continue
        assert question.asked.layer in (0, step.layer)
        index = () if step.neuron is not None else question.asked.index
        value = np.asarray(step.value)
        # a weight's step is that of all weights into its neuron
        index = question.asked.index[1:] if step.neuron is not None and value.ndim else index
        np.testing.assert_allclose(value[index], question.value, rtol=1e-9, atol=1e-12)


def test_a_shape_that_is_asked_for_is_that_of_the_matrix_in_its_step() -> None:
    for question in worksheet(4, "shapes", 12):
        at = question.wording.moment()
        shapes = [np.shape(at.step.value), *(np.shape(operand) for operand in at.step.operands)]
        shape = np.shape(np.zeros(question.value.astype(int))) if question.is_shape else question.value.shape
        assert shape in shapes or shape[::-1] in shapes


@pytest.mark.parametrize("level", list(LEVELS))
def test_hints_come_in_three_stages_in_every_notation(level: str) -> None:
    def stages(question: Question) -> None:
        for notation in NOTATIONS.values():
            rule, symbols, numbers = question.wording.hints(notation)
            assert rule.startswith("The rule: ")
            assert symbols.startswith("With symbols: ")
            assert numbers.startswith("With numbers: ")
            assert not re.search(r"\\[VG]\b", rule + symbols + numbers)

    for question in worksheet(1, level, 6):
        stages(question)


@settings(max_examples=10)
@given(seeds)
def test_why_one_weight_becomes_what_it_is_tells_of_that_one(seed: int) -> None:
    for question in worksheet(seed, "update", 8) + worksheet(seed, "batch", 8):
        if question.kind == "new_w" and question.asked and not question.asked.is_table:
            name = question.asked.name(question.problem).removeprefix("new ")
            assert name in question.solution[1]
