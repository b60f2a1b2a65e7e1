"""Tables of numbers that are edited: the component, and what its edits mean."""

from pages.widgets.grid.grid import Grid, grids

__all__ = ["Grid", "grids"]
