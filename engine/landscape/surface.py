"""The loss as a landscape: cut along one or two directions through the space of parameters, with ways down.

A point of the cut is the network's parameters plus its coordinates times the directions.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.in_place import FusedPasses, with_ones
from engine.backprop.many_networks import losses
from engine.network.model import Network
from engine.network.parameters import flatten, with_parameters
from engine.network.reductions import REDUCTIONS
from engine.training.hyperparameters import NONE_GIVEN, Settings
from engine.training.optimizers import OPTIMIZERS
from engine.validation import not_negative, whole_number

# Far beyond anything a figure shows: a descent that gets here is diverging
FAR = 1e6
# Numbers that the parameters of the networks looked at together may take
_CHUNK = 1 << 20


@dataclass(frozen=True, eq=False)
class Descent:
    """Steps of descent: points (steps + 1, D) and the loss at each; `diverged` if it left for infinity and was cut."""

    points: Array
    loss: Array
    diverged: bool


class Landscape:
    """The loss over examples x (n, n_in), y (n, n_out) near `network`, along directions (D, P).

    It is their mean, or with the reduction "sum" their sum; all gradients and descents are of that.
    """

    def __init__(self, network: Network, x: Array, y: Array, directions: Array, reduction: str = "mean") -> None:
        self.network = network
        self.directions = directions
        self._x, self._y = np.atleast_2d(x), np.atleast_2d(y)
        self._origin = flatten(network)
        self._passes = FusedPasses(network)
        self._x1 = with_ones(self._x)
        # what makes of the mean over the examples the loss that is meant
        self._times = len(self._x) / REDUCTIONS[reduction].divisor(len(self._x))

    @checked_afterwards
    def loss(self, points: Array) -> Array:
        """Return the loss (K,) at the points (K, D); not finite where it leaves the range of float64."""
        # a part of the points at a time: the parameters of all at once may be a great many numbers
        chunk = max(_CHUNK // len(self._origin), 1)
        parts = [points[start : start + chunk] for start in range(0, len(points), chunk)]
        each = [losses(self.network, self._parameters(part), self._x, self._y) for part in parts]
        loss: Array = np.concatenate(each) * self._times
        return loss

    def grid(self, first: Array, second: Array) -> Array:
        """Return the loss (len(second), len(first)) at every pair of coordinates of two directions."""
        points = np.stack(np.meshgrid(first, second), axis=-1)
        return self.loss(points.reshape(-1, 2)).reshape(points.shape[:2])

    @checked_afterwards
    def gradient(self, point: Array) -> Array:
        """Return dL/d coordinate (D,) at a point (D,): the gradient along each direction."""
        self._passes.theta[...] = self._parameters(point)
        gradient: Array = self.directions @ self._passes.step(self._x1, self._y) * self._times
        return gradient

    def network_at(self, point: Array) -> Network:
        """Return the network at a point (D,)."""
        return with_parameters(self.network, self._parameters(point))

    def coordinates(self, theta: Array) -> Array:
        """Return the point (..., D) of the cut that is closest to the parameters theta (..., P)."""
        solution = np.linalg.lstsq(self.directions.T, (theta - self._origin).reshape(-1, theta.shape[-1]).T)[0]
        found: Array = np.asarray(solution.T, dtype=np.float64).reshape(*theta.shape[:-1], len(self.directions))
        return found

    @checked_afterwards
    def descend(
        self, start: Array, *, optimizer: str, learning_rate: float, steps: int, settings: Settings = NONE_GIVEN
    ) -> Descent:
        """Return the descent of an optimizer from `start` (D,) that may move along the directions only.

        It uses all examples in every step. All other parameters stay, so that the descent lies on the surface.
        """
        record = OPTIMIZERS[optimizer]
        chosen = record.settings(settings)
        rate = not_negative(learning_rate, "The learning rate")
        points: list[Array] = [np.array(start, dtype=np.float64)]
        state = record.start(points[0])
        for t in range(1, whole_number(steps, "The number of steps", 0) + 1):
            point, state = record.update(points[-1], self.gradient(points[-1]), state, rate, t, chosen)
            if not (np.abs(point) < FAR).all():
                return self._descent(points, diverged=True)
            points.append(point)
        return self._descent(points, diverged=False)

    def _descent(self, points: list[Array], diverged: bool) -> Descent:
        stacked = np.array(points)
        return Descent(stacked, self.loss(stacked), diverged)

    def _parameters(self, points: Array) -> Array:
        parameters: Array = self._origin + points @ self.directions
        return parameters
