"""The views of the Gradients page, one a file."""
