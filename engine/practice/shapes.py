"""Questions about shapes and transposes: rows × columns of the matrices of a batch, and a matrix turned around."""

from collections.abc import Mapping

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Problem
from engine.practice.matrices import EXAMPLES, MATRICES, Matrix
from engine.practice.question import Candidate, Question, placed, plain_value, together
from engine.practice.shape_wording import OfMatrix, OfTranspose

# a larger one is not to be typed
MOST_CELLS = 16


def candidates(problem: Problem, network: int) -> list[Candidate]:
    """Return all that may be asked about the shapes of a problem's matrices."""
    made = [_about(problem, number, matrix, network) for number in _layers(problem) for matrix in MATRICES.values()]
    made += [_turned(problem, number, network) for number in _layers(problem) if _small(problem, number)]
    return [_candidate(one) for one in made if one.slips]


def _candidate(made: Question) -> Candidate:
    return Candidate(kind=made.place.split(".")[0], is_table=False, asked=None, make=lambda: made)


def _layers(problem: Problem) -> range:
    return range(1, len(problem.network.layers) + 1)


def _small(problem: Problem, number: int) -> bool:
    return problem.layer(number).W.size <= MOST_CELLS and 1 not in problem.layer(number).W.shape


def _about(problem: Problem, number: int, matrix: Matrix, network: int) -> Question:
    return Question(
        place=placed(f"shape.{matrix.name}.{number}", network),
        kind="shape",
        answer=plain_value(np.array(matrix.shape(problem, number), dtype=np.float64)),
        slips=_slips(problem, number, matrix),
        problem=problem,
        asked=None,
        wording=OfMatrix(problem=problem, number=number, matrix=matrix),
        network=network,
    )


def _slips(problem: Problem, number: int, matrix: Matrix) -> Mapping[str, float | Array]:
    rows, columns = matrix.shape(problem, number)
    made = {"transposed": (columns, rows)}
    if matrix.rows == EXAMPLES:
        made["one_example"] = (1, columns)
    if other := _neighbour(problem, number):
        made["wrong_layer"] = matrix.shape(problem, other)
    right = np.array([rows, columns], dtype=np.float64)
    values = {name: np.array(shape, dtype=np.float64) for name, shape in made.items() if shape != (rows, columns)}
    return {
        name: plain_value(value) for name, value in together(values, right).items() if not np.array_equal(value, right)
    }


def _neighbour(problem: Problem, number: int) -> int | None:
    """The layer after one, or before the last."""
    last = len(problem.network.layers)
    other = number + 1 if number < last else number - 1
    return other or None


def _turned(problem: Problem, number: int, network: int) -> Question:
    W = problem.layer(number).W
    return Question(
        place=placed(f"transpose.{number}", network),
        kind="shape",
        answer=plain_value(np.array(W.T)),
        slips={} if np.array_equal(W, W.T) else {"not_transposed": plain_value(np.array(W))},
        problem=problem,
        asked=None,
        wording=OfTranspose(problem=problem, number=number),
        network=network,
    )
