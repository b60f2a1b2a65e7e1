"""The views of the Activations page, one a file."""
