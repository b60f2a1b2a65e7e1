"""The picture of classes over more than two inputs: the plane in which the data are spread most.

Its axes are the first two principal components: the directions of the largest variance (Pearson 1901). The ground is
what the network answers on the plane itself; an example lies beside it, and is drawn where it falls upon it.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.data import Dataset
from engine.formulas.numbers import percent
from pages.figures.training.responses import SHADES, Window, drawable, window

# examples through which a plane can be laid
_LEAST = 3


@dataclass(frozen=True, eq=False, kw_only=True)
class Principal(Window):
    """The range of the two components that is shown.

    centre (n_in,): the mean of the inputs; directions (2, n_in): of length 1, at right angles; shares: of the variance.
    """

    centre: Array
    directions: Array
    shares: tuple[float, float]

    def grid(self, resolution: int) -> Array:
        """Return points of the plane as inputs (resolution², n_in)."""
        return np.asarray(self.centre + super().grid(resolution) @ self.directions)

    def share(self, values: Array) -> Array:
        """Return where inputs (n, n_in) fall upon the plane, as shares of the window."""
        return super().share((values - self.centre) @ self.directions.T)

    def axes(self, data: Dataset) -> list[tuple[str, float, float]]:
        """Return title and range of the two axes."""
        titles = (f"component {number} ({percent(own)} of the variance)" for number, own in enumerate(self.shares, 1))
        return list(zip(titles, self.low, self.high, strict=True))


def view(data: Dataset) -> Window | None:
    """Return what the large panel of a run shows: the range of its inputs, or of two components of its classes."""
    if drawable(data):
        return window(data)
    if data.kind != "classification" or data.size < _LEAST or len(data.outputs) > 256 // SHADES:
        return None
    return principal(data)


def principal(data: Dataset, margin: float = 0.12) -> Principal:
    """Return the plane of the first two principal components of at least two inputs, with a margin around the data."""
    centre = data.x.mean(axis=0)
    _, sizes, directions = np.linalg.svd(data.x - centre, full_matrices=False)
    two = directions[:2]
    # either sign is a component; the larger part of each is to point up
    two = two * np.sign(two[np.arange(2), np.abs(two).argmax(axis=1)])[:, np.newaxis]
    variance = sizes**2 / max(float((sizes**2).sum()), np.finfo(np.float64).tiny)
    places = (data.x - centre) @ two.T
    low, high = places.min(axis=0), places.max(axis=0)
    edge = margin * np.where(high > low, high - low, 1.0)
    return Principal(
        low=tuple((low - edge).tolist()),
        high=tuple((high + edge).tolist()),
        centre=centre,
        directions=two,
        shares=(float(variance[0]), float(variance[1])),
    )
