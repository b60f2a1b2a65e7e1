"""Arrays too large to draw number by number: each block of them is shown by its number of the largest size.

A mean would hide what stands out, and its sign; and what is shown is a real number that can be asked about.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array

MOST = 64


@dataclass(frozen=True, eq=False)
class Pooled:
    """A matrix of at most MOST rows and columns, and for each entry the row and column that it stood in."""

    values: Array
    rows: np.ndarray
    columns: np.ndarray


def pooled(values: Array) -> Pooled:
    """Return a matrix with every block of it replaced by its entry of the largest magnitude."""
    row_starts, column_starts = (_starts(size) for size in values.shape)
    row_ends, column_ends = (
        [*starts[1:], size] for starts, size in zip((row_starts, column_starts), values.shape, strict=True)
    )
    shape = (len(row_starts), len(column_starts))
    rows, columns = np.empty(shape, dtype=int), np.empty(shape, dtype=int)
    sizes = np.abs(values)
    for r, (top, bottom) in enumerate(zip(row_starts, row_ends, strict=True)):
        for c, (left, right) in enumerate(zip(column_starts, column_ends, strict=True)):
            row, column = divmod(int(sizes[top:bottom, left:right].argmax()), right - left)
            rows[r, c], columns[r, c] = top + row, left + column
    return Pooled(values[rows, columns], rows, columns)


def _starts(size: int) -> list[int]:
    return [size * block // min(size, MOST) for block in range(min(size, MOST))]
