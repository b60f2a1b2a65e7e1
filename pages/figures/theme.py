"""Colours, fonts and number formats of every figure, for the light and the dark theme.

Two diverging palettes that colour-blind readers can tell apart (after ColorBrewer's RdBu and PRGn): values are
blue or orange-red, gradients purple or green. The `*_text` colours have a contrast of at least 4.5 on `background`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from engine.formulas import numbers as notation

FONT = '"Source Sans", "Source Sans Pro", "Segoe UI", sans-serif'


# of a mark that is there for a step to colour
CLEAR = "rgba(0,0,0,0)"
AXIS = re.compile("[xyz]axis")
POWERS = {"exponentformat": "power"}


@dataclass(frozen=True, kw_only=True)
class Palette:
    """A diverging palette: marks and text for positive and negative numbers."""

    positive: str
    negative: str
    positive_text: str
    negative_text: str

    def mark(self, value: float) -> str:
        """Return the colour of a mark (edge, ring, bar) for `value`."""
        return self.negative if value < 0 else self.positive

    def ink(self, value: float) -> str:
        """Return the colour of a number written in text."""
        return self.negative_text if value < 0 else self.positive_text


@dataclass(frozen=True, kw_only=True)
class Theme:
    """One theme: the palettes, and the greys that everything else is drawn in."""

    name: str
    background: str
    surface: str
    text: str
    muted: str
    line: str
    outline: str
    zero: str
    accent: str
    further: tuple[str, str, str, str]
    value: Palette
    gradient: Palette

    @property
    def value_colorscale(self) -> list[list[float | str]]:
        """Plotly colour scale from negative to positive values, through the neutral fill."""
        return [[0.0, self.value.negative], [0.5, self.zero], [1.0, self.value.positive]]

    @property
    def gradient_colorscale(self) -> list[list[float | str]]:
        """Plotly colour scale from negative to positive gradients, through the neutral fill."""
        return [[0.0, self.gradient.negative], [0.5, self.zero], [1.0, self.gradient.positive]]

    @property
    def series(self) -> tuple[str, ...]:
        """Colours for curves that are neither values nor gradients, in order; use dashes or labels with them."""
        return (self.accent, self.value.positive, self.value.negative, self.gradient.positive, self.gradient.negative)

    @property
    def runs(self) -> tuple[str, ...]:
        """Colours for curves laid over points in the colours of classes, in order; use dashes with them."""
        return (self.accent, self.text, self.gradient.positive, self.gradient.negative, self.muted)

    @property
    def classes(self) -> tuple[str, ...]:
        """Colours for classes, in order; of two, the first is the negative value's and the second the positive's."""
        value, gradient = self.value, self.gradient
        first = (value.negative, value.positive, gradient.positive, gradient.negative, self.accent, self.muted)
        return (*first, *self.further)


LIGHT = Theme(
    name="light",
    background="#ffffff",
    surface="#f4f4f6",
    text="#26262b",
    muted="#60626b",
    line="#d5d7dd",
    outline="#111114",
    zero="#f7f7f7",
    accent="#4f46e5",
    further=("#b07d00", "#0e8f9c", "#c2338f", "#7f4f24"),
    value=Palette(positive="#2166ac", negative="#d6604d", positive_text="#1d5b9b", negative_text="#b2392a"),
    gradient=Palette(positive="#762a83", negative="#1b7837", positive_text="#762a83", negative_text="#1b7837"),
)

DARK = Theme(
    name="dark",
    background="#15161a",
    surface="#24262c",
    text="#ececf0",
    muted="#a3a6b1",
    line="#3c3f48",
    outline="#fafafa",
    zero="#2b2d34",
    accent="#8b93f8",
    further=("#e0b341", "#3fc1c9", "#f06fb5", "#b98a5e"),
    value=Palette(positive="#4393c3", negative="#e07a5f", positive_text="#79b8e0", negative_text="#f2a38c"),
    gradient=Palette(positive="#b07cc6", negative="#5aae61", positive_text="#cfa3e0", negative_text="#86cf8c"),
)

THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def label(value: float, signed: bool = False) -> str:
    """Return a number as it is written inside a figure: three significant digits."""
    return notation.text(value, 3, signed)


def layout(theme: Theme, height: int | None = None, **more: object) -> dict[str, object]:
    """Return the layout that every figure starts from: transparent, in the theme's text colour."""
    axis = {"gridcolor": theme.line, "zerolinecolor": theme.muted, "linecolor": theme.line, "automargin": True}
    base: dict[str, object] = {
        "paper_bgcolor": CLEAR,
        "plot_bgcolor": CLEAR,
        "font": {"family": FONT, "size": 14, "color": theme.text},
        "margin": {"l": 48, "r": 16, "t": 32, "b": 44},
        "xaxis": axis,
        "yaxis": axis,
        "hoverlabel": {
            "bgcolor": theme.surface,
            "bordercolor": theme.line,
            "font": {"color": theme.text, "family": FONT},
        },
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
    }
    return _in_powers(base | ({"height": height} if height else {}) | more)


