"""Tables of numbers that are edited: the component, and what its edits mean."""

from pages.widgets.grid.answers import Editing, number
from pages.widgets.grid.drawing import grids
from pages.widgets.grid.grid import MOST_ROWS, Grid

__all__ = ["MOST_ROWS", "Editing", "Grid", "grids", "number"]
