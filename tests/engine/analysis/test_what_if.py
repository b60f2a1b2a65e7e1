"""What is only tried is judged by its loss and its gradients, and leaves no trace in what all sessions share."""

import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, InvalidExperiment, Layer, Network
from engine.analysis.what_if import alternatives
from engine.backprop.learning_step import learning_step
from engine.memory import SHARED


def test_another_activation_is_tried_though_its_update_would_overflow() -> None:
    network = Network([Layer([[1.0]], [0.0], "sigmoid"), Layer([[1e49]], [0.0], "identity")], "half_squared_error")
    tried = {found.activation: found for found in alternatives(Experiment(network, [1e99], [0.5], 1e45), 0)}
    assert tried["identity"].loss == pytest.approx(0.5 * (1e99 * 1e49) ** 2)
    with pytest.raises(InvalidExperiment, match="updated weights"):
        learning_step(tried["identity"].experiment)


def test_nothing_that_is_tried_is_kept() -> None:
    SHARED.clear()
    assert len(alternatives(PRESETS["worked-example"].experiment, 0)) == len(ACTIVATIONS)
    assert SHARED.held == 0
