"""Every page on paper: what is read of it without what is pressed, in the light theme's colours from any screen.

How it is laid out is in print.css; what has a size of its own is scaled to the sheet by paper.js.
"""

from collections.abc import Iterator
from pathlib import Path

from pages.figures.theme import LIGHT, Palette, Theme

LAYOUT = (Path(__file__).parent / "print.css").read_text(encoding="utf-8")
# a drawing has its colours in each of its marks, and its halos from the page
DRAWN = ".js-plotly-plot"
PAGE = f".stApp *:not({DRAWN}, {DRAWN} *)"


def print_style(theme: Theme) -> str:
    """Return the style in which a page drawn in `theme` is printed."""
    return LAYOUT if theme == LIGHT else LAYOUT + _ink(theme)


def _ink(theme: Theme) -> str:
    """Return the style that prints what is drawn in `theme` in the light theme's colours."""
    paper = f"html, body, .stApp {{background: {LIGHT.background} !important; color-scheme: light}}"
    text = (
        f"{PAGE} {{color: {LIGHT.text} !important; background-color: transparent !important;"
        f"--st-text-color: {LIGHT.text} !important; --st-background-color: {LIGHT.background} !important;"
        f"--st-secondary-background-color: {LIGHT.background} !important; --st-border-color: {LIGHT.line} !important}}"
    )
    lines = f".stApp :is(table, tr, th, td) {{border-color: {LIGHT.line} !important}}"
    numbers = "".join(
        f"{PAGE}:is({_drawn_in(old)}, {_drawn_in(old)} *, .{name}, .{name} *) {{color: {new} !important}}"
        for name, old, new in _pairs(theme)
    )
    # turned round, the dark theme's colours are close to the light ones
    pictures = (
        f":is({DRAWN}, .stApp canvas) {{filter: invert(1) hue-rotate(180deg)}}"
        f"{DRAWN}, {DRAWN} * {{--st-background-color: black !important}}"
    )
    return f"@media print {{{paper}{text}{lines}{numbers}{pictures}}}"


def _pairs(theme: Theme) -> Iterator[tuple[str, str, str]]:
    """Yield the class of a number, its colour in `theme`, and the one in the light theme."""
    for kind, drawn, printed in (("v", theme.value, LIGHT.value), ("g", theme.gradient, LIGHT.gradient)):
        yield from zip((f"{kind}p", f"{kind}n"), _inks(drawn), _inks(printed), strict=True)


def _inks(palette: Palette) -> tuple[str, str]:
    return palette.positive_text, palette.negative_text


def _drawn_in(colour: str) -> str:
    # browsers keep the colour of a style attribute as numbers
    numbers = ", ".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return f'[style*="rgb({numbers})"]'
