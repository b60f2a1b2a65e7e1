"""What a session holds, one job a module: callers write `at_hand.experiment()`, `changes.edit(new)`, `shown.step()`.

From the bottom: `slots` (typed values), `location` (the browser's address), `at_hand` (the experiment), `selection`,
`shown` (step and detail), `changes` (with undo), `following` (of an address). Beside them: whose turn it is to compute,
and which parts of a page run again.
"""

from pages.widgets.session import at_hand, changes, compute_lock, following, location, reruns, selection, shown, slots

__all__ = ["at_hand", "changes", "compute_lock", "following", "location", "reruns", "selection", "shown", "slots"]
