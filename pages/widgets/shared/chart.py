"""Every Plotly chart of the app: a plain figure dict as it is, without Streamlit's theme or Plotly's bar of buttons.

Plotly's validation takes longer than the drawing, so it is left out here: a test validates the charts of every page.
"""

from typing import Any

import streamlit as st
from plotly.basedatatypes import BaseFigure
from streamlit.elements.lib.layout_utils import Width


class _Valid(BaseFigure):  # type: ignore[misc]
    """A figure dict that Streamlit takes for a figure of Plotly's, and so for valid."""

    def __init__(self, figure: dict[str, Any]) -> None:
        self._plain = figure

    def to_dict(self) -> dict[str, Any]:
        return self._plain


def chart(figure: dict[str, Any], *, key: str, alt: str, still: bool = False, width: Width = "stretch") -> None:
    """Draw the figure, which `alt` describes to those who do not see it; `still` without any reaction."""
    config = {"displayModeBar": False} | ({"staticPlot": True} if still else {})
    st.plotly_chart(_Valid(figure), theme=None, key=key, alt=alt, config=config, width=width)
