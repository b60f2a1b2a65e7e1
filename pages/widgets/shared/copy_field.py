"""A text with a button that copies it. Streamlit's own appears only under a mouse, so not on a phone."""

from pathlib import Path

import streamlit as st

HERE = Path(__file__).parent

_component = st.components.v2.component(
    "copy_field",
    html='<label></label><div class="row"><input readonly>'
    '<button type="button"></button></div><output aria-live="polite"></output>',
    js=(HERE / "copy_field.js").read_text(),
    css=(HERE / "copy_field.css").read_text(),
)


def copy_field(label: str, text: str, key: str) -> None:
    """Draw `text` under its label, with a button that copies it."""
    _component(key=key, data={"label": label, "text": text})
