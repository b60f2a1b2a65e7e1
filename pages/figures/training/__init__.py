"""The figures of the Training page."""

from pages.figures.training import comparison, data, playback, responses, still

__all__ = ["comparison", "data", "playback", "responses", "still"]
