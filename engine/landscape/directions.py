"""Directions in the space of all parameters, along which a landscape of the loss is cut.

A direction is a vector (P,) in the order of engine.network.parameters.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, saturating
from engine.errors import InvalidExperiment
from engine.network.model import Network
from engine.network.parameters import flatten, is_bias, split
from engine.training.history import History


@dataclass(frozen=True, eq=False)
class Principal:
    """The two directions in which a run moved most: directions (2, P), orthonormal; the network at its end is 0, 0.

    coordinates (S, 2): where each snapshot of the run lies; shares (2,): of the run's squared movement in each.
    """

    directions: Array
    coordinates: Array
    shares: Array


def along(network: Network, index: int) -> Array:
    """Return the direction (P,) that changes one parameter only."""
    direction = np.zeros(network.parameter_count)
    direction[index] = 1.0
    return direction


@saturating
def random_direction(network: Network, rng: np.random.Generator) -> Array:
    """Return a filter-normalised random direction (P,): Li et al. 2018, "Visualizing the Loss Landscape".

    The weights into each neuron are drawn at random and scaled to the norm of the network's own weights into it, so
    that a step of 1 means the same for small and large weights. As in the paper's code, biases do not move.
    """
    theta = flatten(network)
    direction = rng.standard_normal(theta.shape)
    biases = is_bias(network)
    direction[biases] = 0.0
    for own, drawn in zip(split(network, np.where(biases, 0.0, theta)), split(network, direction), strict=True):
        drawn[...] *= _norms(own) / _norms(drawn)
    return direction


def principal_directions(history: History) -> Principal:
    """Return the principal directions of a run's snapshots about its last one; raise InvalidExperiment without two."""
    moved = history.snapshot_parameters - history.snapshot_parameters[-1]
    _, strengths, directions = np.linalg.svd(moved, full_matrices=False)
    if len(strengths) < 2 or strengths[1] <= 1e-12 * strengths[0]:
        raise InvalidExperiment(
            "This run moved in fewer than two directions; let it run for more epochs, or choose other axes."
        )
    shares = strengths**2 / (strengths**2).sum()
    return Principal(directions[:2], moved @ directions[:2].T, shares[:2])


def _norms(table: Array) -> Array:
    # of each row, as a column
    return np.sqrt((table * table).sum(axis=-1, keepdims=True))
