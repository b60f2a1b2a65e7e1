"""The cuts through the loss: along parameters that are picked, or along random directions; computed once each."""

from dataclasses import dataclass

import numpy as np

from engine import Network
from engine.arrays import Array
from engine.data import Dataset
from engine.formulas import plain
from engine.landscape import Landscape, along, random_direction
from engine.memory import remembered
from engine.network.parameters import flatten, parameter

# Points along each side of a surface, and along a curve
SIDE, CURVE = 61, 241


@dataclass(frozen=True)
class Parameters:
    """A cut along one or two parameters; its coordinates are their values."""

    indices: tuple[int, ...]

    def directions(self, network: Network) -> Array:
        """Return the directions (D, P)."""
        return np.stack([along(network, index) for index in self.indices])

    def origin(self, network: Network) -> Array:
        """Return the coordinates (D,) of the network itself."""
        return flatten(network)[list(self.indices)]

    def titles(self, network: Network) -> tuple[str, ...]:
        """Return what the coordinates are called in our own notation."""
        return tuple(plain.parameter(parameter(network, index)) for index in self.indices)


@dataclass(frozen=True)
class Random:
    """A cut along two filter-normalised random directions, with the network at 0, 0."""

    seed: int

    def directions(self, network: Network) -> Array:
        """Return the directions (2, P)."""
        rng = np.random.default_rng(self.seed)
        return np.stack([random_direction(network, rng) for _ in range(2)])

    def origin(self, _: Network) -> Array:
        """Return the coordinates of the network itself."""
        return np.zeros(2)

    def titles(self, _: Network) -> tuple[str, ...]:
        """Return what the coordinates are called."""
        return ("direction 1", "direction 2")


Cut = Parameters | Random


# not cached: a landscape works on arrays of its own, which two sessions must not share
def landscape_of(network: Network, data: Dataset, cut: Cut, reduction: str) -> Landscape:
    """Return the landscape of a cut; its own coordinates are offsets from the network."""
    return Landscape(network, data.x, data.y, cut.directions(network), reduction)


@remembered
def losses_around(network: Network, data: Dataset, cut: Cut, reduction: str, reach: float) -> Array:
    """Return the loss within `reach` of the network: a curve (N,), or a surface (M, N)."""
    landscape = landscape_of(network, data, cut, reduction)
    if len(landscape.directions) == 1:
        return landscape.loss(np.linspace(-reach, reach, CURVE)[:, np.newaxis])
    side = np.linspace(-reach, reach, SIDE)
    return landscape.grid(side, side)
