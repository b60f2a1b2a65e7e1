"""The loss as a curve or a surface over chosen directions, and ways down."""

from engine.landscape.directions import along, principal_directions, random_direction
from engine.landscape.surface import Descent, Landscape

__all__ = ["Descent", "Landscape", "along", "principal_directions", "random_direction"]
