"""Which way vectors and weight matrices run, and what that makes of a product of them.

Ours are columns, z = W a + b, with a row of W for each neuron. Turned round, the factors of a product change places and
each is transposed; a matrix that is shown the other way round already is not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.arrays import Array


@dataclass(frozen=True)
class Layout:
    """Whether vectors are rows, and whether a weight matrix has its inputs first: a row for each, (n_in, n_out).

    `examples_as_columns` is whether the examples of a batch are the columns of its matrices, and not their rows.
    """

    rows: bool = False
    inputs_first: bool = False
    examples_as_columns: bool = False

    def weights(self, table: Array) -> Array:
        """Return a table of the shape of W as it is shown; a vector stays as it is."""
        return table.T if self.inputs_first and table.ndim == 2 else table


COLUMNS = Layout()


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A factor of a product of ours: its symbol, what is put in its place (transposed or not), and how it is shown.

    `transposed` is whether our product takes its transpose, `turned` whether its symbol means our transpose; `braced`
    whether the symbol stands in braces under a sign of transposition, since it has something above it.
    """

    symbol: str
    put_in: Callable[[bool], str]
    turned: bool
    transposed: bool = False
    braced: bool = True

    def shown(self, transposed: bool) -> str:
        """Return the symbol of our factor, or of its transpose."""
        if transposed == self.turned:
            return self.symbol
        return (rf"{{{self.symbol}}}" if self.braced else self.symbol) + r"^{\top}"


def product(factors: Sequence[Factor], turned: bool) -> tuple[str, str]:
    """Return a product of ours in symbols and with what is put in, all of it transposed if `turned`."""
    shown = [(factor, factor.transposed != turned) for factor in (reversed(factors) if turned else factors)]
    return r"\,".join(factor.shown(way) for factor, way in shown), "".join(factor.put_in(way) for factor, way in shown)
