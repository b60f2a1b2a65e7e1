r"""The names that formulas use: w⁽ˡ⁾ⱼᵢ goes from neuron i of layer l-1 to neuron j of layer l; all count from 1.

Numbers are wrapped in `\V{...}` (a value) or `\G{...}` (a gradient), so that whoever draws a formula can colour it.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine import notation
from engine.arrays import Array
from engine.network import Network

Writer = Callable[[float], str]


@dataclass(frozen=True)
class Extent:
    """How many terms of a sum, and rows and columns of a matrix, are written; of more, the first ones and the last."""

    terms: int = 10
    rows: int = 6


SHORT, FULL = Extent(), Extent(sys.maxsize, sys.maxsize)


def layer_name(network: Network, layer: int) -> str:
    """Return "Input", "Hidden 1", ... or "Output" for a layer counted from 0, the input."""
    if layer == 0:
        return "Input"
    return "Output" if layer == len(network.layers) else f"Hidden {layer}"


def activation(network: Network, layer: int, neuron: int | str | None = None) -> str:
    r"""Return the symbol of an activation: x_i for the input, \hat{y}_j for the output, a_j^{(l)} between."""
    index = "" if neuron is None else f"_{{{neuron}}}"
    if layer == 0:
        return f"x{index}"
    return rf"\hat{{y}}{index}" if layer == len(network.layers) else f"a{index}^{{({layer})}}"


def of_neuron(letter: str, layer: int, neuron: int | str | None) -> str:
    r"""Return a layer's symbol with its neuron's index, e.g. z_2^{(1)}, or of the whole layer, b^{(2)}."""
    index = "" if neuron is None else f"_{{{neuron}}}"
    return f"{letter}{index}^{{({layer})}}"


def weight(layer: int, to: int | str, source: int | str) -> str:
    """Return w_{ji}^{(l)}, with a comma between indices of more than one digit."""
    comma = "," if len(str(to)) > 1 or len(str(source)) > 1 else ""
    return f"w_{{{to}{comma}{source}}}^{{({layer})}}"


def derivative(of: str) -> str:
    r"""Return \frac{\partial L}{\partial of}."""
    return rf"\frac{{\partial L}}{{\partial {of}}}"


def value(number: float) -> str:
    """Return a number as a value (weight, bias, activation, z)."""
    return rf"\V{{{notation.latex(number)}}}"


def gradient(number: float) -> str:
    """Return a number as a gradient."""
    return rf"\G{{{notation.latex(number)}}}"


def factor(written: str) -> str:
    r"""Return a written number as it stands in a product or after a minus: in parentheses if it is negative."""
    return rf"({written})" if written.startswith((r"\V{-", r"\G{-", "-")) else written


def total(terms: Sequence[str], most: int = SHORT.terms) -> str:
    """Return the sum of written terms, in the middle shortened to dots if there are more than `most`."""
    if len(terms) > most:
        terms = [*terms[: most - 2], r"\dots", terms[-1]]
    return " + ".join(terms)


def matrix(rows: Sequence[Sequence[str]], extent: Extent = SHORT) -> str:
    r"""Return written entries as a pmatrix; rows and columns beyond the extent are shortened to dots."""
    columns = _kept(len(rows[0]), extent.rows)
    lines = [" & ".join(_entry(row, column) for column in columns) for row in _dotted(rows, extent.rows)]
    return r"\begin{pmatrix}" + r"\\ ".join(lines) + r"\end{pmatrix}"


def column(entries: Sequence[str], extent: Extent = SHORT) -> str:
    """Return written entries as a pmatrix of one column."""
    return matrix([[entry] for entry in entries], extent)


def array(numbers: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a vector as a column, or a matrix, of numbers written by `write` (value or gradient)."""
    table = numbers if numbers.ndim == 2 else numbers[:, np.newaxis]
    return matrix([[write(number) for number in row] for row in table], extent)


def row(numbers: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a vector as a row of numbers written by `write` (value or gradient)."""
    return array(numbers[np.newaxis, :], extent, write)


def _kept(length: int, most: int) -> list[int | None]:
    if length <= most:
        return list(range(length))
    return [*range(most - 2), None, length - 1]


def _dotted(rows: Sequence[Sequence[str]], most: int) -> list[Sequence[str]]:
    dots = [r"\vdots"] * len(rows[0])
    return [dots if index is None else rows[index] for index in _kept(len(rows), most)]


def _entry(entries: Sequence[str], column: int | None) -> str:
    if column is None:
        return r"\ddots" if entries[0] == r"\vdots" else r"\cdots"
    return entries[column]
