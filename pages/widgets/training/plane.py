"""What the components share that draw the plane of the data: their style."""

from dataclasses import asdict, replace
from pathlib import Path

from pages.widgets.shared.component import Component


def plane(folder: Path, name: str) -> dict[str, str]:
    """Return the parts of a folder's component, as Streamlit takes them, in the style of the plane."""
    own = Component.of(folder, name)
    return asdict(replace(own, css=(folder / "plane.css").read_text(encoding="utf-8") + own.css))