def _in_powers(whole: dict[str, object]) -> dict[str, object]:
    """Return a layout in which all axes have 10⁻⁹, and not n, also those that a figure made itself."""
    axes = {name: POWERS | part for name, part in whole.items() if AXIS.match(name) and isinstance(part, dict)}
    scene = whole.get("scene")
    return whole | axes | ({"scene": _in_powers(scene)} if isinstance(scene, dict) else {})


def quiet(theme: Theme) -> dict[str, object]:
    """Return the template of a chart beside a page's text: small muted writing off the axes, no lines across x."""
    ticks, title = {"size": 12, "color": theme.muted}, {"size": 14, "color": theme.muted}
    axis = {"tickfont": ticks, "tickcolor": theme.line, "automargin": True}
    x = axis | {"title": {"font": title, "standoff": 20}, "showgrid": False}
    y = axis | {"title": {"font": title, "standoff": 24}}
    return {"layout": {"xaxis": x, "yaxis": y, "margin": {"pad": 8}, "legend": {"font": {"size": 12}}}}


# shares as figures have them are in thousandths
@lru_cache(maxsize=4096)
def ink_on(theme: Theme, share: float) -> str:
    """Return the colour in which a number is read best on the value scale at `share`, from -1 to 1."""
    end = theme.value.mark(share)
    fill = [low + abs(share) * (high - low) for low, high in zip(_channels(theme.zero), _channels(end), strict=True)]
    # on any colour at all, one of the two has a contrast of at least 4.58
    return max(("#000000", "#ffffff"), key=lambda ink: _contrast(_channels(ink), fill))


def faded(colour: str, share: float) -> str:
    """Return a colour that covers `share` of what is behind it."""
    red, green, blue = (round(255 * channel) for channel in _channels(colour))
    return f"rgba({red},{green},{blue},{share:g})"


def ramp(colours: Sequence[str], steps: int) -> list[list[int]]:
    """Return `steps` colours from the first to the last through those between, each as red, green, blue to 255."""
    stops = [[round(255 * channel) for channel in _channels(colour)] for colour in colours]
    places = [index * (len(stops) - 1) / (steps - 1) for index in range(steps)]
    return [_between(stops[int(place)], stops[min(int(place) + 1, len(stops) - 1)], place % 1) for place in places]


def css(colour: Sequence[int]) -> str:
    """Return a colour, given as red, green, blue to 255, as a browser takes it."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _between(one: list[int], other: list[int], share: float) -> list[int]:
    return [round(low + share * (high - low)) for low, high in zip(one, other, strict=True)]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG 2.2, from 1 to 21."""
    return _contrast(_channels(one), _channels(other))


# a theme has some thirty colours, and each is asked for thousands of times in an animation
@lru_cache(maxsize=256)
def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _contrast(one: Sequence[float], other: Sequence[float]) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(channels: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
