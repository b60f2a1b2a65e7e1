"""The animated figure as it travels to the player: JSON, compressed, as text.

What repeats from step to step makes up most of it, so compression takes it to an eighth.
"""

import base64
import gzip
import json
from functools import lru_cache
from typing import Any

from engine import Experiment
from engine.trace import Detail
from pages.figures.animation import animation
from pages.figures.frames import Animation, Frame
from pages.figures.markup import classed
from pages.figures.theme import Theme


@lru_cache(maxsize=64)
def packed(experiment: Experiment, theme: Theme, detail: Detail = "neuron") -> str:
    """Return the animation of an experiment as base64 of gzipped JSON; pages/widgets/player.js unpacks it."""
    text = json.dumps(document(animation(experiment, theme, detail), theme), separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), compresslevel=5, mtime=0)).decode()


def document(figure: Animation, theme: Theme) -> dict[str, Any]:
    """Return the animation as plain data."""
    return {
        "traces": figure.traces,
        "layout": figure.layout,
        "frames": [_frame(frame, theme) for frame in figure.frames],
        "colours": {
            "vp": theme.value.positive_text,
            "vn": theme.value.negative_text,
            "gp": theme.gradient.positive_text,
            "gn": theme.gradient.negative_text,
        },
    }


def _frame(frame: Frame, theme: Theme) -> dict[str, Any]:
    return {
        "title": frame.title,
        "phase": frame.phase,
        "formula": classed(frame.line, theme),
        "column": frame.column,
        "patches": [frame.setup, frame.move, frame.reveal],
    }
