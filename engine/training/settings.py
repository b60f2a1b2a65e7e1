"""All that describes a training run besides its network and its data, in one value that is checked when it is made.

Pages hand it around and keep it; the loop is told nothing else.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from engine.training.hyperparameters import Settings
from engine.training.optimizers import OPTIMIZERS
from engine.training.schedules import SCHEDULES
from engine.validation import flag, not_negative, whole_number


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """How to train: raises InvalidExperiment for what is not allowed.

    Each epoch visits all examples once, in batches of batch_size, in an order drawn from
    np.random.default_rng(seed).permutation(n) (one full batch keeps their order).
    optimizer_settings and schedule_settings: numbers of the optimizer and schedule, by the hyperparameter's name.
    l1, l2: added to the gradient of each weight w are l1·sign(w) + l2·w; the biases are not penalised.
    measures: the epochs after which to measure loss and accuracy, or how many, evenly spaced; by default each of up
    to 200. snapshots: the same for the networks to keep; these epochs are measured too.
    """

    epochs: int
    batch_size: int
    seed: int
    optimizer: str = "sgd"
    learning_rate: float = 0.03
    optimizer_settings: Settings = field(default_factory=dict)
    schedule: str = "constant"
    schedule_settings: Settings = field(default_factory=dict)
    l1: float = 0.0
    l2: float = 0.0
    update_biases: bool = True
    measures: int | Sequence[int] = 201
    snapshots: int | Sequence[int] = 60

    def __post_init__(self) -> None:
        OPTIMIZERS[self.optimizer].settings(self.optimizer_settings)
        SCHEDULES[self.schedule].settings(self.schedule_settings)
        checked = {
            "epochs": whole_number(self.epochs, "The number of epochs", 0),
            "batch_size": whole_number(self.batch_size, "The batch size", 1),
            "seed": whole_number(self.seed, "The seed", 0),
            "learning_rate": not_negative(self.learning_rate, "The learning rate"),
            "optimizer_settings": MappingProxyType(dict(self.optimizer_settings)),
            "schedule_settings": MappingProxyType(dict(self.schedule_settings)),
            "l1": not_negative(self.l1, "The L1 penalty"),
            "l2": not_negative(self.l2, "The L2 penalty"),
            "update_biases": flag(self.update_biases, "update_biases"),
            "measures": _chosen(self.measures, "measures"),
            "snapshots": _chosen(self.snapshots, "snapshots"),
        }
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def kept(self) -> frozenset[int]:
        """The epochs after which the network is kept."""
        return self._spread(self.snapshots)

    @property
    def measured(self) -> frozenset[int]:
        """The epochs after which loss and accuracy are measured."""
        return self._spread(self.measures) | self.kept

    def _spread(self, chosen: int | Sequence[int]) -> frozenset[int]:
        if isinstance(chosen, Sequence):
            return frozenset(chosen)
        return frozenset(np.linspace(0, self.epochs, min(chosen, self.epochs + 1)).round().astype(int).tolist())


def _chosen(epochs: int | Sequence[int], name: str) -> int | tuple[int, ...]:
    if isinstance(epochs, Sequence):
        return tuple(whole_number(epoch, f"An epoch in {name}", 0) for epoch in epochs)
    return whole_number(epochs, name, 1)
