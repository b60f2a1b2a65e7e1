"""The loss of a network with one parameter shifted, for many parameters and shifts at once.

Shifting a weight or a bias of layer l moves one z of that layer and nothing before it: so all shifted z of a layer
make one batch, and only the layers after it run again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from engine.arrays import Array, Flags, Indices, checked_afterwards
from engine.backprop.ops import OPS
from engine.backprop.passes import ForwardPass, example_losses
from engine.network.activations import ACTIVATIONS
from engine.network.model import Layer, Network

# how many numbers a batch of shifted z may hold: some megabytes, however large the network
MAX_NUMBERS = 1_000_000


@dataclass(frozen=True)
class Shifts:
    """Shifted parameters of one layer: parameter p is the weight from column[p] (the bias, if n_in) into row[p].

    `by` (parameters, k) is what is added to each.
    """

    rows: Indices
    columns: Indices
    by: Array

    def blocks(self, numbers_each: int) -> Iterator["Shifts"]:
        """Yield the shifts in blocks of at most MAX_NUMBERS numbers."""
        size = max(1, MAX_NUMBERS // numbers_each)
        for start in range(0, len(self.by), size):
            part = slice(start, start + size)
            yield Shifts(self.rows[part], self.columns[part], self.by[part])


class Perturbation:
    """The losses around the parameters of layers[index]; one forward pass over an example or a batch is given."""

    def __init__(self, network: Network, forward_pass: ForwardPass, y: Array, index: int) -> None:
        self.network = network
        self.layers = network.layers[index:]
        self.y = np.atleast_2d(y)
        self.base = [np.atleast_2d(z) for z in forward_pass.z[index:]]
        before = np.atleast_2d(forward_pass.a[index])
        # what a parameter is multiplied with on its way into z: the activation before it, or 1 for the bias
        self.factors = np.hstack([before, np.ones((len(before), 1))])

    @checked_afterwards
    def losses(self, shifts: Shifts) -> tuple[Array, Flags]:
        """Return the mean loss (parameters, k), and whether a kink was crossed on the way (parameters,).

        A loss that leaves the range of float64 is left as it is, for the caller to judge.
        """
        widest = max(layer.n_out for layer in self.layers)
        results = [self._block(part) for part in shifts.blocks(shifts.by.shape[1] * len(self.y) * widest)]
        return np.concatenate([r[0] for r in results]), np.concatenate([r[1] for r in results])

    def _block(self, shifts: Shifts) -> tuple[Array, Flags]:
        (count, k), batch = shifts.by.shape, len(self.y)
        crossed = np.zeros(count, dtype=bool)
        for layer, base, z in zip(self.layers, self.base, self._weighted_sums(self._shifted(shifts)), strict=True):
            for kink in ACTIVATIONS[layer.activation].corners(layer.parameter):
                moved = np.sign(z - kink).reshape(count, k, batch, -1) != np.sign(base - kink)
                crossed |= moved.any(axis=(1, 2, 3))
        y = np.broadcast_to(self.y, (count * k, *self.y.shape)).reshape(len(z), -1)
        each = example_losses(self.network, ForwardPass((z,), (_activate(self.layers[-1], z),)), y)
        return each.reshape(count, k, batch).mean(axis=-1), crossed

    def _weighted_sums(self, z: Array) -> Iterator[Array]:
        yield z
        for before, layer in pairwise(self.layers):
            z = OPS["weighted_sum"].compute(layer.W, _activate(before, z), layer.b)
            yield z

    def _shifted(self, shifts: Shifts) -> Array:
        count, k = shifts.by.shape
        base = self.base[0]
        z = np.empty((count, k, *base.shape))
        z[:] = base
        moves = shifts.by[:, :, np.newaxis] * self.factors.T[shifts.columns][:, np.newaxis, :]
        z[np.arange(count), :, :, shifts.rows] += moves
        return z.reshape(-1, base.shape[1])


def _activate(layer: Layer, z: Array) -> Array:
    a: Array = OPS["activation"].compute(layer.activation, layer.parameter, z)
    return a
