"""One weight and the way to its gradient."""

import numpy as np
import pytest

from engine import InvalidExperiment
from engine.derivation import book
from engine.derivation.chapters.ch06_weight import weight_chapter
from engine.derivation.steps.worked import Calculation
from engine.formulas.symbols import UNFOLDED, derivative, parameter
from engine.network.places import Weight
from tests import oracles
from tests.engine.derivation.cases import CASES, EXAMPLE
from tests.engine.derivation.reading import matrix_formulas, numeric
from tests.latex import evaluate


@pytest.mark.parametrize("name", ["worked-example", "vanishing", "hidden softmax", "hidden leaky_relu", "single layer"])
def test_the_chapter_on_a_weight_leads_to_its_gradient_for_every_weight(name: str, exact: None) -> None:
    experiment = CASES[name]
    _, gradients, _ = oracles.gradients(experiment.network, experiment.x, experiment.y)
    for layer, (dW, _) in enumerate(gradients, 1):
        for (j, i), gradient in np.ndenumerate(dW):
            weight = Weight(layer, j + 1, i + 1)
            written = matrix_formulas(weight_chapter(Calculation(experiment, UNFOLDED), weight).blocks)
            beginning = rf"\begin{{aligned}}{derivative(parameter(weight))}"
            (product,) = [f for f in written if f.startswith(beginning)]
            for side in numeric(product):
                np.testing.assert_allclose(evaluate(side), gradient, rtol=1e-8, atol=1e-12)
            check = written[-1].partition(" = ")[2].partition(r"\quad")[0]
            np.testing.assert_allclose(evaluate(check), gradient, rtol=1e-5, atol=1e-8)


@pytest.mark.parametrize("weight", [Weight(4, 1, 1), Weight(3, 4, 1), Weight(1, 1, 0), Weight(0, 1, 1)])
def test_a_weight_that_the_network_does_not_have_is_refused(weight: Weight) -> None:
    with pytest.raises(InvalidExperiment, match="has no weight to neuron"):
        book(EXAMPLE, weight=weight)
