"""Plotly figures beside each other that are stepped through together: for each step, what is new in which trace.

The browser (pages/widgets/landscape/player.js) draws the figures once and then only moves traces.
"""

import base64
import gzip
import json
from dataclasses import dataclass
from typing import Any

# (figure, trace, {"x": [...], "y": [...], ...}): the new coordinates of a trace
Move = tuple[int, int, dict[str, list[float | None]]]


@dataclass(frozen=True)
class Stepped:
    """The figures, and for each step its title and its moves; every step moves the same traces."""

    figures: list[dict[str, Any]]
    titles: list[str]
    moves: list[list[Move]]

    def packed(self) -> str:
        """Return all of it as base64 of gzipped JSON, as `unpack` in pages/widgets/shared/transport.js takes it."""
        text = json.dumps(vars(self), separators=(",", ":"))
        return base64.b64encode(gzip.compress(text.encode(), compresslevel=5, mtime=0)).decode()


def numbers(values: Any) -> list[float | None]:
    """Return values to eight significant digits; what is not finite leaves a gap."""
    return [float(f"{value:.8g}") if abs(value) < float("inf") else None for value in values]
