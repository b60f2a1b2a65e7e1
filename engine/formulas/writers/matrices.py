r"""Matrices of all examples as factors of a product, each with its shape below it.

\underset{4 \times 2}{...}: what stands transposed, and why, is seen from the shapes.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.formulas import symbols
from engine.formulas.notations import Factor
from engine.formulas.symbols import Extent, value
from engine.formulas.writers.written import shaped

ONES = r"\mathbf{1}"


@dataclass(frozen=True, kw_only=True)
class Shaped(Factor):
    """A factor with its shape below it, as it is with us."""

    shape: tuple[int, ...]

    def shown(self, transposed: bool) -> str:
        """Return the symbol of our factor, or of its transpose, with the shape that is seen."""
        return shaped(super().shown(transposed), *(self.shape[::-1] if transposed else self.shape))


def factor_of(
    name: str, table: Array, extent: Extent, turned: bool, transposed: bool = False, write: symbols.Writer = value
) -> Shaped:
    """Return a matrix as a factor of a product of ours, in which the examples are rows."""

    def put_in(way: bool) -> str:
        shown = table.T if way else table
        return shaped(symbols.table(shown, extent, write), *shown.shape)

    return Shaped(symbol=name, put_in=put_in, turned=turned, transposed=transposed, shape=table.shape)


def examples(
    name: str, table: Array, extent: Extent, write: symbols.Writer = value, transposed: bool = False
) -> Shaped:
    """Return a matrix with a row for each example, with us, as a factor."""
    return factor_of(name, table, extent, extent.layout.examples_as_columns, transposed, write)


def weights(name: str, W: Array, extent: Extent, transposed: bool = False) -> Shaped:
    """Return weights, with us a row for each neuron, as a factor."""
    return factor_of(name, W, extent, extent.layout.inputs_first, transposed)


def ones(n: int, extent: Extent) -> Shaped:
    """Return a column of n ones as a factor: what adds up the examples, or gives each of them the same biases."""
    return factor_of(ONES, np.ones((n, 1)), extent, turned=False, write=lambda _: "1")


def table(numbers: Array, extent: Extent, write: symbols.Writer = value) -> str:
    """Return a matrix of all examples, with its shape below it."""
    return examples("", numbers, extent, write).put_in(extent.layout.examples_as_columns)


def named(name: str, shape: tuple[int, ...], extent: Extent) -> str:
    """Return the symbol of a matrix of all examples, with its shape below it."""
    return shaped(name, *(shape[::-1] if extent.layout.examples_as_columns else shape))
