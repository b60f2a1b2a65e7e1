"""What the inspector says about a place in the network: equations that hold, and of the engine's numbers."""

import re
from dataclasses import replace

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, sgd_step
from engine.analysis.inspection import Fact, facts
from engine.formulas.notations import NOTATIONS, Notation, Translation
from engine.network.places import Bias, Input, LossValue, Neuron, Target, Weight
from tests.engine.formulas.cases import every_case, require_equal
from tests.latex import evaluate
from tests.samples import passes

pytestmark = pytest.mark.usefixtures("exact")

SLOPE = "slope of the activation"


def sides(latex: str) -> list[str]:
    """The sides of an equation, aligned over several lines or not; a broken sum is one side."""
    whole = re.sub(r"\\begin\{aligned\}|\\end\{aligned\}", "", latex).replace(r"\\[2pt] &\quad{} + ", " + ")
    return [side.strip() for side in re.split(r"(?:\\\\\[2pt\] )?&= | = ", whole)]


def numeric(latex: str, parameter: float | None) -> list[object]:
    """What the sides that consist of numbers alone come to."""
    found = []
    for side in sides(latex):
        if r"\V" in side or r"\G" in side:
            with np.errstate(all="ignore"):
                found.append(np.squeeze(evaluate(side, parameter)))
    return found


def of(facts: tuple[Fact, ...], *words: str) -> str:
    (latex,) = [fact.latex for fact in facts if fact.words in words]
    return latex


@every_case
def test_a_neuron_has_z_a_slope_gradient_delta_and_bias_gradient(experiment: Experiment) -> None:
    passed, back = passes(experiment)
    for index, layer in enumerate(experiment.network.layers):
        whole = not ACTIVATIONS[layer.activation].elementwise
        for j in range(layer.n_out):
            said = facts(experiment, Neuron(index + 1, j + 1))
            at = slice(None) if whole else j
            for value, *words in (
                (passed.z[index][j], "weighted sum"),
                (passed.a[index + 1][at], "activation"),
                (back.da[index][j], "gradient of the loss at the output", "gradient summed from the next layer"),
                (back.delta[index][at], "delta"),
                (back.db[index][j], "gradient of the bias"),
            ):
                for found in numeric(of(said, *words), layer.parameter):
                    np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12)
            slope = of(said, SLOPE)
            if not slope.startswith("J_"):
                number = ACTIVATIONS[layer.activation].df(passed.z[index], layer.parameter)[j]
                # what explains a letter stands behind the number
                require_equal(sides(slope.partition(r",\quad")[0])[-1], number)


@pytest.mark.parametrize("name", PRESETS)
def test_a_weight_has_its_contribution_its_gradient_and_its_new_value(name: str) -> None:
    experiment = PRESETS[name].experiment.example(1)
    passed, back = passes(experiment)
    learned = sgd_step(experiment.network, back, experiment.learning_rate)
    for index, layer in enumerate(experiment.network.layers):
        for (j, i), w in np.ndenumerate(layer.W):
            said = facts(experiment, Weight(index + 1, j + 1, i + 1))
            expected = (w, w * passed.a[index][i], back.dW[index][j, i], learned.layers[index].W[j, i])
            for fact, value in zip(said, expected, strict=True):
                assert f"w_{{{j + 1}{i + 1}}}^{{({index + 1})}}" in fact.latex
                for found in numeric(fact.latex, None):
                    np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12, err_msg=fact.latex)


def test_an_input_has_its_value_and_what_the_loss_makes_of_it() -> None:
    experiment = PRESETS["worked-example"].experiment
    dx = passes(experiment)[1].dx
    for index, x in enumerate(experiment.x):
        said = facts(experiment, Input(index + 1))
        assert said == facts(experiment, Neuron(0, index + 1))
        for fact, value in zip(said, (x, dx[index]), strict=True):
            require_equal(sides(fact.latex)[-1], value)


@every_case
def test_a_bias_has_its_gradient_and_its_new_value(experiment: Experiment) -> None:
    back = passes(experiment)[1]
    for update in (True, False):
        own = replace(experiment, update_biases=update)
        learned = sgd_step(own.network, back, own.learning_rate, update)
        for index, layer in enumerate(own.network.layers):
            for j, b in enumerate(layer.b):
                said = facts(own, Bias(index + 1, j + 1))
                for fact, value in zip(said, (b, back.db[index][j], learned.layers[index].b[j]), strict=True):
                    assert f"b_{{{j + 1}}}^{{({index + 1})}}" in fact.latex
                    for found in numeric(fact.latex, None):
                        np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12, err_msg=fact.latex)
                assert ("keeps biases" in said[-1].words) != update


@every_case
def test_a_target_has_the_output_beside_it_and_what_the_loss_makes_of_it(experiment: Experiment) -> None:
    passed, back = passes(experiment)
    for j, y in enumerate(experiment.y):
        said = facts(experiment, Target(j + 1))
        for fact, value in zip(said, (y, passed.output[j], back.da[-1][j]), strict=True):
            for found in numeric(fact.latex, None):
                np.testing.assert_allclose(found, value, rtol=1e-9, atol=1e-12, err_msg=fact.latex)


@every_case
def test_the_loss_has_its_formula(experiment: Experiment) -> None:
    (said,) = facts(experiment, LossValue())
    for found in numeric(said.latex, None):
        np.testing.assert_allclose(found, passes(experiment)[1].loss, rtol=1e-9, atol=1e-12, err_msg=said.latex)


@every_case
def test_a_slope_is_given_before_it_is_used(experiment: Experiment) -> None:
    for index, layer in enumerate(experiment.network.layers):
        for j in range(layer.n_out):
            words = [fact.words for fact in facts(experiment, Neuron(index + 1, j + 1))]
            assert words.count(SLOPE) == 1
            assert words.index("activation") < words.index(SLOPE) < words.index("delta")


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=NOTATIONS.keys())
def test_of_a_batch_a_gradient_is_that_of_the_example_looked_at(notation: Notation) -> None:
    one = PRESETS["worked-example"].experiment
    batch = Experiment(one.network, np.vstack([one.x, -one.x]), np.vstack([one.y, one.y]), 0.1)
    (own,) = (fact.latex for fact in facts(batch.in_batch(2), Bias(1, 1), notation) if fact.words == "its gradient")
    left, delta, _ = own.split(" = ")
    sizes = one.network.sizes
    assert left == Translation(notation, sizes).formula(r"\frac{\partial L_{2}}{\partial b_{1}^{(1)}}")
    # where delta is written as a gradient too, it is that of the same example
    assert delta == Translation(notation, sizes, "2").formula(r"\delta_{1}^{(1)}")
    assert (delta != Translation(notation, sizes).formula(r"\delta_{1}^{(1)}")) == (not notation.letters.delta)
