"""Both themes can be read: every text on what it stands on, and values, gradients and signs told apart."""

import numpy as np
import pytest

from pages.figures.theme import DARK, LIGHT, Palette, Theme, contrast, faded, ink_on

# WCAG 2.2 level AA: text, and marks that carry meaning
TEXT, MARK = 4.5, 3.0
both = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)


def texts(theme: Theme) -> dict[str, str]:
    inks = {"text": theme.text, "muted": theme.muted}
    for name in ("value", "gradient"):
        palette: Palette = getattr(theme, name)
        inks |= {f"{name} +": palette.positive_text, f"{name} -": palette.negative_text}
    return inks


@pytest.mark.parametrize("ground", ["background", "surface"])
@both
def test_every_text_is_read_on_the_page_and_on_a_panel(theme: Theme, ground: str) -> None:
    for name, ink in texts(theme).items():
        assert contrast(ink, getattr(theme, ground)) >= TEXT, name


@both
def test_marks_stand_out_from_the_page(theme: Theme) -> None:
    for palette in (theme.value, theme.gradient):
        for value in (1.0, -1.0):
            assert contrast(palette.mark(value), theme.background) >= MARK
    assert contrast(theme.accent, theme.background) >= TEXT
    assert contrast(theme.outline, theme.background) >= 2 * MARK


def blend(scale: list[list[float | str]], place: float) -> str:
    """The colour that Plotly shows at a place of a scale of three colours."""
    low, high = (scale[0], scale[1]) if place < 0.5 else (scale[1], scale[2])
    share = (place - float(low[0])) / 0.5
    pairs = [(int(str(low[1])[at : at + 2], 16), int(str(high[1])[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in pairs)


@both
def test_the_number_in_a_neuron_is_read_on_every_fill(theme: Theme) -> None:
    for share in np.linspace(-1.0, 1.0, 201):
        fill = blend(theme.value_colorscale, (share + 1.0) / 2.0)
        assert contrast(ink_on(theme, float(share)), fill) >= TEXT, (share, fill)


@both
def test_a_sign_decides_the_colour_and_zero_is_not_negative(theme: Theme) -> None:
    for palette in (theme.value, theme.gradient):
        assert {palette.mark(v) for v in (-1e-9, -1.0)} == {palette.negative}
        assert {palette.mark(v) for v in (0.0, 1e-9, 1.0)} == {palette.positive}
        assert (palette.ink(-1.0), palette.ink(0.0)) == (palette.negative_text, palette.positive_text)
    assert len({theme.value.positive, theme.value.negative, theme.gradient.positive, theme.gradient.negative}) == 4


def test_a_faded_colour_is_the_same_and_lets_something_through() -> None:
    assert faded("#2166ac", 0.42) == "rgba(33,102,172,0.42)"


# Viénot, Brettel and Mollon 1999: what dichromats see of linear red, green and blue
DICHROMATS = {
    "protan": np.array([[0.11238, 0.88762, 0.0], [0.11238, 0.88762, 0.0], [0.00401, -0.00401, 1.0]]),
    "deutan": np.array([[0.29275, 0.70725, 0.0], [0.29275, 0.70725, 0.0], [-0.02234, 0.02234, 1.0]]),
}


def lab(colour: str, seen: np.ndarray) -> np.ndarray:
    """CIE L*a*b* (D65) of a colour as somebody sees it."""
    srgb = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    xyz = to_xyz @ np.clip(seen @ linear, 0.0, 1.0) / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("sight", DICHROMATS)
@both
def test_the_signs_of_a_palette_are_told_apart_by_colour_blind_readers(theme: Theme, sight: str) -> None:
    for palette in (theme.value, theme.gradient):
        one, other = (lab(palette.mark(value), DICHROMATS[sight]) for value in (1.0, -1.0))
        assert np.linalg.norm(one - other) >= 20.0
