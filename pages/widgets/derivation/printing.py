"""The print view: the text alone, on white paper in the light theme's colours whatever theme is on the screen."""

from collections.abc import Iterator

from pages.figures.theme import LIGHT, Palette, Theme


def ink(theme: Theme) -> str:
    """Return the style that prints a text, drawn in `theme`, in the light theme's colours."""
    paper = f"html, body, .stApp {{background: {LIGHT.background} !important}}"
    paper += ".stApp * {background-color: transparent !important}"
    text = f".st-key-reading, .st-key-reading * {{color: {LIGHT.text} !important}}"
    numbers = "".join(
        f".st-key-reading :is({_drawn_in(old)}, {_drawn_in(old)} *) {{color: {new} !important}}"
        for old, new in _pairs(theme)
    )
    # the picture is drawn in the dark theme's colours throughout; turned round they are close to the light ones
    picture = ".st-key-overview .js-plotly-plot {filter: invert(1) hue-rotate(180deg)}" if theme != LIGHT else ""
    return f"@media print {{{paper}{text}{numbers}{picture}}}"


def _pairs(theme: Theme) -> Iterator[tuple[str, str]]:
    """Yield each colour of a number in `theme` with that in the light theme."""
    for drawn, printed in ((theme.value, LIGHT.value), (theme.gradient, LIGHT.gradient)):
        yield from zip(_inks(drawn), _inks(printed), strict=True)


def _inks(palette: Palette) -> tuple[str, str]:
    return palette.positive_text, palette.negative_text


def _drawn_in(colour: str) -> str:
    # browsers keep the colour of a style attribute as numbers
    numbers = ", ".join(str(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return f'[style*="rgb({numbers})"]'
