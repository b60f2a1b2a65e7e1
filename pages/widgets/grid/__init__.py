"""Tables of numbers that are edited: the component, and what its edits mean."""

from pages.widgets.grid.grid import MOST_ROWS, Grid, grids

__all__ = ["MOST_ROWS", "Grid", "grids"]
