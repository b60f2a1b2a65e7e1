"""The parts of the Network page: editor, player, inspector."""

from pages.widgets.network import editor, glimpses, inspector, metrics, player, selectable, step_formulas

__all__ = ["editor", "glimpses", "inspector", "metrics", "player", "selectable", "step_formulas"]
