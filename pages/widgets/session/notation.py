"""The notation that this session's formulas are written in."""

from engine.formulas.notations import NOTATIONS, OURS, Notation
from pages.widgets.session.slots import Slot

_name: Slot[str] = Slot("notation", OURS.name)


def chosen() -> Notation:
    """Return the notation chosen, at first our own."""
    return NOTATIONS[_name.get()]


def put(name: str) -> None:
    """Choose another one; raise InvalidExperiment for one that there is not."""
    _name.set(NOTATIONS[name].name)
