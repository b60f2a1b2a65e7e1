"""What the components share that draw the plane of the data: their style."""

from dataclasses import replace
from pathlib import Path

from pages.widgets.shared.component import Component


def plane(folder: Path, name: str) -> Component:
    """Return a folder's component in the style of the plane."""
    own = Component.of(folder, name)
    return replace(own, css=(folder / "plane.css").read_text(encoding="utf-8") + own.css)
