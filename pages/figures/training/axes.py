"""The axes of a run's large panel: their range, their ticks, and values as shares of them."""

from collections.abc import Iterable

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import text
from pages.figures.training.marks import Axis
from pages.figures.training.svg_charts import linear


def axis(title: str, low: float, high: float) -> Axis:
    """Return an axis from low to high."""
    scale = linear([np.array([low, high])])
    shares = (round((tick - low) / (high - low), 4) for tick in scale.ticks)
    # these are the reader's own numbers: 2000 rooms are not to become 2×10³
    labels = (text(tick, 6) for tick in scale.ticks)
    return Axis(title=title, ticks=tuple(zip(shares, labels, strict=True)))


def share(values: Array, low: float, high: float) -> Array:
    """Return values as shares of an axis from low to high."""
    shares: Array = (values - low) / (high - low)
    return shares


def extent(parts: Iterable[Array]) -> tuple[float, float]:
    """Return the range of all values with a margin."""
    ends = [(float(part.min()), float(part.max())) for part in parts]
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    margin = 0.12 * (high - low) or 0.5
    return low - margin, high + margin
