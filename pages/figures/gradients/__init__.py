"""The figures of the Gradients page."""

from pages.figures.gradients import check, layer_norms, path_picture, path_products, ridges

__all__ = ["check", "layer_norms", "path_picture", "path_products", "ridges"]
