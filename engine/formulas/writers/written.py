r"""What a step is written as, and the pieces that all writers make use of: products, sums over neurons, templates."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array, saturating
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart
from engine.formulas.marks import at
from engine.formulas.notations import Factor
from engine.formulas.numbers import digits_in_sum
from engine.formulas.symbols import Extent, Writer, factor, gradient, value
from engine.network.places import Bias, Neuron, Target

# a shape below a matrix
_SHAPE = re.compile(r"\\underset\{\d+ \\times \d+\}")
# the number of outputs in a denominator, and the factor that is then left
_OUTPUTS = re.compile(r"\\frac\{(\d)\}\{\\n\}(\\cdot|\\,)?")
# a negative number in brackets, with its place or without
_BRACKETED = re.compile(r"\((\\[VG](?:\[[^\]]*\])?\{-.*\})\)")
# places where it needs none: what stands around it keeps it from what it is not part of
_BEFORE = r"(?:^|(?<=[({|])|(?<=, )|(?<=& )|(?<=\{cases\}))"
_BEHIND = r"(?=$|[)}|]| [-+<>&] ?| \\[lg]e)"
# what explains a letter of a formula stands behind it
_WHERE = r",\quad "
# of 1 less an output: what is smaller cannot be read off the output's digits
READABLE = 1e-3
# of a sum over neurons so many digits are right: with all four, most lines would be longer than they are read
FEW = 3
# what is left of a loss's tokens once one neuron's are put in
PLAIN = {"a": r"\hat{y}", "y": "y"}


@dataclass(frozen=True, kw_only=True)
class Written:
    """A step in LaTeX: `left = short = numbers = result`; what a step has no need of stays empty.

    `symbols` is `short` with its sums written out, `brief` the numbers as they stand on one line; a note is a formula
    of its own that explains one of the numbers. `line` is the line of a step that needs one of its own.
    """

    left: str
    short: str
    result: str
    symbols: str = ""
    numbers: str = ""
    brief: str = ""
    notes: tuple[str, ...] = ()
    line: str = ""


def put(template: str, **tokens: str) -> str:
    r"""Return a template of a record with its tokens (\z, \p, \s, \n, \a_j, \y_j, then \a, \y) replaced."""
    if tokens.get("n") == "1":
        # a mean over one output is that output's own
        template = _OUTPUTS.sub(lambda found: "" if found[1] == "1" else found[1] + (found[2] or ""), template)
    for token, written in tokens.items():
        # a power of 2.1·10⁻⁵ is one of the whole number, not of its 10⁻⁵
        base = rf"({written})" if "^" in written and written.startswith("\\V") else written
        bracketed = _BRACKETED.fullmatch(written)
        if bracketed:
            template = re.sub(rf"{_BEFORE}\\{token}{_BEHIND}", lambda _, w=bracketed[1]: w, template)  # type: ignore[misc]
        # and the logarithm of one that of the whole number
        template = re.sub(rf"\\{token}(?=\^)|(?<=\\ln )\\{token}", lambda _, w=base: w, template)  # type: ignore[misc]
        template = re.sub(rf"\\{token}(?![a-zA-Z])", lambda _, w=written: w, template)  # type: ignore[misc]
    return template


def split_where(formula: str) -> tuple[str, str]:
    r"""Return a formula and what explains its letters, if anything does: tanh s and s = ln(1 + e^z)."""
    said, _, where = formula.partition(_WHERE)
    return said, where


def defined(called: str, definition: str, result: str) -> str:
    """Return called = definition = result; what explains a letter of the definition stands behind the result."""
    said, where = split_where(definition)
    sides = [called, said] if said in (result, factor(result)) else [called, said, result]
    return " = ".join(sides) + (f"{_WHERE}{where}" if where else "")


def shaped(written: str, rows: int, columns: int) -> str:
    """Return a matrix with its shape below it."""
    return rf"\underset{{{rows} \times {columns}}}{{{written}}}"


def without_shapes(latex: str) -> str:
    """Return a formula with a question mark below each matrix, in place of its shape."""
    return _SHAPE.sub(r"\\underset{\\text{?}}", latex)


def at_neurons(step: Step, extent: Extent, write: Writer, place: Callable[[int, int], Neuron | Bias] = Neuron) -> str:
    """The result of a step, a number or a column of one a neuron, each at its place."""
    if step.neuron is not None:
        return at(write(step.value), place(step.layer, step.neuron))
    return symbols.vector(
        len(step.value), lambda index: at(write(step.value[index]), place(step.layer, index + 1)), extent
    )


def of_outputs(step: Step, left: str, short: str, rows: Sequence[str], extent: Extent) -> Written:
    """A gradient at the outputs, whose numbers are written for each: that of one neuron, or a column."""
    result = at_neurons(step, extent, gradient)
    if step.neuron is None:
        return Written(left=left, short=short, numbers=symbols.column(rows, extent), result=result)
    return Written(left=left, short=short, numbers=rows[0], brief=rows[0], result=result)


def of_vector(symbol: str, values: Array, extent: Extent, write: Writer = value, transposed: bool = False) -> Factor:
    """Return a vector as a factor of a product of ours, where it is a column."""

    def put_in(turned: bool) -> str:
        return symbols.table(values[np.newaxis] if turned else values[:, np.newaxis], extent, write)

    return Factor(symbol=symbol, put_in=put_in, turned=extent.layout.rows, transposed=transposed)


def of_weights(symbol: str, W: Array, extent: Extent, transposed: bool = False) -> Factor:
    """Return a matrix of weights, (n_out, n_in), as a factor of a product of ours."""
    return Factor(
        symbol=symbol,
        put_in=lambda turned: symbols.table(W.T if turned else W, extent),
        turned=extent.layout.inputs_first,
        transposed=transposed,
    )


def pairs(step: Step, outputs: Any, targets: Any) -> Iterator[tuple[str, str]]:
    """Each output of a step and its target, as factors at their places, with the digits that tell them apart."""
    for j, (out, target) in enumerate(zip(outputs, targets, strict=True), start=step.neuron or 1):
        yield factor(at(apart(out, target), Neuron(step.layer, j))), factor(at(apart(target, out), Target(j)))


@saturating
def digits_of_products(left: Array, right: Array, together: float, *others: float) -> int:
    """Return with how many digits numbers and those that they are multiplied with are written where all are added."""
    return digits_in_sum([*(left * right), *others], together, FEW)


def product(left: str, right: str) -> str:
    """Return the product of two written numbers."""
    return rf"{factor(left)} \cdot {factor(right)}"


def parameter_of(parameter: float | None) -> str:
    """Return the number of an activation that has one of its own."""
    return "" if parameter is None else value(parameter)


def output(neuron: int | str | None) -> str:
    """Return the symbol of an output, or of all."""
    return r"\hat{y}" if neuron is None else rf"\hat{{y}}_{{{neuron}}}"


def target(neuron: int | str | None) -> str:
    """Return the symbol of a target, or of all."""
    return "y" if neuron is None else f"y_{{{neuron}}}"


def count(values: Any) -> range:
    """Return the numbers of things, from 1."""
    return range(1, len(values) + 1)
