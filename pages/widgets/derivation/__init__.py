"""The parts of the Derivation page: its text, its contents list, and what walks through it."""

from pages.widgets.derivation import page

__all__ = ["page"]
