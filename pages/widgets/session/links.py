"""The links of experiments in one piece, such as preset=mazur: how a browser keeps what can be undone."""

from collections.abc import Iterable

from engine import Experiment, InvalidExperiment
from pages.widgets.session import address

# characters of a list of links: some 150 states of the default network
MOST_CHARACTERS = 60_000


def link(experiment: Experiment) -> str:
    """Return the link of an experiment; empty if it is too large for one."""
    return "".join(f"{name}={value}" for name, value in address.named(experiment).items())


def opened(kept: str) -> Experiment:
    """Return the experiment of a link. Raises InvalidExperiment if it is none."""
    name, _, value = kept.partition("=")
    found = address.experiment_in({name: value})
    if found is None:
        raise InvalidExperiment("It holds no network.")
    return found


def nearest(states: Iterable[Experiment | str]) -> list[str]:
    """Return the links of the last states, of as many as can be kept: none before one without a link."""
    found: list[str] = []
    room = MOST_CHARACTERS
    for state in reversed(tuple(states)):
        one = state if isinstance(state, str) else link(state)
        room -= len(one)
        if not one or room < 0:
            break
        found.append(one)
    return found[::-1]
