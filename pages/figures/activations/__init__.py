"""The figures of the Activations page."""

from pages.figures.activations import comparison, curves, neurons, softmax, thumbnail, what_if

__all__ = ["comparison", "curves", "neurons", "softmax", "thumbnail", "what_if"]
