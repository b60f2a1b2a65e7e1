"""Formulas on the page: balanced, shortened where they are long, each with a title."""

from dataclasses import astuple

import numpy as np
import pytest

from engine import PRESETS, Experiment, Network, trace
from engine.backprop.trace import Detail
from engine.formulas.equations import equation, title
from engine.formulas.symbols import UNFOLDED, Extent
from tests.engine.formulas.cases import DETAILS, RNG, every_case, layer
from tests.latex import marked, number_of, require_balanced


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


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("name", PRESETS)
def test_every_step_has_a_title_of_its_own(name: str, detail: Detail) -> None:
    experiment = PRESETS[name].experiment.example(1)
    titles = [title(step, experiment) for step in trace(experiment, detail)]
    assert len(set(titles)) == len(titles)


def test_titles_name_phase_layer_op_and_neuron() -> None:
    experiment = PRESETS["worked-example"].experiment
    titles = [title(step, experiment) for step in trace(experiment)]
    assert titles[0] == "Forward · Hidden 1 · weighted sum, neuron 1"
    assert "Forward · Output · activations" in titles
    assert "Loss · prediction against target" in titles
    assert titles[-2:] == [
        "Update · Hidden 1 · update of the biases",
        "Update · the example once more, with the new parameters",
    ]
