"""Says of the navigation that it is one, and which of its links is the page shown, to whoever cannot see it."""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from pages.widgets.shared.component import Component

_component = st.components.v2.component(
    "landmark",
    **asdict(Component.of(Path(__file__).parent, "landmark")),
    isolate_styles=False,
)


def landmark(page: str) -> None:
    """Mark the container around as the navigation, in which the link called `page` is the current one."""
    _component(key="landmark", data={"page": page})
