"""The figures of the Gradients page."""

from pages.figures.gradients import check, layer_norms, parameter_spots, path_picture, path_products, ridges

__all__ = ["check", "layer_norms", "parameter_spots", "path_picture", "path_products", "ridges"]
