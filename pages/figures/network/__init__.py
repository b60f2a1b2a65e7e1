"""The animated picture of a network."""

from pages.figures.network import animation, geometry, loss_history, message, picture, still

__all__ = ["animation", "geometry", "loss_history", "message", "picture", "still"]
