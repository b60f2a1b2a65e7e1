"""The figures of the Activations page."""
