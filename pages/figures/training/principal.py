"""The picture over more than two inputs: the plane in which the data are spread most, or that of two inputs.

The first two principal components are the directions of the largest variance (Pearson 1901). The ground is what the
network answers on the plane itself; an example lies beside it, and is drawn where it falls upon it.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.data import Dataset
from engine.formulas.numbers import percent
from pages.figures.training.responses import SHADES, Window, drawable, window

# examples through which a plane can be laid
_LEAST = 3
# around the data, as a share of their range
MARGIN = 0.12


@dataclass(frozen=True, eq=False, kw_only=True)
class Plane(Window):
    """A plane through the inputs, and the range of it that is shown, from its centre on.

    centre (n_in,): the mean of the inputs; directions (2, n_in): of length 1, at right angles.
    """

    centre: Array
    directions: Array

    def grid(self, resolution: int) -> Array:
        """Return points of the plane as inputs (resolution², n_in)."""
        return np.asarray(self.centre + super().grid(resolution) @ self.directions)

    def share(self, values: Array) -> Array:
        """Return where inputs (n, n_in) fall upon the plane, as shares of the window."""
        return super().share((values - self.centre) @ self.directions.T)


@dataclass(frozen=True, eq=False, kw_only=True)
class Principal(Plane):
    """The plane of two components; shares: of the variance."""

    shares: tuple[float, float]

    def axes(self, data: Dataset) -> list[tuple[str, float, float]]:
        """Return title and range of the two axes."""
        titles = (f"component {number} ({percent(own)} of the variance)" for number, own in enumerate(self.shares, 1))
        return list(zip(titles, self.low, self.high, strict=True))


@dataclass(frozen=True, eq=False, kw_only=True)
class PairOfInputs(Plane):
    """The plane of two inputs, `pair` by index, with all others at their mean."""

    pair: tuple[int, int]

    def axes(self, data: Dataset) -> list[tuple[str, float, float]]:
        """Return name and range of the two inputs, in their own units."""
        ends = zip(self.pair, self.low, self.high, strict=True)
        return [
            (data.inputs[i], *data.input_scaling(i).ends(low + self.centre[i], high + self.centre[i]))
            for i, low, high in ends
        ]


def view(data: Dataset, pair: tuple[int, int] | None = None) -> Window | None:
    """Return what the large panel of a run shows: the range of its inputs, or of two components of its classes.

    Of more than two inputs, `pair` are those that are shown instead.
    """
    if drawable(data):
        return window(data)
    if pair is not None and paired(data):
        return _of_pair(data, pair)
    if data.kind != "classification" or data.size < _LEAST or len(data.outputs) > 256 // SHADES:
        return None
    return principal(data)


def paired(data: Dataset) -> bool:
    """Return whether a pair of inputs can be chosen as the picture of these data."""
    few = len(data.outputs) <= 256 // SHADES if data.kind == "classification" else data.y.shape[1] == 1
    return data.x.shape[1] > 2 and data.size >= _LEAST and few


def _of_pair(data: Dataset, pair: tuple[int, int]) -> PairOfInputs:
    centre = data.x.mean(axis=0)
    low, high = _range((data.x - centre)[:, list(pair)], MARGIN)
    return PairOfInputs(low=low, high=high, centre=centre, directions=np.eye(len(centre))[list(pair)], pair=pair)


def _range(places: Array, margin: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    low, high = places.min(axis=0), places.max(axis=0)
    edge = margin * np.where(high > low, high - low, 1.0)
    return tuple((low - edge).tolist()), tuple((high + edge).tolist())


def principal(data: Dataset, margin: float = MARGIN) -> Principal:
    """Return the plane of the first two principal components of at least two inputs, with a margin around the data."""
    centre = data.x.mean(axis=0)
    _, sizes, directions = np.linalg.svd(data.x - centre, full_matrices=False)
    two = directions[:2]
    # either sign is a component; the larger part of each is to point up
    two = two * np.sign(two[np.arange(2), np.abs(two).argmax(axis=1)])[:, np.newaxis]
    variance = sizes**2 / max(float((sizes**2).sum()), np.finfo(np.float64).tiny)
    low, high = _range((data.x - centre) @ two.T, margin)
    return Principal(
        low=low,
        high=high,
        centre=centre,
        directions=two,
        shares=(float(variance[0]), float(variance[1])),
    )
