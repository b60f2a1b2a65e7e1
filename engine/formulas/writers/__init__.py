"""The writers of steps by their phase, and what they write; engine/formulas/steps.py has them in one table."""

from engine.formulas.writers import backward, forward, loss, meeting, stacked, update, written

__all__ = ["backward", "forward", "loss", "meeting", "stacked", "update", "written"]
