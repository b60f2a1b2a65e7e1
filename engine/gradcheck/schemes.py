"""Difference quotients: each scheme is one record that says where a function is evaluated and how it is combined.

The derivative is the sum of weights[k] · f(w + offsets[k] · h), divided by h.
"""

from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """A difference quotient; its truncation error shrinks like h to the power `order`, its rounding error grows as 1/h.

    `h` is about where the two balance for a function of size and scale 1: epsilon to the power 1 / (order + 1).
    """

    name: str
    title: str
    latex: str
    offsets: tuple[float, ...]
    weights: tuple[float, ...]
    order: int
    h: float

    def derivative(self, values: Array, h: Array | float) -> Array:
        """Return the quotient of values (..., len(offsets)) at the offsets; h is a number or of shape (...)."""
        # less the first value, which changes nothing as the weights add up to 0: equal values give exactly 0
        return np.asarray((values - values[..., :1]) @ np.array(self.weights)) / h

    @property
    def amplification(self) -> float:
        """How much of an error in every value ends up in the quotient, times h."""
        return sum(abs(weight) for weight in self.weights)


SCHEMES: Registry[Scheme] = Registry(
    "difference scheme",
    [
        Scheme(
            name="one_sided",
            title="one-sided",
            latex=r"\frac{L(w + h) - L(w)}{h}",
            offsets=(0.0, 1.0),
            weights=(-1.0, 1.0),
            order=1,
            h=1e-8,
        ),
        Scheme(
            name="central",
            title="central",
            latex=r"\frac{L(w + h) - L(w - h)}{2h}",
            offsets=(-1.0, 1.0),
            weights=(-0.5, 0.5),
            order=2,
            h=1e-5,
        ),
        Scheme(
            name="fourth_order",
            title="central, fourth order",
            latex=r"\frac{L(w - 2h) - 8\,L(w - h) + 8\,L(w + h) - L(w + 2h)}{12h}",
            offsets=(-2.0, -1.0, 1.0, 2.0),
            weights=(1 / 12, -8 / 12, 8 / 12, -1 / 12),
            order=4,
            h=1e-3,
        ),
    ],
)
