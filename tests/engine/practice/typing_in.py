"""How answers are typed: numbers and tables as a learner would write them."""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array
from engine.practice import Question

Write = Callable[[float], str]


def typed(question: Question, value: float | Array, write: Write = lambda number: f"{number:.4g}") -> str:
    """A value as an answer to a question."""
    value = np.asarray(value)
    if question.kind == "shape" and question.value.ndim == 1:
        return f"{value[0]:.0f} x {value[1]:.0f}"
    if value.ndim == 0:
        return write(float(value))
    rows = np.atleast_2d(value.T).T if value.ndim == 1 else value
    return "\n".join(" ".join(write(float(cell)) for cell in row) for row in rows)
