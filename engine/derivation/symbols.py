r"""The table of symbols: what each symbol means, for those that the formulas of the text really have.

A new symbol in a formula is one row here; the tests collect the symbols that are shown, and miss the row.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from engine.derivation.blocks import Table
from engine.derivation.steps import Calculation
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES

HEAD = ("symbol", "what it is", "shape")
# a letter that is no part of a longer word or command
_ALONE = r"(?<![A-Za-z\\])%s(?![A-Za-z])"


@dataclass(frozen=True)
class _Shapes:
    """The shapes of a network's vectors and matrices in words, layer by layer where they differ."""

    calculation: Calculation

    @property
    def one(self) -> str:
        return "one number"

    @property
    def none(self) -> str:
        return ""

    @property
    def input(self) -> str:
        return str(self.calculation.network.sizes[0])

    @property
    def output(self) -> str:
        return str(self.calculation.network.sizes[-1])

    @property
    def neurons(self) -> str:
        return _each([str(size) for size in self.calculation.network.sizes[1:]])

    @property
    def weights(self) -> str:
        tables = (self.calculation.extent.layout.weights(layer.W) for layer in self.calculation.network.layers)
        return _each([f"{rows} × {columns}" for rows, columns in (table.shape for table in tables)])


@dataclass(frozen=True)
class _Symbol:
    """A row: the symbol as it is written, what it is, its shape, and how it is found in a formula."""

    written: str
    what: str
    found: str
    shape: Callable[[_Shapes], str] = lambda shapes: shapes.none


def _each(shapes: list[str]) -> str:
    return shapes[0] if len(set(shapes)) == 1 else "; ".join(shapes)


def table_of_symbols(calculation: Calculation, formulas: Iterable[str]) -> Table:
    """Return the table for a calculation whose text has these formulas, in our own notation."""
    text, shapes = "\n".join(formulas), _Shapes(calculation)
    rows = (*_of_network(calculation), *_functions(calculation), *_GENERAL, *_OF_A_BATCH)
    return Table(HEAD, tuple((f"${s.written}$", s.what, s.shape(shapes)) for s in rows if re.search(s.found, text)))


def _of_network(calculation: Calculation) -> tuple[_Symbol, ...]:
    line = "column" if calculation.extent.layout.inputs_first else "row"
    loss = LOSSES[calculation.network.loss].title
    return (
        _Symbol("l", "the number of a layer", _ALONE % "l"),
        _Symbol("i, j, k", "numbers of neurons", r"_\{?[ijk]"),
        _Symbol("x", "the input", _ALONE % "x", lambda s: s.input),
        _Symbol(
            "W^{(l)}", f"the weights into layer $l$, a {line} for each of its neurons", _ALONE % "W",
            lambda s: s.weights,
        ),
        _Symbol(
            "w_{ji}^{(l)}", "one of them, from neuron $i$ to neuron $j$", _ALONE % "w", lambda s: s.one
        ),
        _Symbol("b^{(l)}", "the biases of layer $l$", _ALONE % "b", lambda s: s.neurons),
        _Symbol(
            "z^{(l)}", "its weighted sums, before the activation function: pre-activations", _ALONE % "z",
            lambda s: s.neurons,
        ),
        _Symbol("a^{(l)} = f(z^{(l)})", "its activations", _ALONE % "a", lambda s: s.neurons),
        _Symbol(r"\hat{y}", "the prediction: the activations of the last layer", r"\\hat\{y\}", lambda s: s.output),
        _Symbol("y", "the target", _ALONE % "y", lambda s: s.output),
        _Symbol("L", f"the loss, {loss}", _ALONE % "L", lambda s: s.one),
        _Symbol(
            r"\delta^{(l)} = \partial L / \partial z^{(l)}", "how $L$ changes with the weighted sums", r"\\delta",
            lambda s: s.neurons,
        ),
        _Symbol(
            r"\partial L / \partial W^{(l)}", "the gradient of the weights: how $L$ changes with each", r"\\partial",
            lambda s: s.weights,
        ),
        _Symbol(r"\eta", "the learning rate", r"\\eta", lambda s: s.one),
    )  # fmt: skip


