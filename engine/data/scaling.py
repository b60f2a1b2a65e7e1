"""Standardising: numbers at mean 0 and standard deviation 1, and how to get back to their own units."""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array


@dataclass(frozen=True, eq=False)
class Scaling:
    """Per column the number that becomes 0 and the step that becomes 1, both (n,)."""

    centre: Array
    step: Array

    def scaled(self, values: Array) -> Array:
        """Return values (..., n) in the network's units: (value − centre) / step."""
        return np.asarray(values / self.step - self.centre / self.step)

    def undone(self, values: Array) -> Array:
        """Return values (..., n) of the network in their own units."""
        return np.asarray(self.centre + self.step * values)

    def ends(self, low: float, high: float) -> tuple[float, float]:
        """Return the ends of a range of one column in their own units."""
        return float(self.undone(np.array([low]))[0]), float(self.undone(np.array([high]))[0])

    def column(self, index: int) -> "Scaling":
        """Return the scaling of one column."""
        return Scaling(self.centre[index : index + 1], self.step[index : index + 1])


def unscaled(count: int) -> Scaling:
    """Return the scaling of `count` columns that stay as they are."""
    return Scaling(np.zeros(count), np.ones(count))


def standardising(values: Array) -> Scaling:
    """Return the scaling that gives values (rows, n) mean 0 and standard deviation 1; a constant becomes 0."""
    # in shares of the largest, so that no square leaves the range of numbers
    largest = np.maximum(np.abs(values).max(axis=0), np.finfo(np.float64).tiny)
    shares = values / largest
    centre, deviation = shares.mean(axis=0), shares.std(axis=0)
    # the rounding of a mean is no spread
    varied = deviation > 1e-14
    return Scaling(centre * largest, np.where(varied, deviation * largest, np.maximum(largest, 1.0)))
