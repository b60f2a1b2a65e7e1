"""The notation that questions are asked in: the one chosen, unless its tables run another way than the answers do."""

from engine.formulas.notations import COLUMNS, OURS, Notation, Translation
from engine.gradcheck.by_hand import Problem
from pages.widgets.session import shown


def asked_in() -> Notation:
    """Return the notation of questions: a table is typed with a row for each neuron, and so it is asked for."""
    chosen = shown.notation()
    same = (chosen.layout.rows, chosen.layout.inputs_first) == (COLUMNS.rows, COLUMNS.inputs_first)
    return chosen if same else OURS


def translation(problem: Problem) -> Translation:
    """Return what puts the texts about a problem into that notation."""
    return Translation(asked_in(), problem.network.sizes)
