"""The experiment at hand: the one that every page shows, and that the editors edit."""

from engine import PRESETS, Experiment
from pages.widgets.session import address, notation
from pages.widgets.session.slots import Slot

_experiment: Slot[Experiment | None] = Slot("experiment", None)
_edition: Slot[int] = Slot("edition", 0)


def experiment() -> Experiment:
    """Return the experiment at hand, on a first visit the first preset's."""
    return _experiment.get() or next(iter(PRESETS.values())).experiment


def chosen() -> bool:
    """Return whether it is one that was made or opened, and not the one that every visit begins with."""
    return _experiment.get() is not None


def put(new: Experiment) -> None:
    """Make `new` the experiment at hand and nothing else: see `changes` for what can be undone."""
    _experiment.set(new)


def edition() -> int:
    """Return a counter that grows when the experiment is replaced from outside the editors.

    What was refused in a table is forgotten then, and fields whose keys have the counter in them start afresh.
    """
    return _edition.get()


def renew_editors() -> None:
    """Let the editors start afresh."""
    _edition.set(edition() + 1)


def preset() -> str | None:
    """Return the name of the preset that the experiment at hand still equals."""
    return address.preset_of(experiment())


def link() -> dict[str, str]:
    """Return what a link to another page carries: the experiment, and the notation.

    Not the step, which the player moves without drawing the links anew; the session hands it on.
    """
    return address.named(experiment()) | address.written_in(notation.chosen())


def fits_address() -> bool:
    """Return whether the experiment at hand has a link."""
    return bool(address.named(experiment()))
