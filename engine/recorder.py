"""Keeps the record of a run while it goes on: losses, accuracies, gradient norms and snapshots by epoch."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.classes import class_of, is_classes
from engine.errors import InvalidExperiment
from engine.fused import FusedPasses, with_ones
from engine.history import History
from engine.network import Network, require_targets
from engine.ops import OPS
from engine.parameters import with_parameters
from engine.passes import loss_operands
from engine.validation import examples, whole_number

# A loss beyond this is on its way out of float64, and nothing on a curve would be seen beside it
TOO_LARGE = 1e12

# Epochs that are recorded beyond those asked for, in case that the run ends early
_SPARE = 32


class TrainingData:
    """Examples x (n, n_in) and y (n, n_out) that were checked against a network; `words` names them in messages."""

    def __init__(self, network: Network, x: Any, y: Any, words: str) -> None:
        n_in, n_out = network.sizes[0], network.sizes[-1]
        x = examples(x, f"The {words} inputs x", n_in, f"the first layer takes {n_in} inputs")
        self.x = np.atleast_2d(x)
        self.y = np.atleast_2d(examples(y, f"The {words} targets y", n_out, f"the network has {n_out} outputs"))
        if len(self.x) != len(self.y):
            raise InvalidExperiment(f"There are {len(self.x)} {words} inputs but {len(self.y)} {words} targets.")
        require_targets(network, self.y)
        self.x1 = with_ones(self.x)
        self.size = len(self.x)
        self.classes = class_of(self.y) if is_classes(self.y) else None


class Recorder:
    """Measures the parameters of `passes` on the training and, if given, the test data, and keeps some of them.

    measured and kept: the epochs at which to do so. A run may end before it comes to many of these, so some more are
    recorded at an even stride, which doubles when they have become too many; a run that is complete drops them.
    """

    def __init__(
        self,
        passes: FusedPasses,
        data: TrainingData,
        test: TrainingData | None,
        measured: frozenset[int],
        kept: frozenset[int],
    ) -> None:
        self.data = data
        self._measured = measured | kept
        self._stride = 1
        self._spare: set[int] = set()
        self._test = test
        self._passes = passes
        self._wanted = kept
        self._measures: dict[int, tuple[float, float]] = {}
        self._test_measures: dict[int, tuple[float, float]] = {}
        self._norms: dict[int, Array] = {}
        self._kept: dict[int, Array] = {}
        self._last = passes.theta.copy()

    def wants(self, epoch: int) -> bool:
        """Return whether the state after `epoch` is to be recorded."""
        return epoch in self._measured or epoch % self._stride == 0

    def record(self, epoch: int, norms: Array) -> bool:
        """Record the state after `epoch`; return False, and record nothing, if its numbers have grown too large."""
        measures = self._measure(self.data)
        if not (measures[0] < TOO_LARGE and np.isfinite(self._passes.theta.sum())):
            return False
        self._measures[epoch] = measures
        if self._test:
            self._test_measures[epoch] = self._measure(self._test)
        self._norms[epoch] = norms
        self._last[...] = self._passes.theta
        if epoch not in self._wanted and epoch % self._stride == 0:
            self._spare.add(epoch)
        if epoch in self._wanted or epoch in self._spare:
            self._kept[epoch] = self._last.copy()
        if len(self._spare) > _SPARE:
            self._stride *= 2
            self._drop({spare for spare in self._spare if spare % self._stride})
        return True

    def history(self, steps: int, diverged: bool = False, problem: str = "") -> History:
        """Return what was recorded; the last epoch is always among the snapshots. `problem`: why it ended early."""
        self._kept[max(self._measures)] = self._last
        if not problem:
            self._drop(set(self._spare))
        loss, accuracy = _curves(self._measures, self.data)
        test_loss, test_accuracy = _curves(self._test_measures, self._test) if self._test else (None, None)
        return History(
            with_parameters(self._passes.network, self._last),
            tuple(self._measures),
            loss,
            accuracy,
            test_loss,
            test_accuracy,
            np.array(list(self._norms.values())),
            tuple(self._kept),
            np.array(list(self._kept.values())),
            steps,
            diverged,
            problem,
        )

    def _drop(self, epochs: set[int]) -> None:
        self._spare -= epochs
        for epoch in epochs:
            self._kept.pop(epoch, None)
        for epoch in epochs - self._measured:
            for record in (self._measures, self._test_measures, self._norms):
                record.pop(epoch, None)

    def _measure(self, data: TrainingData) -> tuple[float, float]:
        z, a = self._passes.forward(data.x1)
        op, operands = loss_operands(self._passes.network, z, a, data.y)
        loss = float(OPS[op].compute(*operands).mean())
        right = np.count_nonzero(class_of(a) == data.classes) / data.size if data.classes is not None else 0.0
        return loss, right


def chosen_epochs(chosen: int | Sequence[int], epochs: int, name: str) -> frozenset[int]:
    """Return the epochs asked for, or that many evenly spaced from 0 to the last one."""
    if isinstance(chosen, Sequence):
        return frozenset(whole_number(epoch, f"An epoch in {name}", 0) for epoch in chosen)
    number = whole_number(chosen, name, 1)
    return frozenset(np.linspace(0, epochs, min(number, epochs + 1)).round().astype(int).tolist())


def _curves(measures: dict[int, tuple[float, float]], data: TrainingData) -> tuple[Array, Array | None]:
    table = np.array(list(measures.values()))
    return table[:, 0], table[:, 1] if data.classes is not None else None
