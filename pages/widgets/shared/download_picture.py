"""A figure as a picture to save, drawn by the browser: as SVG, which stays sharp at any size, or as PNG."""

from pathlib import Path
from typing import Any

import streamlit as st

from pages.widgets.shared.chart import chart
from pages.widgets.shared.component import Component

_LIBRARY = "drawing_library"

_component = Component.of(Path(__file__).parent, "download_picture").registered("picture")


def picture(figure: dict[str, Any], name: str, alt: str, key: str) -> None:
    """Draw `figure`, whose layout gives its width and height, with buttons that save it as name.svg and name.png."""
    # the browser has Streamlit's drawing library only once a chart of Streamlit's is on the page
    with st.container(key=_LIBRARY):
        unseen = {"data": [{"x": [0], "y": [0]}], "layout": {"height": 10}}
        chart(unseen, key=f"{key}_library", alt="The drawing library")
    _component(key=key, data={"figure": figure, "name": name, "alt": alt})
