"""The picture at one step as a figure that stands alone: with a background, and the step's title and formula."""

import re
from functools import reduce
from typing import Any

from engine import Experiment
from engine.backprop.trace import Level
from engine.formulas.notations import OURS, Notation
from pages.figures.markup import html
from pages.figures.network.animation import animation
from pages.figures.network.canvas import apply
from pages.figures.network.frames import Frame
from pages.figures.theme import Theme

# wide enough for two lines of caption beside each other under neighbouring neurons
COLUMN = 160
FONT_SIZE, LINE = 16, 30
# of a letter, on average, at this size of the font
LETTER = 8.0


def still(experiment: Experiment, theme: Theme, detail: Level, step: int, notation: Notation = OURS) -> dict[str, Any]:
    """Return the figure of a step, counted from 1, with its width and height in the layout."""
    figure = animation(experiment, theme, detail, notation)
    patches = [patch for frame in figure.frames[:step] for patch in (frame.setup, frame.move, frame.reveal)]
    before, after = figure.layout["xaxis"]["range"]
    width, height = round((after - before) * COLUMN), figure.layout["height"]
    lines = _caption(figure.frames[step - 1], theme, width)
    below = LINE * len(lines) + LINE
    return {
        "data": reduce(apply, patches, figure.traces),
        "layout": figure.layout
        | {
            "width": width,
            "height": height + below,
            "paper_bgcolor": theme.background,
            "yaxis": figure.layout["yaxis"] | {"range": [-below, height]},
            "annotations": [*figure.layout["annotations"], *(_line(n, text) for n, text in enumerate(lines))],
        },
    }


def _caption(frame: Frame, theme: Theme, width: int) -> list[str]:
    """Return the title and the formula, broken before a sign of equality where it would be too long."""
    lines = [f"<b>{frame.title}</b>", ""]
    for part in re.split(r"(?= = )", html(frame.line, theme)):
        if lines[-1] and _length(lines[-1] + part) * LETTER > width:
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


def _length(text: str) -> int:
    return len(re.sub(r"<[^>]*>", "", text))


def _line(number: int, text: str) -> dict[str, Any]:
    return {
        "text": text,
        "x": 0.5,
        "xref": "paper",
        "xanchor": "center",
        "y": -LINE * (number + 0.25),
        "yref": "y",
        "yanchor": "middle",
        "showarrow": False,
        "font": {"size": FONT_SIZE},
    }
