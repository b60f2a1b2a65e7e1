"""The two ways round that a weight matrix is stored, and what in a file's names speaks for one or the other."""

import re
from dataclasses import dataclass

from engine.arrays import Array
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Convention:
    """How a matrix is stored: transposed or not beside our W (out, in), and the names that are usual with it."""

    name: str
    title: str
    transposed: bool
    hint: re.Pattern[str]

    def sizes(self, matrix: Array) -> tuple[int, int]:
        """Return (n_in, n_out) of a matrix stored this way."""
        rows, columns = matrix.shape
        return (rows, columns) if self.transposed else (columns, rows)


CONVENTIONS: Registry[Convention] = Registry(
    "convention",
    [
        Convention(
            name="out_in",
            title="a row for each neuron, as in PyTorch",
            transposed=False,
            hint=re.compile(r"weight|\bW", re.IGNORECASE),
        ),
        # numpy.savez and JSON number what has no name, such as the lists of Keras and scikit-learn
        Convention(
            name="in_out",
            title="a column for each neuron, as in Keras and scikit-learn",
            transposed=True,
            hint=re.compile(r"kernel|coef|^arr_|^\d+$"),
        ),
    ],
)
