"""The parts of the Network page: editor, player, inspector."""

from pages.widgets.network import editor, inspector, metrics, player, step_formulas

__all__ = ["editor", "inspector", "metrics", "player", "step_formulas"]
