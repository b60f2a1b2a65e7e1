"""From the output to its weighted sums, the short way and the long one."""

import numpy as np
import pytest

from engine import ACTIVATIONS, Experiment, Layer, Network
from engine.derivation.blocks import Heading, Prose
from engine.derivation.steps.worked import Calculation
from tests.engine.derivation.cases import CASES, every_case
from tests.engine.derivation.reading import chapter, matrix_formulas, numeric
from tests.latex import evaluate
from tests.nasty import NASTY
from tests.samples import passes


@every_case
def test_the_way_from_the_output_to_its_weighted_sums_is_said_for_its_function(experiment: Experiment) -> None:
    some = chapter(experiment, "error")
    (place,) = [number for number, block in enumerate(some) if isinstance(block, Heading)]
    record = ACTIVATIONS[experiment.network.layers[-1].activation]
    text = some[place + 1]
    assert isinstance(text, Prose) and f"applies the {record.title} function" in text.text
    assert ("whole Jacobian" in text.text) != record.elementwise


JOINT = {name: e for name, e in CASES.items() if Calculation(e).joint}


@pytest.mark.parametrize("experiment", JOINT.values(), ids=JOINT.keys())
def test_the_long_way_through_the_jacobian_comes_to_the_delta(experiment: Experiment, exact: None) -> None:
    some = chapter(experiment, "error")
    (long_way,) = [latex for latex in matrix_formulas(some) if latex.startswith(r"\begin{aligned}\delta")]
    delta = passes(experiment)[1].delta[-1]
    for side in numeric(long_way):
        np.testing.assert_allclose(np.squeeze(evaluate(side)), np.squeeze(delta), rtol=1e-9)
    # and only then the short one
    kinds = [getattr(block, "op", getattr(block, "latex", "")) for block in some]
    assert kinds.index(long_way) < kinds.index("joint_delta")
    assert Prose("Both ways lead to the same numbers.") in some


def test_where_the_long_way_loses_its_digits_the_text_says_so() -> None:
    layer = Layer(np.array([[900.0], [0.0]]), np.zeros(2), "softmax")
    extreme = Experiment(Network([layer], "cross_entropy"), [1.0], [0.0, 1.0], 0.1)
    text = " ".join(block.text for block in chapter(extreme, "error") if isinstance(block, Prose))
    assert "rounding spoils the long way" in text and "same numbers." in text


def test_where_the_short_way_loses_its_digits_neither_way_is_blamed_falsely() -> None:
    def said(z: float) -> str:
        network = Network([Layer([[0.0], [0.0]], [z, 0.0], "sigmoid")], "binary_cross_entropy")
        return str(chapter(Experiment(network, [1.0], [1.0, 0.0], 0.1), "error"))

    assert "Both ways lead to the same numbers" in said(20.0)
    assert "so close to its target that rounding shows" in said(34.0) and "spoils" not in said(34.0)
    assert "spoils the long way" in said(-800.0)


@pytest.mark.parametrize(("name", "said"), [("sigmoid at −800", True), ("sigmoid at 50", True), ("loss 0", False)])
def test_a_quotient_by_an_output_that_was_lost_is_not_called_a_gradient(name: str, said: bool) -> None:
    experiment = NASTY[name]
    lost = np.abs(passes(experiment)[1].da[-1]) > 1e300
    text = " ".join(block.text for block in chapter(experiment, "error") if isinstance(block, Prose))
    assert ("not the true gradient" in text) == lost.any() == said
