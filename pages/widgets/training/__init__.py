"""The parts of the Training page, one a file: data, fitting, settings, the run, its player, confusion, comparison."""

from pages.widgets.training import comparison, confusion, data, fitting, player, preview, run, settings, views

__all__ = ["comparison", "confusion", "data", "fitting", "player", "preview", "run", "settings", "views"]
