"""How a batch makes one loss of its examples' losses, and one gradient of theirs: by their mean or by their sum.

Textbooks and libraries differ here: PyTorch takes the mean unless told otherwise, Trask (2015) the sum.
"""

from collections.abc import Callable
from dataclasses import dataclass

from engine.arrays import Array
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """One way: its name, its LaTeX before example k's term, and by what the sum over n examples is divided.

    divisor(n): n for the mean, 1 for the sum.
    """

    name: str
    title: str
    latex: str
    divisor: Callable[[int], int]

    def of(self, values: Array) -> Array:
        """Return the reduction over the first axis, the examples'."""
        total: Array = values.sum(axis=0)
        return total / self.divisor(len(values))


REDUCTIONS: Registry[Reduction] = Registry(
    "reduction over the batch",
    [
        Reduction(name="mean", title="mean over the batch", latex=r"\frac{1}{n} \sum_k", divisor=lambda n: n),
        Reduction(name="sum", title="sum over the batch", latex=r"\sum_k", divisor=lambda n: 1),
    ],
)