def _functions(calculation: Calculation) -> tuple[_Symbol, ...]:
    """Return the names of functions: f for any one, and those of the records with what their parameters are called."""
    records = tuple(ACTIVATIONS.values())
    named = (_Symbol(one.symbol, f"the activation function {one.title}", re.escape(one.symbol)) for one in records)
    used = {layer.activation for layer in calculation.network.layers}
    own = {one.parameter.symbol: one.title for one in records if one.parameter and one.name in used}
    return (
        _Symbol("f", "the activation function of a layer", _ALONE % "f"),
        _Symbol("f'(z)", "its derivative: the slope of the function", _ALONE % "f'"),
        *named,
        *(_Symbol(letter, f"the parameter of {title}", re.escape(letter)) for letter, title in own.items()),
    )


_GENERAL = (
    _Symbol(
        "J", "the Jacobian: all derivatives of a layer's activations with respect to its weighted sums", _ALONE % "J"
    ),
    _Symbol("[i = j]", "1 where $i = j$, and 0 elsewhere", re.escape("[i = j]")),
    _Symbol(
        r"\frac{\partial a_i}{\partial z_j}",
        "a partial derivative: how $a_i$ changes with $z_j$ alone",
        r"\\frac\{\\partial",
    ),
    _Symbol(r"\frac{d}{dz}", "the derivative of what follows with respect to $z$", r"\\frac\{d\}\{d"),
    _Symbol(r"\lim", "what an expression tends to", r"\\lim"),
    _Symbol("h", "a small step, by which a number is moved", r"(?:[+-] |2|_\{)h\b"),
    _Symbol("e", "Euler's number, about 2.718", r"(?<![A-Za-z\\])e\^"),
    _Symbol(r"\ln", "the natural logarithm", r"\\ln"),
    _Symbol(r"\sum_k", "the sum over all $k$", r"\\sum"),
    _Symbol(r"\max", "the largest of the numbers in the brackets", r"\\max"),
    _Symbol(r"\min", "the smallest of them", r"\\min"),
    _Symbol(r"\operatorname{sign}", "1 of a positive number, −1 of a negative one", r"\\operatorname\{sign\}"),
    _Symbol(
        r"\rho(r)",
        "the Huber function: half the square of $r$ up to 1, and beyond that the size of $r$ less ½",
        r"\\rho\(",
    ),
    _Symbol(r"\Phi", "the distribution function of the standard normal distribution", r"\\Phi"),
    _Symbol(r"\varphi", "its density", r"\\varphi"),
    _Symbol(r"\operatorname{erf}", "the error function", r"\\operatorname\{erf\}"),
    _Symbol(r"\lambda, \alpha", "the constants of SELU, about 1.0507 and 1.6733", r"\\lambda"),
    _Symbol("s", "short for $\\ln(1 + e^z)$", _ALONE % "s"),
    _Symbol(r"\pi", "the number pi, about 3.1416", r"\\pi"),
    _Symbol(r"\odot", "the product of two vectors, element by element", r"\\odot"),
    _Symbol(r"\top", "transposed: rows become columns", r"\\top"),
    _Symbol(r"\leftarrow", "takes the value of what follows", r"\\leftarrow"),
)

_OF_A_BATCH = (
    _Symbol("X", "the inputs of all examples", _ALONE % "X"),
    _Symbol("Z^{(l)}", "the weighted sums of all examples", _ALONE % "Z"),
    _Symbol("A^{(l)}", "the activations of all examples", _ALONE % "A"),
    _Symbol(r"\hat{Y}", "the predictions for all examples", r"\\hat\{Y\}"),
    _Symbol("Y", "the targets of all examples", r"(?<![A-Za-z\\{])Y(?![A-Za-z])"),
    _Symbol(r"\Delta^{(l)}", "the deltas of all examples", r"\\Delta"),
    _Symbol(r"\mathbf{1}", "ones, one for each example", r"\\mathbf\{1\}"),
)
