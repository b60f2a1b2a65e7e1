"""The views of the Gradients page, one a file."""

from pages.widgets.gradients import check, flow, laboratory, paths

__all__ = ["check", "flow", "laboratory", "paths"]
