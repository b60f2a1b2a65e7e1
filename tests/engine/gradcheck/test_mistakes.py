"""Each classical mistake makes the numbers it is known for, and the gradient check catches it."""

import re

import numpy as np
import pytest

from engine import (
    LOSSES,
    PRESETS,
    Experiment,
    InvalidExperiment,
    Layer,
    Network,
    backward,
    check_gradients,
    forward,
    sgd_step,
)
from engine.formulas.notations import NOTATIONS
from engine.gradcheck.check import TOLERANCE
from engine.gradcheck.mistakes import MISTAKES
from tests import oracles
from tests.oracles import assert_close
from tests.samples import passes

EXAMPLE = next(iter(PRESETS.values())).experiment
MAZUR = next(p.experiment for p in PRESETS.values() if not p.experiment.update_biases)


def curved() -> Experiment:
    """A network in which every mistake can be made."""
    rng = np.random.default_rng(2)
    layers = [
        Layer(rng.standard_normal((3, 3)), rng.standard_normal(3), name) for name in ("tanh", "sigmoid", "softmax")
    ]
    return Experiment(Network(layers, "cross_entropy"), rng.standard_normal(3), [0.0, 1.0, 0.0], 0.1)


@pytest.mark.parametrize("name", list(MISTAKES))
def test_the_check_catches_every_mistake(name: str) -> None:
    e, mistake = curved(), MISTAKES[name]
    assert mistake.applies(e.network)
    assert check_gradients(e.network, e.x, e.y).passed
    assert check_gradients(e.network, e.x, e.y, mistake.backward(e)).largest_relative_error > 1000 * TOLERANCE


def test_without_the_exponential_the_worked_example_gives_its_published_wrong_output() -> None:
    # published from rounded hidden values: 0.2698, 0.3223, 0.4078
    wrong = MISTAKES["softmax_without_exponential"]
    output = wrong.forward(EXAMPLE).output
    oracles.assert_close(output, [0.26979, 0.32228, 0.40793], rtol=2e-5)
    oracles.assert_close(wrong.backward(EXAMPLE).delta[-1], output - [1, 0, 0], rtol=1e-12)


def test_without_the_exponential_outputs_that_add_up_to_nothing_are_said_to() -> None:
    network = Network([Layer(np.eye(2), [0.0, 0.0], "softmax")], "cross_entropy")
    with pytest.raises(InvalidExperiment, match="add up to 0"):
        MISTAKES["softmax_without_exponential"].forward(Experiment(network, [1.0, -1.0], [1.0, 0.0], 0.1))


def test_updating_before_back_propagating_gives_the_loss_that_mazur_published() -> None:
    wrong = sgd_step(MAZUR.network, MISTAKES["updated_weights"].backward(MAZUR), MAZUR.learning_rate, False)
    assert backward(wrong, forward(wrong, MAZUR.x), MAZUR.y).loss == pytest.approx(0.291027924, abs=5e-10)


def test_the_diagonal_alone_leaves_one_minus_the_output() -> None:
    delta = MISTAKES["softmax_diagonal"].backward(EXAMPLE).delta[-1]
    oracles.assert_close(delta, [-0.801553, 0, 0], rtol=1e-5)


def test_hidden_mistakes_are_what_their_formulas_say_number_by_number() -> None:
    e = curved()
    passed, right = passes(e)
    W, delta, a, z = e.network.layers[2].W, right.delta[2], passed.a, passed.z[1]
    sigma = 1 / (1 + np.exp(-z))
    back = np.array([sum(W[k, i] * delta[k] for k in range(3)) for i in range(3)])
    bent = 1 / (1 + np.exp(-sigma))
    expected = {
        "no_slope": back,
        "slope_at_activation": back * bent * (1 - bent),
        "not_transposed": np.array([sum(W[i, k] * delta[k] for k in range(3)) for i in range(3)]) * sigma * (1 - sigma),
        "swapped_difference": -back * sigma * (1 - sigma),
        "own_activation": back * sigma * (1 - sigma),
        "no_bias_gradient": back * sigma * (1 - sigma),
    }
    for name, value in expected.items():
        oracles.assert_close(MISTAKES[name].backward(e).delta[1], value, rtol=1e-12)
    own = MISTAKES["own_activation"].backward(e).dW[1]
    oracles.assert_close(own, [[right.delta[1][j] * a[2][i] for i in range(3)] for j in range(3)], rtol=1e-12)
    assert not np.concatenate(MISTAKES["no_bias_gradient"].backward(e).db).any()


def test_a_mistake_applies_only_where_there_is_room_for_it() -> None:
    one = Network([Layer([[1.0, 2.0]], [0.0], "identity")], "half_squared_error")
    names = {name for name, mistake in MISTAKES.items() if mistake.applies(one)}
    assert names == {"no_bias_gradient", "swapped_difference"}


@pytest.mark.parametrize("loss", ["half_squared_error", "mean_squared_error", "huber", "binary_cross_entropy"])
def test_without_the_exponential_nothing_else_is_wrong(loss: str) -> None:
    """The delta is that of the loss at the wrong output, through the Jacobian of a softmax with that output."""
    network = Network([Layer([[1, 0.5], [0.25, 1], [0.5, 0.25]], [0.1, 0.2, 0.3], "softmax")], loss)
    experiment = Experiment(network, [0.5, 1], [1, 0, 0], 0.1)
    wrong = MISTAKES["softmax_without_exponential"]
    a = wrong.forward(experiment).output
    gradient = LOSSES[loss].gradient(a, experiment.y, 3)
    jacobian = np.diag(a) - np.outer(a, a)
    np.testing.assert_allclose(wrong.backward(experiment).delta[-1], jacobian.T @ gradient, rtol=1e-12)


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=list(NOTATIONS))
def test_in_every_notation_the_matrix_stands_so_that_the_formula_gives_what_the_program_does(notation):
    rng, layout = np.random.default_rng(3), notation.layout
    W, delta = rng.normal(size=(3, 3)), rng.normal(size=(3, 1))
    shown = {"W": W.T if layout.inputs_first else W, "d": delta.T if layout.rows else delta}

    def worked(latex):
        factors = re.findall(r"W\^\{\(l\+1\)\}(?:\}\^\{\\top\})?|\\delta", latex.partition(" = ")[2])
        tables = [shown["d" if name.startswith("\\") else "W"] for name in factors]
        tables = [table.T if "top" in name else table for name, table in zip(factors, tables, strict=True)]
        return (tables[0] @ tables[1]).ravel()

    wrong, right = map(worked, MISTAKES["not_transposed"].formulas(layout))
    assert_close(wrong, (W @ delta).ravel(), rtol=1e-12)
    assert_close(right, (W.T @ delta).ravel(), rtol=1e-12)
    updated = MISTAKES["updated_weights"].formulas(layout)
    assert updated[1] == MISTAKES["not_transposed"].formulas(layout)[1]
    assert (r"\right)^{\top}" in updated[0]) == ("top" in updated[1])
