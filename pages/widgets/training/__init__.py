"""The parts of the Training page, one a file: data, fitting, settings, the run, its player, confusion, comparison."""

from pages.widgets.training import comparison, confusion, data, fitting, player, point_picture, run, settings, views

__all__ = ["comparison", "confusion", "data", "fitting", "player", "point_picture", "run", "settings", "views"]
