"""Small line charts as SVG text: the player of a run moves a cursor over them without drawing them again.

A Plotly chart would be laid out anew at each of sixty frames a second.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np

from engine.arrays import Array
from engine.formulas.numbers import percent
from engine.formulas.plain import power_of_ten
from pages.figures import theme as look
from pages.figures.theme import Theme

# drawn at this width or a little less: its text of 12 stays above 11 pixels
WIDTH, HEIGHT = 360, 150
LEFT, RIGHT, TOP, BOTTOM = 46, 10, 26, 22
# Points of a curve: more than this are closer together than pixels
POINTS = 300


@dataclass(frozen=True, kw_only=True)
class Line:
    """One curve of a chart: its name in the legend, its values, its colour and, so that colour is not all, a dash."""

    name: str
    y: Array
    colour: str
    dash: str = ""


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The vertical axis: from low to high, in equal steps or (log) in equal factors; ticks and their labels."""

    low: float
    high: float
    ticks: tuple[float, ...]
    labels: tuple[str, ...]
    log: bool = False

    def height(self, y: Array) -> Array:
        """Return the place of each value in the picture, counted from the top."""
        values, low, high = (_log(v) if self.log else np.asarray(v) for v in (y, self.low, self.high))
        share = np.clip((values - low) / (high - low), 0.0, 1.0)
        return TOP + (1.0 - share) * (HEIGHT - TOP - BOTTOM)


def chart(theme: Theme, title: str, x: Sequence[float], lines: Sequence[Line], scale: Scale) -> str:
    """Return a chart of lines over x, which starts at 0, as SVG with a cursor that stands at the left."""
    places = across(np.asarray(x, dtype=np.float64))
    thin = np.unique(np.linspace(0, len(places) - 1, min(POINTS, len(places))).round().astype(int))
    body = "".join(
        [
            *(
                _tick(theme, float(scale.height(np.array(y))), words)
                for y, words in zip(scale.ticks, scale.labels, strict=True)
            ),
            *(_curve(line, places[thin], scale.height(line.y[thin])) for line in lines),
            _legend(theme, title, lines),
            _ends(theme, x[-1]),
            f'<line class="cursor" x1="{LEFT}" x2="{LEFT}" y1="{TOP}" y2="{HEIGHT - BOTTOM}" stroke="{theme.text}"/>',
        ]
    )
    names = ", ".join(line.name for line in lines)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{escape(title)} over the epochs: '
        f'{escape(names)}" font-size="12" fill="{theme.text}">{body}</svg>'
    )


def across(x: Array) -> Array:
    """Return the place of each x in the picture."""
    return LEFT + x / max(float(x[-1]), 1.0) * (WIDTH - LEFT - RIGHT)


def linear(values: Sequence[Array], low: float | None = None, high: float | None = None) -> Scale:
    """Return a scale in equal steps around all values, or to the ends given."""
    bottom = min(float(v.min()) for v in values) if low is None else low
    top = max(float(v.max()) for v in values) if high is None else high
    if top <= bottom:
        top = bottom + 1.0
    ticks = _nice(bottom, top)
    return Scale(low=bottom, high=top, ticks=ticks, labels=tuple(look.label(tick) for tick in ticks))


def logarithmic(values: Sequence[Array]) -> Scale:
    """Return a scale in powers of ten around all positive values."""
    positive = np.concatenate([v[v > 0] for v in values] or [np.ones(1)])
    low, high = (float(positive.min()), float(positive.max())) if positive.size else (0.1, 1.0)
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    last = max(last, first + 1)
    step = max(1, (last - first) // 4)
    powers = range(first, last + 1, step)
    return Scale(
        low=10.0**first,
        high=10.0**last,
        ticks=tuple(10.0**p for p in powers),
        labels=tuple(_power(p) for p in powers),
        log=True,
    )


def shares() -> Scale:
    """Return the scale of a share."""
    return Scale(low=0.0, high=1.0, ticks=(0.0, 0.5, 1.0), labels=tuple(percent(share) for share in (0.0, 0.5, 1.0)))


def _nice(low: float, high: float) -> tuple[float, ...]:
    """Return about four round numbers from low to high."""
    rough = (high - low) / 4
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough * 0.999)
    return tuple(
        float(round(k * step, 12)) for k in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1)
    )


def _power(exponent: int) -> str:
    if -2 <= exponent <= 3:
        return f"{10.0**exponent:g}"
    return power_of_ten(exponent)


def _log(values: Array | float) -> Array:
    return np.log10(np.maximum(values, 1e-300))


def _tick(theme: Theme, y: float, words: str) -> str:
    line = f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}" stroke="{theme.line}"/>'
    return (
        line + f'<text x="{LEFT - 6}" y="{y + 3.5:.1f}" text-anchor="end" fill="{theme.muted}">{escape(words)}</text>'
    )


def _curve(line: Line, x: Array, y: Array) -> str:
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(x, y, strict=True))
    dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
    return f'<polyline points="{points}" fill="none" stroke="{line.colour}" stroke-width="1.8"{dash}/>'


def _legend(theme: Theme, title: str, lines: Sequence[Line]) -> str:
    x = float(WIDTH - RIGHT)
    parts = [f'<text x="{LEFT}" y="14" font-weight="600" font-size="13">{escape(title)}</text>']
    for line in reversed(lines):
        x -= 6.5 * len(line.name)
        parts.append(f'<text x="{x:.0f}" y="14" fill="{theme.muted}">{escape(line.name)}</text>')
        dash = f' stroke-dasharray="{line.dash}"' if line.dash else ""
        parts.append(
            f'<line x1="{x - 20:.0f}" x2="{x - 4:.0f}" y1="10" y2="10" stroke="{line.colour}" stroke-width="2"{dash}/>'
        )
        x -= 30
    return "".join(parts)


def _ends(theme: Theme, last: float) -> str:
    y = HEIGHT - 6
    return (
        f'<text x="{LEFT}" y="{y}" fill="{theme.muted}">0</text>'
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{y}" text-anchor="middle" fill="{theme.muted}">epochs</text>'
        f'<text x="{WIDTH - RIGHT}" y="{y}" text-anchor="end" fill="{theme.muted}">{last:,.0f}</text>'
    )
