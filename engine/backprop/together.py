"""What the examples of a batch make together: the passes of each, and the mean or sum of their losses and gradients.

The gradients are added up example by example, as one would by hand. `backward` on the whole batch takes matrix
products, and has the same numbers to the last rounding.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.passes import BackwardPass, ForwardPass, backward, forward
from engine.memory import remembered
from engine.network.model import Experiment
from engine.network.reductions import REDUCTIONS, Reduction


@dataclass(frozen=True, eq=False)
class Together:
    """A batch with the passes of each of its examples alone, in their order."""

    batch: Experiment
    passes: tuple[tuple[ForwardPass, BackwardPass], ...]

    @property
    def reduction(self) -> Reduction:
        """How one loss is made of the examples' losses."""
        return REDUCTIONS[self.batch.reduction]

    @cached_property
    def losses(self) -> Array:
        """The loss of each example (examples,)."""
        return np.array([made.loss for _, made in self.passes])

    @cached_property
    def dW(self) -> tuple[Array, ...]:
        """By layer the weight gradients of each example, (examples, n_out, n_in)."""
        return tuple(np.stack(of_layer) for of_layer in zip(*(made.dW for _, made in self.passes), strict=True))

    @cached_property
    def db(self) -> tuple[Array, ...]:
        """By layer the bias gradients of each example, (examples, n_out)."""
        return tuple(np.stack(of_layer) for of_layer in zip(*(made.db for _, made in self.passes), strict=True))

    @cached_property
    @checked_afterwards
    def gradients(self) -> BackwardPass:
        """The loss and the gradients of the whole batch, as `backward` has them."""
        made = [one for _, one in self.passes]
        divisor = self.reduction.divisor(len(made))
        return BackwardPass(
            loss=float(self.reduction.of(self.losses)),
            da=tuple(np.stack(of_layer) / divisor for of_layer in zip(*(one.da for one in made), strict=True)),
            delta=tuple(np.stack(of_layer) / divisor for of_layer in zip(*(one.delta for one in made), strict=True)),
            dW=tuple(self.reduction.of(dW) for dW in self.dW),
            db=tuple(self.reduction.of(db) for db in self.db),
            W=self.batch.network.layers[0].W,
        )


@remembered
def together(batch: Experiment) -> Together:
    """Return what the examples of a batch make together, computed once for all who ask.

    Raises InvalidExperiment where numbers of an example, or of all together, leave the range of float64.
    """
    # where a sum overflows that no single example does, this raises
    backward(batch.network, forward(batch.network, batch.x), batch.y, batch.reduction)
    return Together(batch, tuple(_passes(batch.example(number)) for number in range(1, batch.examples + 1)))


def _passes(one: Experiment) -> tuple[ForwardPass, BackwardPass]:
    passed = forward(one.network, one.x)
    return passed, backward(one.network, passed, one.y)
