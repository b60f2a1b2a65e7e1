"""Numbers in the cells of a table: with four digits, and large tables by their shape alone."""

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import text

MOST_CELLS = 16


def array_text(values: Array) -> str:
    """Return an array as [[1, 2], [3, 4]]; one with many numbers by its shape."""
    if values.size > MOST_CELLS:
        return f"{' × '.join(map(str, values.shape))} numbers"
    if values.ndim == 0:
        return text(float(values))
    return "[" + ", ".join(array_text(np.asarray(part)) for part in values) + "]"
