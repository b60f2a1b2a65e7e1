"""The section on all examples at once."""

import re

import numpy as np
import pytest

from engine import PRESETS, trace
from engine.derivation.blocks import Formula, Heading, Prose
from engine.derivation.chapters.ch11_batch import batch_section
from engine.formulas.notations import NOTATIONS
from tests.latex import evaluate, marked, require_balanced

XOR = PRESETS["xor-four-rows"].experiment


def test_every_step_of_the_batch_is_there_with_its_reason() -> None:
    section = batch_section(XOR)
    words = [block.text for block in section.blocks if isinstance(block, Prose)]
    assert len(words) == len(trace(XOR, "batch")) + 1
    assert "all 4 examples at a time" in words[0] and "**mean**" in words[0]
    assert [block.text for block in section.blocks if isinstance(block, Heading)] == [
        "Forward", "The loss", "Backward", "The learning step"
    ]  # fmt: skip


def test_the_numbers_are_those_of_the_matrices() -> None:
    formulas = [block.latex for block in batch_section(XOR).blocks if isinstance(block, Formula)]
    (shown,) = [
        latex for latex in formulas if latex.startswith(r"\begin{aligned}\underset{2 \times 2}{\frac{\partial L}")
    ]
    result = shown.rpartition("&= ")[2].removesuffix(r"\end{aligned}")
    step = next(s for s in trace(XOR, "batch") if (s.op, s.layer) == ("weight_gradient", 1))
    found = evaluate(re.sub(r"\\underset\{\d+ \\times \d+\}", "", result))
    np.testing.assert_allclose(found, step.value, rtol=1e-3)


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=lambda notation: notation.name)
def test_it_is_written_in_every_notation(notation) -> None:
    formulas = [block.latex for block in batch_section(XOR, notation=notation).blocks if isinstance(block, Formula)]
    assert all(marked(latex) for latex in formulas[:2])
    for latex in formulas:
        require_balanced(latex)
