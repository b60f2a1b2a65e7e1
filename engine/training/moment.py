"""Where a run stands after its last step: all that its next one would be made of."""

from dataclasses import dataclass

from engine.arrays import Array
from engine.training.settings import TrainingSettings


@dataclass(frozen=True, eq=False, kw_only=True)
class Moment:
    """The next mini-batch x (batch, n_in), y (batch, n_out), and what the optimizer remembers: `state`, each (P,).

    rate: the learning rate of that step by the schedule; t: its number, from 1.
    """

    settings: TrainingSettings
    x: Array
    y: Array
    state: tuple[Array, ...]
    rate: float
    t: int
