"""The notation that questions are asked in, which is the one chosen: its names, and the way in which tables run."""

from engine.formulas.notations import Translation
from engine.gradcheck.by_hand import Problem
from pages.widgets.session import shown


def translation(problem: Problem) -> Translation:
    """Return what puts the texts about a problem into the notation chosen."""
    return Translation(shown.notation(), problem.network.sizes)
