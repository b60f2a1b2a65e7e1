"""The parameters of a run at an even stride of epochs, kept in case that it ends before it comes to those asked for."""

from collections.abc import Iterator

from engine.arrays import Array

_MOST = 32


class Spares:
    """At most 32 copies, over a run of any length: when they have become too many, every other one is dropped."""

    def __init__(self) -> None:
        self._stride = 1
        self._copies: dict[int, Array] = {}

    def keep(self, epoch: int, theta: Array) -> None:
        """Keep a copy of the parameters after `epoch`, if its turn has come."""
        if epoch % self._stride:
            return
        self._copies[epoch] = theta.copy()
        if len(self._copies) > _MOST:
            self._stride *= 2
            self._copies = {epoch: copy for epoch, copy in self._copies.items() if epoch % self._stride == 0}

    def __iter__(self) -> Iterator[tuple[int, Array]]:
        return iter(self._copies.items())
