"""What an address holds: an experiment, a step and its detail, a notation. Knows nothing of the session."""

from collections.abc import Mapping
from typing import get_args

from engine import PRESETS, Experiment, InvalidExperiment, decode, encode
from engine.backprop.trace import Level
from engine.formulas.notations import NOTATIONS, OURS, Notation
from engine.memory import remembered

NETWORK = ("net", "preset")
NOTATION = "notation"
OWN = (*NETWORK, "step", "detail", "example", NOTATION)
MAX_TOKEN = 4_000
# more weights take too long to compress only to find that they are too many
MAX_PACKED = 20_000


def preset_of(candidate: Experiment) -> str | None:
    """Return the name of the preset that `candidate` still equals."""
    return next((name for name, preset in PRESETS.items() if preset.experiment == candidate), None)


def token(experiment: Experiment) -> str | None:
    """Return the token of an experiment; None if it is too long for a link."""
    if experiment.network.weight_count > MAX_PACKED:
        return None
    packed = _packed(experiment)
    return packed if len(packed) <= MAX_TOKEN else None


@remembered
def _packed(experiment: Experiment) -> str:
    return encode(experiment)


def named(experiment: Experiment) -> dict[str, str]:
    """Return the parameter for an experiment: its preset's name, or its token; none if it is too large for a link."""
    preset = preset_of(experiment)
    name, value = ("preset", preset) if preset else ("net", token(experiment))
    return {name: value} if value else {}


def parameters(
    experiment: Experiment, step: int, detail: Level, example: int = 1, notation: Notation = OURS
) -> dict[str, str]:
    """Return the parameters for an experiment at a step, and of a batch for the example looked at, counted from 1."""
    found = named(experiment) | {"step": str(step)} | ({} if detail == "neuron" else {"detail": detail})
    return found | ({} if example == 1 else {"example": str(example)}) | written_in(notation)


def written_in(notation: Notation) -> dict[str, str]:
    """Return the parameter for a notation; none for our own."""
    return {} if notation == OURS else {NOTATION: notation.name}


def own(given: Mapping[str, str]) -> dict[str, str]:
    """Return those of an address's parameters that this module knows; others belong to a page."""
    return {name: value for name, value in given.items() if name in OWN}


def without_step(given: Mapping[str, str]) -> dict[str, str]:
    """Return those that name the network and the notation, which are all that a link to another page carries."""
    return {name: value for name, value in given.items() if name in (*NETWORK, NOTATION)}


def experiment_in(given: Mapping[str, str]) -> Experiment | None:
    """Return the experiment that an address names; None for a page opened without. Raises InvalidExperiment."""
    if "net" in given:
        return decode(given["net"])
    return PRESETS[given["preset"]].experiment if "preset" in given else None


def detail_in(given: Mapping[str, str]) -> Level | None:
    """Return the detail that an address asks for, if any. Raises InvalidExperiment for one that does not exist."""
    asked = given.get("detail")
    for known in get_args(Level):
        if asked == known:
            return known  # type: ignore[no-any-return]
    if asked is None:
        return None
    raise InvalidExperiment(f"The link's detail must be neuron or layer, or of a batch batch; it is {asked!r:.40}.")


def notation_in(given: Mapping[str, str]) -> Notation | None:
    """Return the notation that an address asks for, if any. Raises InvalidExperiment for one that does not exist."""
    return NOTATIONS[given[NOTATION]] if NOTATION in given else None


def step_in(given: Mapping[str, str]) -> int | None:
    """Return the step that an address asks for, counted from 1, if any. Raises InvalidExperiment if it is no number."""
    return _number_in(given, "step")


def example_in(given: Mapping[str, str]) -> int | None:
    """Return the example that an address asks for, as `step_in` the step."""
    return _number_in(given, "example")


def _number_in(given: Mapping[str, str], name: str) -> int | None:
    text = given.get(name)
    if text is None:
        return None
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0
    if number:
        return number
    raise InvalidExperiment(f"The link's {name} must be a number from 1; it is {text!r:.40}.")
