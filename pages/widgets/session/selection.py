"""What is selected in the network: the place, e.g. a neuron or a weight, that was clicked last."""

from engine.network.places import Neuron, Place, place, unit
from pages.widgets.session import at_hand
from pages.widgets.session.slots import Slot

_selected: Slot[Place | None] = Slot("selected", None)


def selected() -> Place | None:
    """Return what is selected, if the experiment at hand still has it."""
    last = _selected.get()
    return last if last is not None and last.within(at_hand.experiment().network.sizes) else None


def select(chosen: str | Place) -> None:
    """Select a place in the network, given as it is or as the player names it; of the input's layer, the input."""
    found = place(chosen) if isinstance(chosen, str) else chosen
    _selected.set(unit(found.layer, found.number) if isinstance(found, Neuron) else found)
