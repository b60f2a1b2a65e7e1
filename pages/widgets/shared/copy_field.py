"""A text with a button that copies it. Streamlit's own appears only under a mouse, so not on a phone."""

from pathlib import Path

from pages.widgets.shared.component import Component

_component = Component.of(Path(__file__).parent, "copy_field").registered("copy_field", isolate_styles=True)


def copy_field(label: str, text: str, key: str) -> None:
    """Draw `text` under its label, with a button that copies it."""
    _component(key=key, data={"label": label, "text": text})
