"""Training: many steps of an optimizer over the batches of a data set, recorded as a History.

The loop does no checks of its own inside; inputs are checked before it and the numbers once an epoch.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from engine.arrays import checked_afterwards
from engine.backprop.in_place import FusedPasses
from engine.errors import InvalidExperiment
from engine.network.model import Network
from engine.training.history import History
from engine.training.hyperparameters import NONE_GIVEN, Settings
from engine.training.loop import Batches, Descent
from engine.training.recorder import Recorder, TrainingData
from engine.training.settings import TrainingSettings

# inputs x (n, n_in) and targets y (n, n_out)
Examples = tuple[Any, Any]
OnEpoch = Callable[[int], bool]

DIVERGED = (
    "The run diverged by epoch {}: its numbers grew too large. Try a smaller learning rate, a smaller scale of the "
    "inputs or the initial weights, or an optimizer that adapts its step, such as Adam."
)


def train(
    network: Network,
    x: Any,
    y: Any,
    *,
    settings: Settings = NONE_GIVEN,
    test: Examples | None = None,
    on_epoch: OnEpoch = lambda epoch: True,
    **run: Any,
) -> History:
    """Train `network` on the examples x (n, n_in) with targets y (n, n_out) and return the run's History.

    run: the fields of TrainingSettings, of which `epochs`, `batch_size` and `seed` must be given; settings: its
    optimizer_settings.
    test: inputs and targets to be measured too. on_epoch: called with the number of each finished epoch; the run stops
    when it returns False.
    Raises InvalidExperiment for a setting or data that cannot be used; a run that diverges does not raise but ends.
    """
    return train_with(TrainingSettings(optimizer_settings=settings, **run), network, (x, y), test, on_epoch)


def train_with(
    settings: TrainingSettings,
    network: Network,
    examples: Examples,
    test: Examples | None = None,
    on_epoch: OnEpoch = lambda epoch: True,
) -> History:
    """Train `network` on examples and return the run's History, as `train` does, with the settings as one value."""
    data = TrainingData(network, *examples, "training")
    tested = None if test is None else TrainingData(network, *test, "test")
    batches, passes = Batches(data, settings), FusedPasses(network)
    descent = Descent(passes, settings, settings.epochs * batches.per_epoch)
    return _run(descent, batches, Recorder(passes, data, tested, settings), settings.epochs, on_epoch)


@checked_afterwards
def _run(descent: Descent, batches: Batches, recorder: Recorder, epochs: int, on_epoch: OnEpoch) -> History:
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
            return _with_moment(_stopped(descent, recorder, epoch, epochs), descent, batches)
    return _with_moment(recorder.history(descent.t), descent, batches)


def _with_moment(history: History, descent: Descent, batches: Batches) -> History:
    return replace(history, moment=descent.moment(next(batches.shuffled())))


def _stopped(descent: Descent, recorder: Recorder, epoch: int, epochs: int) -> History:
    if epoch not in recorder.measured:
        recorder.record(epoch, descent.gradient_norms(recorder.data))
    recorder.recover(lambda: descent.gradient_norms(recorder.data))
    return recorder.history(descent.t, problem=f"The run was stopped after {epoch} of {epochs} epochs.")
