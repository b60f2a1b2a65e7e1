"""Bounds of what a visitor may send and a session may hold, where Streamlit has none; they hold without a proxy too."""

from pages.widgets.bounds.placing import bound

__all__ = ["bound"]
