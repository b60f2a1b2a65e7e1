"""Where the texts and marks of a network's picture stand in pixels, as the player draws it at a width of column.

Widths of text are estimated generously from the number of letters; tests/browser measures them in a real drawing.
"""

import re
from dataclasses import dataclass
from typing import Any

# of a letter in ems, on average: upright, bold, and narrow ones; height of a line, and of what is inked of one
LETTER, BOLD, NARROW, LINE, INK = 0.5, 0.54, 0.27, 1.3, 0.75
# the player's own limits (sizes.js): the least factor, the column's width from which nothing shrinks, the least letters
LEAST, ROOMY, LETTERS = 0.66, 100, 11


@dataclass(frozen=True)
class Box:
    """What it is, and its limits from left to right and from bottom to top."""

    name: str
    left: float
    right: float
    bottom: float
    top: float

    def overlaps(self, other: "Box", least: float) -> bool:
        """Whether both share more than so many pixels in width and in height."""
        across = min(self.right, other.right) - max(self.left, other.left)
        return across > least and min(self.top, other.top) - max(self.bottom, other.bottom) > least

    def holds(self, other: "Box") -> bool:
        return self.left <= other.left and other.right <= self.right


class Drawing:
    """The boxes of the traces of a picture, drawn with columns of a width in pixels."""

    def __init__(self, traces: list[dict[str, Any]], layout: dict[str, Any], column: float) -> None:
        self.column = column
        self.factor = factor_at(column)
        self.origin, end = layout["xaxis"]["range"]
        self.width, self.height = (end - self.origin) * column, layout["height"]
        self.headings = [self._heading(annotation) for annotation in layout["annotations"]]
        self.marks: list[Box] = []
        self.texts: list[Box] = []
        self.on_edges: list[Box] = []
        self.inside: list[tuple[Box, Box]] = []
        for trace in traces:
            if trace["mode"] != "lines" and trace.get("marker", {}).get("opacity") != 0:
                self._trace(trace)

    @property
    def all(self) -> list[Box]:
        return [*self.marks, *self.texts, *self.on_edges, *self.headings]

    def _trace(self, trace: dict[str, Any]) -> None:
        own = trace["mode"] == "markers+text" and trace["marker"].get("opacity") == 1
        for index, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
            text = trace["text"][index] if "text" in trace else ""
            room = of(trace["marker"]["size"], index) * self.factor if own else 0
            words = self._words(text, x, y, trace, room) if text.strip() else None
            if own:
                mark = self._mark(x, y, trace["marker"], index)
                self.marks.append(mark)
                self.inside += [(mark, words)] if words else []
            elif words:
                (self.on_edges if "marker" in trace else self.texts).append(words)

    def _mark(self, x: float, y: float, marker: dict[str, Any], index: int) -> Box:
        size = of(marker["size"], index) * self.factor
        # the half diagonal of Plotly's diamond is 1.3 times the size's half
        half = size / 2 * (1.3 if of(marker.get("symbol", ""), index) == "diamond" else 1.0)
        middle = self._x(x)
        return Box(f"mark {index}", middle - half, middle + half, y - half, y + half)

    def _words(self, text: str, x: float, y: float, trace: dict[str, Any], room: float = 0) -> Box:
        size = letters(trace["textfont"]["size"], self.factor)
        lines = text.split("<br>")
        if room:
            size = min(size, 0.94 * room / max(map(width, lines)))
        half, tall = max(map(width, lines)) * size / 2, (INK + LINE * (len(lines) - 1)) * size
        # Plotly leaves the rest of the line free on the side of the mark
        space = (LINE - INK) / 2 * size
        bottom = {
            "bottom center": y - space - tall,
            "top center": y + space,
        }.get(trace.get("textposition", ""), y - tall / 2)
        return Box(text, self._x(x) - half, self._x(x) + half, bottom, bottom + tall)

    def _heading(self, annotation: dict[str, Any]) -> Box:
        size = letters(annotation["font"]["size"], self.factor)
        lines = [line for line in annotation["text"].split("<br>") if plain(line).strip()]
        half, middle = max(map(width, lines)) * size / 2, self._x(annotation["x"])
        return Box(
            annotation["text"],
            middle - half,
            middle + half,
            annotation["y"] - LINE * len(lines) * size,
            annotation["y"],
        )

    def _x(self, x: float) -> float:
        return (x - self.origin) * self.column


def factor_at(column: float) -> float:
    return max(LEAST, min(1.0, column / ROOMY))


def letters(size: float, factor: float) -> float:
    return max(LETTERS, size * factor)


def of(values: Any, index: int) -> Any:
    return values[index] if isinstance(values, list) else values


def plain(text: str) -> str:
    return re.sub(r"<[^>]*>", "", text)


def width(line: str) -> float:
    """The width of a line in ems."""
    narrow = len(re.findall("[.,iljtfr -]", plain(line)))
    return narrow * NARROW + (len(plain(line)) - narrow) * (BOLD if "<b>" in line else LETTER)
