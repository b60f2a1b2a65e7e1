"""Says of the navigation that it is one, and which of its links is the page shown, to whoever cannot see it."""

from pathlib import Path

from pages.widgets.shared.component import Component

_component = Component.of(Path(__file__).parent, "landmark").registered("landmark")


def landmark(page: str) -> None:
    """Mark the container around as the navigation, in which the link called `page` is the current one."""
    _component(key="landmark", data={"page": page})
