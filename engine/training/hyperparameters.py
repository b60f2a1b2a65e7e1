"""The numbers that an optimizer or a schedule can be given, and the check that a choice of them is allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.errors import InvalidExperiment
from engine.validation import finite_number

Settings = Mapping[str, float]

NONE_GIVEN: Settings = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Hyperparameter:
    """One of these numbers: its name in code, in words and in LaTeX, its default, and the limits of what is allowed."""

    name: str
    title: str
    symbol: str
    default: float
    low: float
    high: float


def settings(owner: str, hyperparameters: tuple[Hyperparameter, ...], given: Settings) -> dict[str, float]:
    """Return a value for each of them; raise InvalidExperiment for one that is unknown or outside its limits."""
    known = {one.name: one for one in hyperparameters}
    for name in given:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise InvalidExperiment(f"{owner} has no setting {name!r:.40}; {has}.")
    return {name: _value(owner, one, given.get(name, one.default)) for name, one in known.items()}


def _value(owner: str, one: Hyperparameter, given: float) -> float:
    value = finite_number(given, f"The {one.title} of {owner}")
    if not one.low <= value <= one.high:
        raise InvalidExperiment(
            f"The {one.title} of {owner} must be from {one.low:g} to {one.high:g}; {value:g} was given."
        )
    return value
