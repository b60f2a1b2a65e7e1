"""One weight and the way to its gradient."""

from dataclasses import replace

import numpy as np
import pytest

from engine import LOSSES, Experiment, InvalidExperiment, Layer, Network
from engine.derivation import book
from engine.derivation.blocks import Prose
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


@pytest.mark.parametrize(("loss", "output"), [(loss, out) for loss, one in LOSSES.items() for out in one.joint])
@pytest.mark.parametrize("far", [900.0, -900.0, 45.0, 2.0])
@pytest.mark.parametrize("to", [1, 2])
def test_where_an_output_has_rounded_to_0_or_1_no_equals_sign_is_wrong(
    loss: str, output: str, far: float, to: int, exact: None
) -> None:
    network = Network([Layer([[0.5], [-0.5]], [far, 0.0], output)], loss)
    experiment = Experiment(network, [0.5], [0.0, 1.0], 0.1)
    calculation = Calculation(experiment, UNFOLDED)
    blocks = weight_chapter(calculation, Weight(1, to, 1)).blocks
    for written in matrix_formulas(blocks):
        shown = [evaluate(side) for side in numeric(written)] if written.startswith(r"\begin") else []
        assert all(np.allclose(side, shown[-1], rtol=2e-3, atol=1e-15) for side in shown), written
    said = any("spoils the first two" in block.text for block in blocks if isinstance(block, Prose))
    assert said <= calculation.spoiled
    # the first output is as far as can be from its target
    assert said or (loss, output, far, to) != ("binary_cross_entropy", "sigmoid", 900.0, 1)


def test_before_the_first_weight_of_a_sum_stand_no_dots() -> None:
    for source, begins in ((1, r"\left(w"), (2, r"\left(\dots + w")):
        written = matrix_formulas(weight_chapter(Calculation(EXAMPLE, UNFOLDED), Weight(1, 1, source)).blocks)
        assert any(begins in formula for formula in written)


@pytest.mark.parametrize("weight", [Weight(4, 1, 1), Weight(3, 4, 1), Weight(1, 1, 0), Weight(0, 1, 1)])
def test_a_weight_that_the_network_does_not_have_is_refused(weight: Weight) -> None:
    with pytest.raises(InvalidExperiment, match="has no weight to neuron"):
        book(EXAMPLE, weight=weight)


def test_where_the_weight_moves_a_neuron_over_a_kink_the_text_says_why_the_numbers_differ() -> None:
    def said(experiment: Experiment, weight: Weight) -> str:
        blocks = weight_chapter(Calculation(experiment, UNFOLDED), weight).blocks
        return " ".join(block.text for block in blocks if isinstance(block, Prose))

    # neuron 2 of the XOR network stands at z = 0, and with this target a gradient comes back to it
    xor = replace(CASES["xor"], y=np.array([0.5]))
    assert "over a kink" in said(xor, Weight(1, 2, 1))
    assert "over a kink" not in said(xor, Weight(1, 1, 1)) and "over a kink" not in said(EXAMPLE, Weight(1, 2, 1))


@pytest.mark.parametrize(
    ("name", "weight", "words"),
    [
        ("worked-example", Weight(1, 1, 1), "with this activation. It acts on the loss only through the neurons of"),
        ("worked-example", Weight(3, 1, 1), "with each output, as"),
        ("mazur", Weight(2, 1, 1), "with the output, as"),
        ("hidden softmax", Weight(2, 1, 1), "with each activation of the layer. Each acts"),
        ("first-look", Weight(1, 1, 1), "only through the neuron of the next layer (the"),
    ],
)
def test_the_first_factor_is_of_one_activation_or_of_each_and_goes_on_through_one_neuron_or_more(
    name: str, weight: Weight, words: str
) -> None:
    assert words in str(weight_chapter(Calculation(CASES[name], UNFOLDED), weight).blocks)


def test_in_a_softmax_the_weight_is_said_to_reach_the_loss_through_every_output() -> None:
    def introduction(experiment: Experiment) -> str:
        return next(b.text for b in weight_chapter(Calculation(experiment, UNFOLDED)).blocks if isinstance(b, Prose))

    assert "adds them up" in introduction(EXAMPLE) and "multiplies the three" not in introduction(EXAMPLE)
    assert "multiplies the three" in introduction(CASES["mazur"])
