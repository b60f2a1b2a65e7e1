"""A text with a button that copies it. Streamlit's own appears only under a mouse, so not on a phone."""

from dataclasses import asdict
from pathlib import Path

import streamlit as st

from pages.widgets.shared.component import Component

_component = st.components.v2.component("copy_field", **asdict(Component.of(Path(__file__).parent, "copy_field")))


def copy_field(label: str, text: str, key: str) -> None:
    """Draw `text` under its label, with a button that copies it."""
    _component(key=key, data={"label": label, "text": text})
