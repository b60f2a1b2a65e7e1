"""Keeps the record of a run while it goes on: losses, accuracies, gradient norms and snapshots by epoch."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array
from engine.backprop.in_place import FusedPasses, with_ones
from engine.backprop.ops import OPS
from engine.backprop.passes import loss_operands
from engine.data.labels import class_of, is_classes
from engine.errors import InvalidExperiment
from engine.network.model import Network, require_targets
from engine.network.parameters import with_parameters
from engine.training.history import History
from engine.training.settings import TrainingSettings
from engine.training.spare_snapshots import Spares
from engine.validation import counted, examples

# A loss beyond this is on its way out of float64, and nothing on a curve would be seen beside it
TOO_LARGE = 1e12


class TrainingData:
    """Examples x (n, n_in) and y (n, n_out) that were checked against a network; `words` names them in messages."""

    def __init__(self, network: Network, x: Any, y: Any, words: str) -> None:
        n_in, n_out = network.sizes[0], network.sizes[-1]
        x = examples(x, f"The {words} inputs x", n_in, f"the first layer takes {counted(n_in, 'input')}")
        self.x = np.atleast_2d(x)
        self.y = np.atleast_2d(
            examples(y, f"The {words} targets y", n_out, f"the network has {counted(n_out, 'output')}")
        )
        if len(self.x) != len(self.y):
            raise InvalidExperiment(f"There are {len(self.x)} {words} inputs but {len(self.y)} {words} targets.")
        require_targets(network, self.y)
        self.x1 = with_ones(self.x)
        self.size = len(self.x)
        self.classes = class_of(self.y) if is_classes(self.y) else None


@dataclass(frozen=True, eq=False, kw_only=True)
class _Entry:
    """What was measured after an epoch: loss and share of right classes on training and test data, gradient norms."""

    train: tuple[float, float]
    test: tuple[float, float] | None
    norms: Array


class Recorder:
    """Measures the parameters of `passes` on the training and, if given, the test data, and keeps some of them."""

    def __init__(
        self, passes: FusedPasses, data: TrainingData, test: TrainingData | None, settings: TrainingSettings
    ) -> None:
        self.data = data
        self.measured = settings.measured
        self._test = test
        self._passes = passes
        self._wanted = settings.kept
        self._entries: dict[int, _Entry] = {}
        self._kept: dict[int, Array] = {}
        self._spares = Spares()
        self._last = passes.theta.copy()

    def spare(self, epoch: int) -> None:
        """Keep the parameters after `epoch` for a while, in case that the run ends early."""
        self._spares.keep(epoch, self._passes.theta)

    def record(self, epoch: int, norms: Array) -> bool:
        """Record the state after `epoch`; return False, and record nothing, if its numbers have grown too large."""
        measures = self._measure(self.data)
        if not (measures[0] < TOO_LARGE and np.isfinite(self._passes.theta.sum())):
            return False
        self._entries[epoch] = _Entry(
            train=measures, test=self._measure(self._test) if self._test else None, norms=norms
        )
        self._last[...] = self._passes.theta
        if epoch in self._wanted:
            self._kept[epoch] = self._last.copy()
        return True

    def recover(self, norms: Callable[[], Array]) -> None:
        """Record the spares as well, for a run that ends early; `norms` returns those of the parameters at hand."""
        self._kept[max(self._entries)] = self._last.copy()
        for epoch, theta in self._spares:
            self._passes.theta[...] = theta
            if epoch in self._entries or self.record(epoch, norms()):
                self._kept[epoch] = theta

    def history(self, steps: int, diverged: bool = False, problem: str = "") -> History:
        """Return what was recorded; the last epoch is always among the snapshots."""
        entries = dict(sorted(self._entries.items()))
        last = max(entries)
        kept = dict(sorted(({last: self._last} | self._kept).items()))
        loss, accuracy = _curves([entry.train for entry in entries.values()], self.data)
        tested = [entry.test for entry in entries.values() if entry.test]
        test_loss, test_accuracy = _curves(tested, self._test) if self._test else (None, None)
        return History(
            network=with_parameters(self._passes.network, kept[last]),
            measured=tuple(entries),
            loss=loss,
            accuracy=accuracy,
            test_loss=test_loss,
            test_accuracy=test_accuracy,
            gradient_norms=np.array([entry.norms for entry in entries.values()]),
            snapshot_epochs=tuple(kept),
            snapshot_parameters=np.array(list(kept.values())),
            steps=steps,
            diverged=diverged,
            problem=problem,
        )

    def _measure(self, data: TrainingData) -> tuple[float, float]:
        z, a = self._passes.forward(data.x1)
        op, operands = loss_operands(self._passes.network, z, a, data.y)
        loss = float(OPS[op].compute(*operands).mean())
        right = np.count_nonzero(class_of(a) == data.classes) / data.size if data.classes is not None else 0.0
        return loss, right


def _curves(measures: list[tuple[float, float]], data: TrainingData) -> tuple[Array, Array | None]:
    table = np.array(measures)
    return table[:, 0], table[:, 1] if data.classes is not None else None
