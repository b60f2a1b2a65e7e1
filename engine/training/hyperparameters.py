"""The numbers that an optimizer or a schedule can be given, and the check that a choice of them is allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.errors import InvalidExperiment
from engine.validation import finite_number

Settings = Mapping[str, float]

NONE_GIVEN: Settings = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class Option:
    """A setting: its name in code, in words and in LaTeX, its default, and the limits of what is allowed."""

    name: str
    title: str
    symbol: str
    default: float
    low: float
    high: float


def settings(owner: str, options: tuple[Option, ...], given: Settings) -> dict[str, float]:
    """Return a value for every option; raise InvalidExperiment for one that is unknown or outside its limits."""
    known = {option.name: option for option in options}
    for name in given:
        if name not in known:
            has = f"it has {', '.join(known)}" if known else "it has none"
            raise InvalidExperiment(f"{owner} has no setting {name!r:.40}; {has}.")
    return {name: _value(owner, option, given.get(name, option.default)) for name, option in known.items()}


def _value(owner: str, option: Option, given: float) -> float:
    value = finite_number(given, f"The {option.title} of {owner}")
    if not option.low <= value <= option.high:
        raise InvalidExperiment(
            f"The {option.title} of {owner} must be from {option.low:g} to {option.high:g}; {value:g} was given."
        )
    return value
