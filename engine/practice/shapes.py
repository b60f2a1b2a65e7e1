"""Questions about shapes and transposes: rows × columns of the matrices of a batch, and a matrix turned around."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import text
from engine.formulas.plain import superscript
from engine.formulas.symbols import layer_name
from engine.gradcheck.by_hand import Problem
from engine.practice.question import Candidate, Question, placed, plain_value, together
from engine.practice.words import written


@dataclass(frozen=True, kw_only=True)
class _Matrix:
    """A matrix of a layer over a batch: its name, what it holds, its shape, and how the shape comes about."""

    kind: str
    name: str
    holds: str
    rows: str
    columns: str
    shape: tuple[int, int]
    symbols: str
    # of a batch, the rows are examples
    batch: bool = False


def candidates(problem: Problem, network: int) -> list[Candidate]:
    """Return all that may be asked about the shapes of a problem's matrices."""
    made = [
        _about(problem, number, matrix, network) for number in _layers(problem) for matrix in _matrices(problem, number)
    ]
    made += [_turned(problem, number, network) for number in _layers(problem) if _small(problem, number)]
    return [_candidate(one) for one in made if one.slips]


def _candidate(made: Question) -> Candidate:
    return Candidate(kind=made.place.split(".")[0], is_table=False, asked=None, make=lambda: made)


def _layers(problem: Problem) -> range:
    return range(1, len(problem.network.layers) + 1)


def _small(problem: Problem, number: int) -> bool:
    return problem.layer(number).W.size <= 16 and 1 not in problem.layer(number).W.shape


def _matrices(problem: Problem, number: int) -> list[_Matrix]:
    layer, l, count = problem.layer(number), superscript(number), problem.examples
    before = superscript(number - 1)
    out, into = f"the {layer.n_out} neurons of the layer", f"the {layer.n_in} of the layer before"
    examples = f"the {count} examples"
    return [
        _Matrix(
            kind="W", symbols=f"n⁽{l}⁾ × n⁽{before}⁾", name=f"W⁽{l}⁾", holds="the weights, row j those into neuron j",
            rows=out, columns=into, shape=(layer.n_out, layer.n_in),
        ),
        _Matrix(
            kind="Wt", symbols=f"n⁽{before}⁾ × n⁽{l}⁾", name=f"W⁽{l}⁾ᵀ",
            holds=f"what the activations are multiplied with in Z⁽{l}⁾ = A Wᵀ + b",
            rows=into, columns=out, shape=(layer.n_in, layer.n_out),
        ),
        _Matrix(
            kind="Z", symbols=f"m × n⁽{l}⁾", name=f"Z⁽{l}⁾", holds="the weighted sums, a row an example",
            rows=examples, columns=out, shape=(count, layer.n_out), batch=True,
        ),
        _Matrix(
            kind="delta", symbols=f"m × n⁽{l}⁾", name=f"Δ⁽{l}⁾", holds="the deltas, a row an example",
            rows=examples, columns=out, shape=(count, layer.n_out), batch=True,
        ),
        _Matrix(
            kind="deltat", symbols=f"n⁽{l}⁾ × m", name=f"Δ⁽{l}⁾ᵀ", holds=f"what stands first in ∂L/∂W⁽{l}⁾ = Δᵀ A",
            rows=out, columns=examples, shape=(layer.n_out, count),
        ),
        _Matrix(
            kind="dw", symbols=f"n⁽{l}⁾ × n⁽{before}⁾", name=f"∂L/∂W⁽{l}⁾", holds="the gradients of all weights",
            rows=out, columns=into, shape=(layer.n_out, layer.n_in),
        ),
    ]  # fmt: skip


def _about(problem: Problem, number: int, matrix: _Matrix, network: int) -> Question:
    sizes = "-".join(map(str, problem.network.sizes))
    rows, columns = matrix.shape
    return Question(
        place=placed(f"shape.{matrix.kind}.{number}", network),
        kind="shape",
        text=(
            f"The network has {sizes} neurons, and a batch has {problem.examples} examples. Which shape has "
            f"{matrix.name} ({layer_name(problem.network, number)}): {matrix.holds}? Type rows × columns."
        ),
        answer=_frozen(rows, columns),
        hints=(
            "The rule: rows × columns. W has a row for each neuron of its layer; a batch has a row for each example.",
            f"With symbols: {matrix.name} is {matrix.symbols}: n neurons of a layer, m examples.",
            f"With numbers: rows: {matrix.rows}; columns: {matrix.columns}.",
        ),
        slips=_slips(problem, number, matrix),
        problem=problem,
        asked=None,
        network=network,
    )


def _slips(problem: Problem, number: int, matrix: _Matrix) -> Mapping[str, float | Array]:
    rows, columns = matrix.shape
    made = {"transposed": (columns, rows)}
    if matrix.batch:
        made["one_example"] = (1, columns)
    if other := _neighbour(problem, number, matrix.kind):
        made["wrong_layer"] = other
    right = np.array([rows, columns], dtype=np.float64)
    values = {name: np.array(shape, dtype=np.float64) for name, shape in made.items() if shape != matrix.shape}
    return {
        name: plain_value(value) for name, value in together(values, right).items() if not np.array_equal(value, right)
    }


def _neighbour(problem: Problem, number: int, kind: str) -> tuple[int, int] | None:
    last = len(problem.network.layers)
    other = number + 1 if number < last else number - 1
    if other < 1:
        return None
    return next(matrix.shape for matrix in _matrices(problem, other) if matrix.kind == kind)


def _turned(problem: Problem, number: int, network: int) -> Question:
    W, l = problem.layer(number).W, superscript(number)
    return Question(
        place=placed(f"transpose.{number}", network),
        kind="shape",
        text=f"Write the transpose W⁽{l}⁾ᵀ of W⁽{l}⁾ as a table, one row a line.",
        answer=plain_value(np.array(W.T)),
        hints=(
            "The rule: the first row of Wᵀ is the first column of W.",
            f"With symbols: what stands in row i and column j of W⁽{l}⁾ᵀ stands in row j and column i of W⁽{l}⁾.",
            f"With numbers: the first row of W⁽{l}⁾ᵀ is {' '.join(text(w) for w in W[:, 0])}.",
        ),
        slips={} if np.array_equal(W, W.T) else {"not_transposed": plain_value(np.array(W))},
        given=f"W⁽{l}⁾ = {written(W)}",
        problem=problem,
        asked=None,
        network=network,
    )


def _frozen(rows: int, columns: int) -> float | Array:
    return plain_value(np.array([rows, columns], dtype=np.float64))
