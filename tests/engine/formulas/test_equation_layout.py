"""Formulas on the page: balanced, shortened where they are long, broken between terms, each with a title."""

import re
from dataclasses import astuple

import numpy as np
import pytest

from engine import (
    PRESETS,
    Experiment,
    Network,
    trace,
)
from engine.backprop.trace import Detail
from engine.formulas.equations import equation, title, wrapped
from engine.formulas.lines import NARROW
from engine.formulas.symbols import UNFOLDED, Extent
from tests.engine.formulas.cases import DETAILS, RNG, every_case, layer, steps
from tests.latex import marked, number_of

CLOSERS = {"}": "{", r"\right": r"\left"}


def require_balanced(latex: str) -> None:
    r"""Every brace, environment and \left is closed by its own kind."""
    unclosed: list[str] = []
    for token in re.findall(r"\\(?:begin|end)\{\w+\}|\\left\b|\\right\b|[{}]", latex):
        opener = CLOSERS.get(token) or (token.replace("end", "begin") if "end" in token else "")
        if not opener:
            unclosed.append(token)
        else:
            assert unclosed and unclosed.pop() == opener, latex
    assert not unclosed, latex


@every_case
def test_all_that_is_written_is_balanced(experiment: Experiment) -> None:
    for extent in (Extent(), Extent(3, 3), UNFOLDED):
        for detail in DETAILS:
            for step in trace(experiment, detail):
                written = equation(step, experiment, extent)
                for part in (*astuple(written), written.worked):
                    for latex in part if isinstance(part, tuple) else (part,):
                        require_balanced(latex)


WIDE = Experiment(
    Network([layer(10, 10, "tanh"), layer(10, 10, "softmax")], "cross_entropy"), RNG.normal(size=10), np.eye(10)[3], 0.1
)


def test_long_sums_are_cut_to_the_first_terms_and_the_last() -> None:
    step = trace(WIDE)[0]
    written = equation(step, WIDE, Extent(terms=4))
    assert written.symbols == (
        r"w_{11}^{(1)}\,x_{1} + w_{12}^{(1)}\,x_{2} + \dots + w_{1,10}^{(1)}\,x_{10} + b_{1}^{(1)}"
    )
    shown = [number_of(number) for number in marked(written.numbers)]
    W, x, b = step.operands
    np.testing.assert_allclose(shown, [W[0], x[0], W[1], x[1], W[9], x[9], b], rtol=5.01e-4)


@pytest.mark.parametrize("detail", DETAILS)
def test_large_matrices_are_cut_and_a_line_stays_a_line(detail: Detail) -> None:
    for step in trace(WIDE, detail):
        written = equation(step, WIDE)
        assert len(marked(written.numbers)) <= 6 * 6 * 2 + 12
        assert not (r"\\" in written.line and " & " in written.line)


@every_case
def test_a_broken_sum_says_the_same_as_the_whole(experiment: Experiment) -> None:
    for _, written in steps(experiment):
        broken = wrapped(written.numbers)
        assert broken.replace(r"\\[2pt] &\quad{} + ", " + ") == written.numbers
        assert written.worked.count(r"\begin{aligned}") == 1


def test_sums_break_between_terms_and_only_there() -> None:
    sum_of_brackets = " + ".join([r"\left(\V{0.1} + \V{0.2}\right) \cdot \frac{1 + x}{2 + y}"] * 6)
    lines = wrapped(sum_of_brackets).split(r"\\[2pt] &\quad{} + ")
    assert len(lines) > 1
    for line in lines:
        require_balanced(line)
        assert len(re.sub(r"\\[a-zA-Z]+|[{}\\^_\s]", "", line.replace(" + ", ""))) <= NARROW


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("name", PRESETS)
def test_every_step_has_a_title_of_its_own(name: str, detail: Detail) -> None:
    experiment = PRESETS[name].experiment
    titles = [title(step, experiment) for step in trace(experiment, detail)]
    assert len(set(titles)) == len(titles)


def test_titles_name_phase_layer_op_and_neuron() -> None:
    experiment = PRESETS["worked-example"].experiment
    titles = [title(step, experiment) for step in trace(experiment)]
    assert titles[0] == "Forward · Hidden 1 · weighted sum, neuron 1"
    assert "Forward · Output · activation" in titles
    assert "Loss · prediction against target" in titles
    assert titles[-1] == "Update · Hidden 1 · update of the biases"
