"""The figures of the Landscape page."""

from pages.figures.landscape.curve import Profile, slice_figure
from pages.figures.landscape.surface import Terrain, landscape_figures
from pages.figures.landscape.walk import Stepped

__all__ = ["Profile", "Stepped", "Terrain", "landscape_figures", "slice_figure"]
