"""The settings of a run are one value: frozen, checked when it is made, and enough to repeat the run."""

from dataclasses import FrozenInstanceError, replace

import numpy as np
import pytest

from engine import DATASETS, InvalidExperiment, Layer, Network, train
from engine.network.parameters import flatten
from engine.training.settings import TrainingSettings
from engine.training.train import train_with

SETTINGS = TrainingSettings(
    optimizer="momentum", optimizer_settings={"momentum": 0.5}, schedule="step", schedule_settings={"parts": 2},
    learning_rate=0.2, epochs=6, batch_size=3, seed=4, l1=0.01, l2=0.02, update_biases=False, snapshots=[1, 5],
)  # fmt: skip
DATA = DATASETS["moons"].make(10)


def test_the_value_trains_as_the_keywords_do() -> None:
    network = Network([Layer(np.full((1, 2), 0.3), [0.1], "sigmoid")], "binary_cross_entropy")
    words = vars(SETTINGS) | {"settings": SETTINGS.optimizer_settings}
    del words["optimizer_settings"]
    first, second = train(network, DATA.x, DATA.y, **words), train_with(SETTINGS, network, (DATA.x, DATA.y))
    assert (flatten(first.network) == flatten(second.network)).all() and (first.loss == second.loss).all()
    assert first.snapshot_epochs == second.snapshot_epochs == (1, 5, 6)


def test_nothing_changes_it_afterwards() -> None:
    given, epochs = {"momentum": 0.5}, [1, 2]
    made = TrainingSettings(
        optimizer="momentum", optimizer_settings=given, epochs=2, batch_size=1, seed=0, snapshots=epochs
    )
    given["momentum"] = 2.0
    epochs.append(3)
    assert made.optimizer_settings == {"momentum": 0.5} and made.kept == {1, 2}
    with pytest.raises(FrozenInstanceError):
        made.epochs = 3


def test_what_is_measured_follows_the_number_of_epochs() -> None:
    made = TrainingSettings(epochs=10, batch_size=1, seed=0, measures=3, snapshots=2)
    assert (made.measured, made.kept) == ({0, 5, 10}, {0, 10})
    assert replace(made, epochs=100).measured == {0, 50, 100}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"schedule": "cosine"}, "cosine has no setting 'parts'; it has minimum"),
        ({"schedule_settings": {"parts": 101}}, "number of parts of The schedule steps must be from 1 to 100"),
        ({"optimizer_settings": {"momentum": 1.0}}, "momentum of momentum must be from 0 to 0.999; 1 was given"),
        ({"snapshots": [-1]}, "An epoch in snapshots must be a whole number from 0"),
        ({"update_biases": 1}, "update_biases must be true or false"),
    ],
)
def test_what_is_not_allowed_is_named_before_there_are_data(changed: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidExperiment, match=words):
        replace(SETTINGS, **changed)
