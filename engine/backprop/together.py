"""What the examples of a batch make together: the passes of each, and the mean or sum of their losses and gradients.

The gradients are added up example by example, as one would by hand. `backward` on the whole batch takes matrix
products, and has the same numbers to the last rounding.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop import rows
from engine.backprop.passes import BackwardPass, ForwardPass, backward, forward
from engine.memory import remembered
from engine.network.model import Experiment
from engine.network.reductions import REDUCTIONS, Reduction


@dataclass(frozen=True, eq=False, kw_only=True)
class Together:
    """A batch with the passes of each of its examples as if it were alone; the examples are the arrays' first axis.

    losses: (examples,). By layer: z, da and delta (examples, n_out), dW (examples, n_out, n_in); a has the inputs
    first, (examples, n_in).
    """

    batch: Experiment
    losses: Array
    z: Sequence[Array]
    a: Sequence[Array]
    da: Sequence[Array]
    delta: Sequence[Array]
    dW: Sequence[Array]

    @property
    def reduction(self) -> Reduction:
        """How one loss is made of the examples' losses."""
        return REDUCTIONS[self.batch.reduction]

    @cached_property
    def db(self) -> tuple[Array, ...]:
        """By layer the bias gradients of each example, (examples, n_out)."""
        # without the minus of a zero
        return tuple(delta + 0.0 for delta in self.delta)

    @cached_property
    @checked_afterwards
    def gradients(self) -> BackwardPass:
        """The loss and the gradients of the whole batch, as `backward` has them."""
        divisor = self.reduction.divisor(self.batch.examples)
        return BackwardPass(
            loss=float(self.reduction.of(self.losses)),
            da=tuple(da / divisor for da in self.da),
            delta=tuple(delta / divisor for delta in self.delta),
            dW=tuple(map(self.reduction.of, self.dW)),
            db=tuple(map(self.reduction.of, self.db)),
            W=self.batch.network.layers[0].W,
        )

    def passes(self, number: int) -> tuple[ForwardPass, BackwardPass]:
        """Return the passes of an example, counted from 1; their arrays are views."""

        def of(arrays: Iterable[Array]) -> tuple[Array, ...]:
            return tuple(array[number - 1] for array in arrays)

        back = BackwardPass(
            loss=float(self.losses[number - 1]),
            da=of(self.da),
            delta=of(self.delta),
            dW=of(self.dW),
            db=of(self.db),
            W=self.batch.network.layers[0].W,
        )
        return ForwardPass(of(self.z), of(self.a)), back


@remembered
@checked_afterwards
def together(batch: Experiment) -> Together:
    """Return what the examples of a batch make together, computed once for all who ask.

    Raises InvalidExperiment where numbers of an example, or of all together, leave the range of float64.
    """
    network = batch.network
    W, b = ([getattr(layer, name)[np.newaxis] for layer in network.layers] for name in "Wb")
    z, a = rows.forward(network.layers, W, b, batch.x)
    da, delta = zip(*reversed(list(rows.backward(network, W, z, a[-1], batch.y))), strict=True)
    dW = [d[:, :, np.newaxis] * before[:, np.newaxis, :] for d, before in zip(delta, a, strict=False)]
    losses = rows.losses(network, z, a, batch.y)
    made = Together(batch=batch, losses=losses, z=z, a=a, da=da, delta=delta, dW=dW)
    if not np.isfinite([array.sum() for array in (*z, *da, *made.gradients.dW, made.losses)]).all():
        _name_the_culprit(batch)
    return made


def _name_the_culprit(batch: Experiment) -> None:
    """Raise InvalidExperiment as the passes do, which look at every number, where one is not finite."""
    for one in (batch, *(batch.example(number) for number in range(1, batch.examples + 1))):
        backward(one.network, forward(one.network, one.x), one.y, one.reduction)
