"""The figures of the Training page."""
