"""The parts of the Training page, one a file: data, fitting, settings, the run, its player, comparison."""

from pages.widgets.training import comparison, data, fitting, player, run, settings, views

__all__ = ["comparison", "data", "fitting", "player", "run", "settings", "views"]
