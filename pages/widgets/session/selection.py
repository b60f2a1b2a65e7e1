"""What is selected in the network: the neuron, weight or bias that was clicked last."""

from engine.network.places import Place, place
from pages.widgets.session import at_hand
from pages.widgets.session.slots import Slot

_selected: Slot[Place | None] = Slot("selected", None)


def selected() -> Place | None:
    """Return what is selected, if the experiment at hand still has it."""
    last = _selected.get()
    return last if last is not None and last.within(at_hand.experiment().network.sizes) else None


def select(chosen: str | Place) -> None:
    """Select a place in the network, given as it is or as the player names it."""
    _selected.set(place(chosen) if isinstance(chosen, str) else chosen)
