"""The app's settings: the theme can be read, nothing leaves the server that should not, and limits hold everywhere."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from streamlit import config

ROOT = Path(__file__).resolve().parents[1]
CONFIG, PUBLIC = (
    tomllib.loads((ROOT / folder / "config.toml").read_text(encoding="utf-8")) for folder in (".streamlit", "deploy")
)
# of [server], without the help of a proxy or of deploy/config.toml
LIMITS = {
    "maxUploadSize": 4,
    "maxWidgetStateSize": 1,
    "maxMessageSize": 20,
    "disconnectedSessionTTL": 120,
    "enableCORS": True,
    "enableXsrfProtection": True,
}
AA = 4.5


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb` as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("text", ["textColor", "primaryColor"])
@pytest.mark.parametrize("background", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_and_accent_are_legible_on_every_background(theme: str, text: str, background: str) -> None:
    colours = CONFIG["theme"][theme]
    assert contrast(colours[text], colours[background]) >= AA


def test_no_traceback_no_statistics_and_no_prompt() -> None:
    assert CONFIG["client"]["showErrorDetails"] == "type"
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["showEmailPrompt"] is False


def test_the_pages_draw_their_own_navigation() -> None:
    assert CONFIG["client"]["showSidebarNavigation"] is False


def options(settings: dict[str, Any]) -> set[str]:
    return {f"{section}.{name}" for section, values in settings.items() for name in values}


@pytest.mark.parametrize(("name", "value"), LIMITS.items())
def test_limits_hold_without_a_proxy(name: str, value: int) -> None:
    assert CONFIG["server"][name] == value


@pytest.mark.parametrize("option", sorted(options(CONFIG | {"theme": {}}) | options(PUBLIC)))
def test_streamlit_has_every_option(option: str) -> None:
    config.get_option(option)  # RuntimeError for one that it does not have


def test_no_option_is_set_in_two_places() -> None:
    assert not options(CONFIG) & options(PUBLIC)
