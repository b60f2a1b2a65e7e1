"""The picture of a network too large to draw neuron by neuron: strips and heat maps."""

from pages.figures.network.large import animation, geometry

__all__ = ["animation", "geometry"]
