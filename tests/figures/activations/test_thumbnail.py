"""The small curves of the gallery."""

from xml.etree import ElementTree

import pytest

from engine import ACTIVATIONS
from pages.figures.activations.thumbnail import small_curve
from pages.figures.theme import DARK, LIGHT


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_the_small_curve_is_an_image_of_its_own(theme, name: str) -> None:
    root = ElementTree.fromstring(small_curve(theme, name))
    assert root.tag.endswith("svg") and root.get("width")
    assert theme.accent in small_curve(theme, name)
