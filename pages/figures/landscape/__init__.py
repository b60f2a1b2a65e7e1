"""The figures of the Landscape page."""
