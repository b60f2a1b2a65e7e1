"""The inner loop of training: the batches of an epoch, and a step of the optimizer on each."""

from collections.abc import Iterable, Iterator

import numpy as np

from engine.arrays import Array
from engine.backprop.in_place import FusedPasses
from engine.network.parameters import is_bias, parts
from engine.training.moment import Moment
from engine.training.optimizers import OPTIMIZERS
from engine.training.recorder import TrainingData
from engine.training.schedules import SCHEDULES
from engine.training.settings import TrainingSettings

Batch = tuple[Array, Array]
# steps whose learning rates are worked out together
SOME = 1_024


class Batches:
    """The examples in batches, so many an epoch; each epoch in a new order, drawn from a generator."""

    def __init__(self, data: TrainingData, settings: TrainingSettings) -> None:
        self._data = data
        self._size = min(settings.batch_size, data.size)
        self._rng = np.random.default_rng(settings.seed)
        self.per_epoch = -(-data.size // self._size)

    def shuffled(self) -> Iterator[Batch]:
        """Yield the batches of one epoch: inputs (n_in + 1, batch) with the row of ones, targets (batch, n_out)."""
        x1, y, size, whole = self._data.x1, self._data.y, self._size, self._data.size
        if size < whole:
            order = self._rng.permutation(whole)
            x1, y = x1.take(order, axis=1), y.take(order, axis=0)
        return ((x1[:, start : start + size], y[start : start + size]) for start in range(0, whole, size))


class Descent:
    """An optimizer at work on the parameters of `passes`, for so many steps; `t` counts those it took."""

    def __init__(self, passes: FusedPasses, settings: TrainingSettings, steps: int) -> None:
        optimizer, schedule = OPTIMIZERS[settings.optimizer], SCHEDULES[settings.schedule]
        self.passes = passes
        self.t = 0
        self._how = settings
        self._update = optimizer.update
        self._settings = optimizer.settings(settings.optimizer_settings)
        self._course = schedule.course(settings.learning_rate, steps, settings.schedule_settings)
        self._rates: list[float] = []
        self._state = optimizer.start(passes.theta)
        self._biases = is_bias(passes.network)
        penalties = (settings.l1, settings.l2)
        self._l1, self._l2 = (penalty * ~self._biases for penalty in penalties)
        self._penalised = any(penalties)
        self._fixed = None if settings.update_biases else self._biases
        self._starts = [part.start for part in parts(passes.network)]

    def epoch(self, batches: Iterable[Batch]) -> None:
        """Take a step on each batch."""
        for x1, y in batches:
            self.step(x1, y)

    def measured_epoch(self, batches: Iterable[Batch]) -> Array:
        """Take a step on each batch; return the norms of each layer's weight gradients over the epoch, (layers,)."""
        return self._norms(self.step(x1, y) for x1, y in batches)

    def gradient_norms(self, data: TrainingData) -> Array:
        """Return these norms for all examples at once, without taking a step."""
        return self._norms([self.passes.step(data.x1, data.y)])

    def step(self, x1: Array, y: Array) -> Array:
        """Take a step on one batch and return the gradient, penalties included; it is overwritten by the next."""
        theta = self.passes.theta
        gradient = self.passes.step(x1, y)
        if self._penalised:
            gradient += self._l1 * np.sign(theta) + self._l2 * theta
        new, self._state = self._update(theta, gradient, self._state, self._rate(), self.t + 1, self._settings)
        if self._fixed is not None:
            np.copyto(new, theta, where=self._fixed)
        theta[...] = new
        self.t += 1
        return gradient

    def moment(self, batch: Batch) -> Moment:
        """Return where the run stands, with the batch that comes next."""
        x1, y = batch
        state = tuple(array.copy() for array in self._state)
        return Moment(settings=self._how, x=x1[:-1].T.copy(), y=y.copy(), state=state, rate=self._rate(), t=self.t + 1)

    def _rate(self) -> float:
        place = self.t % SOME
        if place == 0:
            self._rates = self._course(self.t, self.t + SOME).tolist()
        return self._rates[place]

    def _norms(self, gradients: Iterable[Array]) -> Array:
        squares, count = np.zeros_like(self.passes.theta), 0
        for gradient in gradients:
            squares += gradient * gradient
            count += 1
        squares[self._biases] = 0.0
        return np.sqrt(np.add.reduceat(squares, self._starts) / count)
