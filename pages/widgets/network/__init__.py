"""The parts of the Network page: editor, player, inspector."""

from pages.widgets.network import (
    all_numbers,
    editor,
    glimpses,
    inspector,
    metrics,
    player,
    selectable,
    step_formulas,
)

__all__ = [
    "all_numbers",
    "editor",
    "glimpses",
    "inspector",
    "metrics",
    "player",
    "selectable",
    "step_formulas",
]
