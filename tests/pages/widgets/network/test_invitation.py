"""The invitation says how wrong the network is, by the numbers of its forward pass."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from engine import Experiment, InvalidExperiment, Layer, Network
from engine.backprop.learning_step import learning_step
from engine.network.editing import with_loss
from pages.widgets.network.invitation import invitation
from tests.samples import EXAMPLE
from tests.strategies import awkward


def one_neuron(activation: str, loss: str, w: float, y: float) -> Experiment:
    """One neuron without a bias whose input is 1, so that z is w."""
    network = Network([Layer(np.array([[w]]), np.array([0.0]), activation)], loss)
    return Experiment(network, np.array([1.0]), np.array([y]), 0.1)


@pytest.mark.parametrize(
    ("experiment", "begins"),
    [
        # softmax of (1.87, 2.23, 2.82), by hand 6.49 / (6.49 + 9.30 + 16.8)
        (EXAMPLE, "This network gives the right class only 19.8%. Press play"),
        (replace(EXAMPLE, y=np.array([0.0, 0.0, 1.0])), "This network gives the right class 51.6%."),
        # no class, as the targets are shares of three
        (replace(EXAMPLE, y=np.array([0.5, 0.5, 0.0])), "This network answers (0.198, 0.285, 0.516). It should"),
        # σ(ln 3) = 0.75
        (one_neuron("sigmoid", "binary_cross_entropy", np.log(3), 1), "This network gives the right class 75.0%."),
        (one_neuron("sigmoid", "binary_cross_entropy", np.log(3), 0), "This network gives the right class only 25.0%."),
        (one_neuron("identity", "half_squared_error", -2, 1), "This network answers −2. It should answer 1."),
        (one_neuron("identity", "half_squared_error", 1, 1), "This network answers 1, just as it should. Press play"),
        (
            with_loss(one_neuron("sigmoid", "binary_cross_entropy", 0, 1), "mean_squared_error"),
            "This network answers 0.5.",
        ),
        # σ(-9) is 0.000123, and σ(-7) 0.000911
        (one_neuron("sigmoid", "binary_cross_entropy", -9, 1), "This network gives the right class less than 0.1%."),
        (one_neuron("sigmoid", "binary_cross_entropy", -9, 0), "This network gives the right class more than 99.9%."),
        (one_neuron("sigmoid", "binary_cross_entropy", -7, 1), "This network gives the right class only 0.1%."),
        (one_neuron("sigmoid", "binary_cross_entropy", -7, 0), "This network gives the right class 99.9%."),
        (
            one_neuron("softmax", "cross_entropy", 1, 1),
            "This network gives the right class 100.0%. Press play to see how,",
        ),
    ],
)
def test_it_says_how_wrong_the_answer_is(experiment: Experiment, begins: str) -> None:
    assert invitation(experiment).startswith(begins)


def test_many_outputs_are_summed_up_by_their_loss() -> None:
    network = Network([Layer(np.eye(4), np.zeros(4), "identity")], "half_squared_error")
    said = invitation(Experiment(network, np.ones(4), np.zeros(4), 0.1))
    # half of 1 + 1 + 1 + 1
    assert said.startswith("The loss of this network is 2. Press play")


@pytest.mark.parametrize(
    ("n", "begins"),
    [
        (2, "This network answers (0.5, 0.5); the targets are (0, 0), but the loss is 0."),
        (4, "The loss of this network is 0, though its outputs are not the targets."),
    ],
)
def test_a_loss_of_0_does_not_make_an_answer_right(n: int, begins: str) -> None:
    network = Network([Layer(np.eye(n), np.zeros(n), "softmax")], "cross_entropy")
    said = invitation(Experiment(network, np.ones(n), np.zeros(n), 0.1))
    assert said.startswith(begins) and "should" not in said and "nothing is left" not in said


@settings(max_examples=30)
@given(awkward())
@np.errstate(all="ignore")
def test_it_promises_learning_only_where_the_step_changes_something(experiment: Experiment) -> None:
    try:
        words, made = invitation(experiment), learning_step(experiment)
    except InvalidExperiment:
        return
    assert "how it learns" not in words or made.updated != experiment.network
    assert "this step changes nothing" not in words or made.updated == experiment.network
