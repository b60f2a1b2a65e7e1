"""The animated picture of a network."""

from pages.figures.network import animation, geometry, glimpse, images, loss_history, message, picture, still

__all__ = ["animation", "geometry", "glimpse", "images", "loss_history", "message", "picture", "still"]
