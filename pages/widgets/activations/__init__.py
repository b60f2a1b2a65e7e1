"""The views of the Activations page, one a file."""

from pages.widgets.activations import comparison, gallery, layer, parameter, softmax

__all__ = ["comparison", "gallery", "layer", "parameter", "softmax"]
