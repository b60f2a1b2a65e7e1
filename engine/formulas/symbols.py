r"""The names that formulas use: w⁽ˡ⁾ⱼᵢ goes from neuron i of layer l-1 to neuron j of layer l; all count from 1.

Numbers are wrapped in `\V{...}` (a value) or `\G{...}` (a gradient), so that whoever draws a formula can colour it.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.formulas import numbers as notation
from engine.formulas.notations import COLUMNS, Layout
from engine.formulas.plain import indexed
from engine.network.model import Network
from engine.network.places import Bias, Input, LossValue, Neuron, Parameter, Place, Weight

# with the place that it stands for, or without
_NEGATIVE = re.compile(r"\\[VG](?:\[[^\]]*\])?\{-")

Writer = Callable[[float], str]


@dataclass(frozen=True)
class Extent:
    """How many terms of a sum, and rows and columns of a matrix, are written; of more, the first ones and the last.

    `layout` says which way vectors and weight matrices run.
    """

    terms: int = 10
    rows: int = 6
    layout: Layout = COLUMNS


SHORT = Extent()
# more than this no page holds: 40 x 40 entries are typeset in about a second
UNFOLDED = Extent(40, 40)


def layer_name(network: Network, layer: int) -> str:
    """Return "Input", "Hidden 1", ... or "Output" for a layer counted from 0, the input."""
    if layer == 0:
        return "Input"
    return "Output" if layer == len(network.layers) else f"Hidden {layer}"


def place_name(network: Network, place: Place) -> str:
    """Return what a place is called aloud: "Weight from Input, neuron 1 to Hidden 1, neuron 2"."""
    match place:
        case Weight():
            source, to = (place_name(network, end) for end in place.ends)
            return f"Weight from {source} to {to}"
        case Bias():
            return f"Bias of {place_name(network, place.neuron)}"
        case Neuron(layer, number):
            return f"{layer_name(network, layer)}, neuron {number}"
        case LossValue():
            return "Loss"
    of_example = f" of example {place.example}" if place.example else ""
    return f"{'Input' if isinstance(place, Input) else 'Target'} {place.number}{of_example}"


def layer_names(network: Network) -> tuple[str, ...]:
    """Return the names of all layers, the input first: for whoever should not hold on to the network."""
    return tuple(layer_name(network, layer) for layer in range(len(network.sizes)))


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
    return f"w_{{{indexed(to, source)}}}^{{({layer})}}"


def parameter(place: Parameter) -> str:
    """Return the symbol of a weight or a bias."""
    match place:
        case Weight(layer, to, source):
            return weight(layer, to, source)
        case Bias(layer, to):
            return of_neuron("b", layer, to)


def derivative(of: str) -> str:
    r"""Return \frac{\partial L}{\partial of}."""
    return rf"\frac{{\partial L}}{{\partial {of}}}"


def of_example(latex: str, number: int | str) -> str:
    r"""Return a formula in which the loss is that of one example of a batch: \partial L_2 for \partial L."""
    return latex.replace(r"\partial L}", rf"\partial L_{{{number}}}}}")


def value(number: float, digits: int = 4) -> str:
    """Return a number as a value (weight, bias, activation, z)."""
    return rf"\V{{{notation.latex(number, digits)}}}"


def gradient(number: float, digits: int = 4) -> str:
    """Return a number as a gradient."""
    return rf"\G{{{notation.latex(number, digits)}}}"


def factor(written: str) -> str:
    r"""Return a written number as it stands in a product or after a minus: in parentheses if it is negative."""
    negative = written.startswith("-") or _NEGATIVE.match(written)
    return rf"({written})" if negative else written


def total(terms: Sequence[str], most: int = SHORT.terms) -> str:
    """Return the sum of written terms, in the middle shortened to dots if there are more than `most`."""
    if len(terms) > most:
        terms = [*terms[: most - 2], r"\dots", terms[-1]]
    return " + ".join(terms)


def matrix(shape: tuple[int, int], entry: Callable[[int, int], str], extent: Extent = SHORT) -> str:
    r"""Return a pmatrix of what `entry(row, column)` writes, counted from 0; only entries within the extent are."""
    rows, columns = (kept(length, extent.rows) for length in shape)
    lines = [" & ".join(_cell(entry, row, column) for column in columns) for row in rows]
    return r"\begin{pmatrix}" + _between(lines).join(lines) + r"\end{pmatrix}"


def _between(rows: Sequence[str]) -> str:
    """Return what ends a row: with more room where fractions, or an index and the exponent below it, would touch."""
    if any(r"\frac" in row for row in rows):
        return r"\\[9pt] "
    return r"\\[3pt] " if any("_" in row and "^" in row for row in rows) else r"\\ "


def vector(count: int, entry: Callable[[int], str], extent: Extent = SHORT) -> str:
    """Return a pmatrix of one column, or in a layout of rows of one row, of what `entry(index)` writes."""
    if extent.layout.rows:
        return matrix((1, count), lambda _, column: entry(column), extent)
    return matrix((count, 1), lambda row, _: entry(row), extent)


def column(entries: Sequence[str], extent: Extent = SHORT) -> str:
    """Return the written entries of a vector, which is a column unless the layout is one of rows."""
    return vector(len(entries), lambda index: entries[index], extent)


def array(numbers: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a vector or a matrix of numbers written by `write` (value or gradient)."""
    if numbers.ndim == 1:
        return vector(len(numbers), lambda index: write(numbers[index]), extent)
    return table(numbers, extent, write)


def table(numbers: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a matrix of numbers, as it is."""
    return matrix(numbers.shape, lambda row, column: write(numbers[row, column]), extent)


def laid_out(column: str, extent: Extent) -> str:
    r"""Return a formula that has its vectors as columns with vectors as the layout has them."""
    if not extent.layout.rows:
        return column
    return column.replace(r"\\ ", " & ").replace(r"\vdots", r"\cdots")


def row(numbers: Array, extent: Extent = SHORT, write: Writer = value) -> str:
    """Return a vector as a row of numbers written by `write` (value or gradient)."""
    return table(numbers[np.newaxis, :], extent, write)


def kept(length: int, most: int) -> list[int | None]:
    """Return the indices of `length` things that are shown if `most` may be, with None for those left out."""
    if length <= most:
        return list(range(length))
    return [*range(most - 2), None, length - 1]


def _cell(entry: Callable[[int, int], str], row: int | None, column: int | None) -> str:
    if row is None:
        return r"\vdots" if column is not None else r"\ddots"
    return r"\cdots" if column is None else entry(row, column)
