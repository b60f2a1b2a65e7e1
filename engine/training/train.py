"""Training: many steps of an optimizer over the batches of a data set, recorded as a History.

The loop does no checks of its own inside; inputs are checked before it and the numbers once an epoch.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from engine.arrays import checked_afterwards
from engine.backprop.in_place import FusedPasses
from engine.errors import InvalidExperiment
from engine.network.model import Network
from engine.training.history import History
from engine.training.hyperparameters import NONE_GIVEN, Settings
from engine.training.loop import Batches, Descent
from engine.training.optimizers import OPTIMIZERS
from engine.training.recorder import Recorder, TrainingData, chosen_epochs
from engine.training.schedules import SCHEDULES
from engine.validation import flag, not_negative, whole_number

DIVERGED = (
    "The run diverged by epoch {}: its numbers grew too large. Try a smaller learning rate, a smaller scale of the "
    "inputs or the initial weights, or an optimizer that adapts its step, such as Adam."
)


def train(
    network: Network,
    x: Any,
    y: Any,
    *,
    optimizer: str = "sgd",
    learning_rate: float = 0.03,
    epochs: int,
    batch_size: int,
    seed: int,
    settings: Settings = NONE_GIVEN,
    schedule: str = "constant",
    schedule_settings: Settings = NONE_GIVEN,
    l1: float = 0.0,
    l2: float = 0.0,
    update_biases: bool = True,
    test: tuple[Any, Any] | None = None,
    measures: int | Sequence[int] = 201,
    snapshots: int | Sequence[int] = 60,
    on_epoch: Callable[[int], bool] = lambda epoch: True,
) -> History:
    """Train `network` on the examples x (n, n_in) with targets y (n, n_out) and return the run's History.

    Each epoch visits all examples once, in batches of batch_size, in an order drawn from
    np.random.default_rng(seed).permutation(n) (one full batch keeps their order).
    settings and schedule_settings: numbers of the optimizer and schedule, by their option's name.
    l1, l2: added to the gradient of each weight w are l1·sign(w) + l2·w; the biases are not penalised.
    measures: the epochs after which to measure loss and accuracy, or how many, evenly spaced; by default each of up
    to 200. snapshots: the same for the networks to keep; these epochs are measured too.
    on_epoch: called with the number of each finished epoch; the run stops when it returns False.
    Raises InvalidExperiment for a setting or data that cannot be used; a run that diverges does not raise but ends.
    """
    data = TrainingData(network, x, y, "training")
    tested = None if test is None else TrainingData(network, *test, "test")
    epochs = whole_number(epochs, "The number of epochs", 0)
    batch_size = min(whole_number(batch_size, "The batch size", 1), data.size)
    rate = not_negative(learning_rate, "The learning rate")
    descent = Descent(
        FusedPasses(network),
        OPTIMIZERS[optimizer],
        settings,
        SCHEDULES[schedule].course(rate, epochs * -(-data.size // batch_size), schedule_settings),
        (not_negative(l1, "The L1 penalty"), not_negative(l2, "The L2 penalty")),
        flag(update_biases, "update_biases"),
    )
    batches = Batches(data, batch_size, np.random.default_rng(whole_number(seed, "The seed", 0)))
    kept = chosen_epochs(snapshots, epochs, "snapshots")
    recorder = Recorder(descent.passes, data, tested, chosen_epochs(measures, epochs, "measures"), kept)
    return _run(descent, batches, recorder, epochs, on_epoch)


@checked_afterwards
def _run(
    descent: Descent, batches: Batches, recorder: Recorder, epochs: int, on_epoch: Callable[[int], bool]
) -> History:
    if not recorder.record(0, descent.gradient_norms(recorder.data)):
        raise InvalidExperiment("The loss of this network on these data is too large to train from: scale them down.")
    for epoch in range(1, epochs + 1):
        if epoch not in recorder.measured:
            descent.epoch(batches.shuffled())
        elif not recorder.record(epoch, descent.measured_epoch(batches.shuffled())):
            recorder.recover(lambda: descent.gradient_norms(recorder.data))
            return recorder.history(descent.t, diverged=True, problem=DIVERGED.format(epoch))
        recorder.spare(epoch)
        if not on_epoch(epoch) and epoch < epochs:
            return _stopped(descent, recorder, epoch, epochs)
    return recorder.history(descent.t)


def _stopped(descent: Descent, recorder: Recorder, epoch: int, epochs: int) -> History:
    if epoch not in recorder.measured:
        recorder.record(epoch, descent.gradient_norms(recorder.data))
    recorder.recover(lambda: descent.gradient_norms(recorder.data))
    return recorder.history(descent.t, problem=f"The run was stopped after {epoch} of {epochs} epochs.")
