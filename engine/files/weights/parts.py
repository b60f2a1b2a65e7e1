"""What a file may hold beside dense layers: parts that can be left out, and parts without which the output is another.

One record each; where a name fits several, the first counts.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files.weights.named_arrays import NamedArrays, short
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class Part:
    """A kind of array that is no dense layer's: its name in words, and what in an array's name tells it.

    Either the network is itself without it (`asks`: the user is to agree), or `refusal` says why it is not, and what
    to do.
    """

    name: str
    pattern: re.Pattern[str]
    asks: bool = False
    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """An array that is left out, and what it is taken for; `asks` if the user is to agree."""

    name: str
    part: str
    asks: bool


def _component(words: str) -> re.Pattern[str]:
    """Match one of the names between the dots and slashes of a path."""
    return re.compile(rf"(?:^|[./])(?:{words})(?::0)?(?=[./]|$)", re.IGNORECASE)


PARTS: Registry[Part] = Registry(
    "part of a file",
    [
        Part(name="part of a LoRA adapter", pattern=re.compile(r"lora_", re.IGNORECASE), asks=True),
        Part(
            name="part of the loss",
            pattern=_component(r"criterion|loss|loss_\w+|\w+_loss|pos_weight|class_weights?|metrics?|\w+_metrics?"),
            asks=True,
        ),
        Part(
            name="memory of the optimizer",
            pattern=_component(r"optimi[sz]ers?|exp_avg(?:_sq)?|momentum_buffer|\w*velocity|accumulator"),
            asks=True,
        ),
        Part(
            name="counter",
            pattern=_component(r"num_batches_tracked|(?:global_?)?steps?|epochs?|current_epoch|iterations?|seed"),
        ),
        Part(
            name="description",
            pattern=_component(
                r"(?:layer_?)?(?:sizes|shapes|widths|dims|units)|topology|architecture|n_layers?|version"
            ),
        ),
        Part(
            name="part of the data", pattern=re.compile(r"^(?:x|y|inputs?|targets?|classes_?|labels)$", re.IGNORECASE)
        ),
        Part(
            name="weight norm or the like",
            pattern=re.compile(r"parametrizations\.|weight_(?:g|v|orig|u|mask)$"),
            refusal=(
                "The matrix that the layer uses is made of several arrays. Before saving, call "
                'torch.nn.utils.parametrize.remove_parametrizations(layer, "weight") or, as it was made, '
                "remove_weight_norm, remove_spectral_norm or prune.remove."
            ),
        ),
        Part(
            name="recurrent layer",
            pattern=re.compile(r"(?:weight|bias)_[ih]h|recurrent_kernel|(?:^|[./_])(?:lstm|gru|rnn)", re.IGNORECASE),
            refusal="Only dense layers are read.",
        ),
        Part(
            name="part of an attention or an embedding",
            pattern=re.compile(r"in_proj|[qkv]_proj|attn|attention|embed", re.IGNORECASE),
            refusal="Only dense layers are read.",
        ),
        Part(
            name="quantised layer",
            pattern=re.compile(r"zero_points?$|packed_params|qweight|qzeros"),
            refusal="Save the network before it is quantised.",
        ),
    ],
)
# single numbers that a network multiplies by
_FACTOR = re.compile(r"scale|temperature|alpha|beta|gamma|slope|factor|gain", re.IGNORECASE)


def sorted_out(arrays: NamedArrays) -> tuple[dict[str, Array], tuple[LeftOut, ...]]:
    """Return the arrays that may be layers', and those left out; raise InvalidExperiment where none can be left out."""
    parts = {name: _part(name) for name in arrays}
    for name, part in parts.items():
        if part is not None and part.refusal:
            raise InvalidExperiment(
                f"{short(name)} belongs to a {part.name}: without it the output would be another. {part.refusal}"
            )
    left = [LeftOut(name=name, part=part.name, asks=part.asks) for name, part in parts.items() if part is not None]
    return {name: arrays[name] for name, part in parts.items() if part is None}, tuple(left)


def _part(name: str) -> Part | None:
    return next((part for part in PARTS.values() if part.pattern.search(name)), None)


# of a kind; the others are counted
_MOST_NAMED = 4


def about_left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Yield what is said of arrays that are left out: what they are taken for, with their names."""
    for part in dict.fromkeys(left.part for left in left_out):
        names = [short(left.name) for left in left_out if left.part == part]
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        yield f"Left out, as no dense layer needs it: {', '.join(names[:_MOST_NAMED])}{more} ({part})."


def stray_number(name: str, number: Array) -> LeftOut:
    """Return that a single number that is no layer's is left out; raise InvalidExperiment if it is no counter."""
    if _FACTOR.search(name) or not float(number).is_integer():
        raise InvalidExperiment(
            f"{short(name)} is a single number, {np.format_float_positional(float(number), precision=6)}, and no "
            "layer's bias: what the network does with it is not known, and without it the output could be another."
        )
    return LeftOut(name=name, part="whole number by itself", asks=True)
