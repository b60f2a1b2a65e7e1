"""Weights and choices become a network, and it takes the place of the one at hand."""

import numpy as np
import pytest
from hypothesis import given

from engine import PRESETS, Experiment, Layer, Network
from engine.files.weights import (
    experiment_with,
    losses_for,
    usual_activations,
)
from tests.strategies import OUTPUTS, experiments, least_width, networks


@pytest.mark.parametrize(("loss", "activation"), OUTPUTS)
def test_losses_offered_are_those_a_network_can_be_built_with(loss: str, activation: str) -> None:
    n = least_width(loss, activation)
    assert loss in losses_for(activation, n)
    for offered in losses_for(activation, n):
        Network([Layer(np.eye(n), np.zeros(n), activation)], offered)


def test_first_choices_are_the_usual_ones() -> None:
    assert usual_activations((3, 4, 5)) == ("relu", "softmax") and usual_activations((3, 1)) == ("sigmoid",)
    assert losses_for("softmax", 3)[0] == "cross_entropy" and losses_for("sigmoid", 1)[0] == "binary_cross_entropy"
    assert losses_for("identity", 1)[0] == "half_squared_error"


@given(networks(), experiments())
def test_a_network_takes_the_place_of_any_other(network: Network, at_hand: Experiment) -> None:
    made = experiment_with(network, at_hand)
    assert made.network == network and made.learning_rate == at_hand.learning_rate
    if len(at_hand.x) == network.sizes[0]:
        assert (made.x == at_hand.x).all()


def test_the_input_and_target_at_hand_are_kept_where_they_fit() -> None:
    at_hand = PRESETS["worked-example"].experiment
    assert experiment_with(at_hand.network, at_hand) == at_hand
