"""Logarithmic axes with whole powers of ten as their only ticks: Plotly's own put a 2 and a 5 between them."""

import math
from collections.abc import Iterable
from typing import Any

from engine.formulas.plain import power_of_ten

TICKS = 7


def decades(values: Iterable[float]) -> dict[str, Any]:
    """Return the settings of a logarithmic axis around all positive values; a decade around 1 if there is none."""
    logs = [math.log10(value) for value in values if value > 0 and math.isfinite(value)] or [0.0]
    low, high = math.floor(min(logs) - 0.05), math.ceil(max(logs) + 0.05)
    step = math.ceil((high - low + 1) / TICKS)
    powers = [power for power in range(low, high + 1) if power % step == 0]
    air = 0.1 + 0.03 * (high - low)
    return {
        "type": "log",
        "range": [min(logs) - air, max(logs) + air],
        "tickvals": [10.0**power for power in powers],
        "ticktext": [decade(power) for power in powers],
    }


def decade(exponent: int) -> str:
    """Return 10⁻³, and 1, 10, 100, 0.1 and 0.01 as they are."""
    return f"{10.0**exponent:g}" if -2 <= exponent <= 2 else power_of_ten(exponent)
