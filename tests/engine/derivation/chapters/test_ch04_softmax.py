"""The softmax's derivative, where there is one and where it is an aside."""

import re

import numpy as np
import pytest

from engine import ACTIVATIONS, forward
from engine.derivation.blocks import Aside
from tests.engine.derivation.cases import CASES, EXAMPLE
from tests.engine.derivation.reading import chapter, formulas, matrix_formulas
from tests.latex import evaluate


@pytest.mark.parametrize("name", ["worked-example", "hidden softmax", "binary_cross_entropy of softmax"])
def test_the_jacobian_of_the_softmax_is_shown_in_symbols_and_in_numbers(name: str, exact: None) -> None:
    experiment = CASES[name]
    index = next(l for l, layer in enumerate(experiment.network.layers) if layer.activation == "softmax")
    passed = forward(experiment.network, experiment.x)
    J = ACTIVATIONS["softmax"].jacobian(passed.z[index])
    symbolic, numbers = matrix_formulas(chapter(experiment, "softmax"))[-2:]
    np.testing.assert_allclose(evaluate(numbers.removeprefix("J = ")), J, rtol=1e-12)
    a = r"\hat{y}" if index == len(passed.z) - 1 else "a"
    written = re.sub(rf"{re.escape(a)}_\{{(\d)\}}(\^\{{\(\d\)\}})?", r"\\Q\1", symbolic.rpartition(" = ")[2])
    letters = dict(zip("123456", "abcdef", strict=True))
    written = re.sub(r"\\Q(\d)", lambda found: f"\\Q{letters[found[1]]} ", written)
    values = {f"\\Q{letters[str(k)]}": value for k, value in enumerate(passed.a[index + 1], 1)}
    np.testing.assert_allclose(evaluate(written, **values), J, rtol=1e-12)


def test_without_a_softmax_its_derivative_is_offered_as_an_aside() -> None:
    for name in ("mazur", "first-look"):
        (aside,) = [block for block in chapter(CASES[name], "softmax") if isinstance(block, Aside)]
        assert any("J =" in latex for block in aside.blocks for latex in formulas(block))
    assert not any(isinstance(block, Aside) for block in chapter(EXAMPLE, "softmax"))
