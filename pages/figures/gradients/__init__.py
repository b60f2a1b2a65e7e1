"""The figures of the Gradients page."""
