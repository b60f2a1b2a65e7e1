"""The figures of the Training page."""

from pages.figures.training import comparison, data, playback, principal, responses, still

__all__ = ["comparison", "data", "playback", "principal", "responses", "still"]
