"""A chart from a plain figure dict, without Plotly's validation at every drawing, which takes longer than the drawing.

What the browser gets is the same: a test compares. The figures themselves are validated by their tests.
"""

from functools import cache
from typing import Any

import plotly.io
import streamlit as st
from plotly.basedatatypes import BaseFigure


class _Valid(BaseFigure):  # type: ignore[misc]
    """A figure dict that Streamlit takes for a figure of Plotly's, and so for valid."""

    def __init__(self, figure: dict[str, Any]) -> None:
        self._plain = figure

    def to_dict(self) -> dict[str, Any]:
        return self._plain


def chart(figure: dict[str, Any], *, key: str, alt: str, still: bool = False, **options: Any) -> None:
    """Draw the figure without Plotly's bar of buttons, `still` without any reaction; more are st.plotly_chart's."""
    layout = figure["layout"]
    whole = {**figure, "layout": {**layout, "template": _template(layout["template"])}}
    config = {"displayModeBar": False} | ({"staticPlot": True} if still else {})
    st.plotly_chart(_Valid(whole), key=key, alt=alt, config=config, **options)


@cache
def _template(name: str) -> dict[str, Any]:
    template: dict[str, Any] = plotly.io.templates[name].to_plotly_json()
    return template
