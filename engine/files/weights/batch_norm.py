"""Batch normalisation, which in eval mode is a factor and an addend for each neuron, folded into a dense layer.

BN(u) = γ · (u − mean) / √(variance + ε) + β with the running mean and variance: s ⊙ u + t with s = γ / √(variance + ε)
and t = β − s ⊙ mean (Ioffe and Szegedy 2015, algorithm 2). Of W·x + b before the activation it makes
(s ⊙ W)·x + (s ⊙ b + t); of an activation a it makes, in the layer after, W·(s ⊙ a + t) + b = (W·diag(s))·a + (b + W·t).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.files.weights.named_arrays import finite, short
from engine.files.weights.natural_order import bare, family, natural, numbers_in, of_one_family

BEFORE, AFTER = "before", "after"

# with an underscore behind, they are a scaler's of scikit-learn, whose scale_ divides
_ROLES = {
    "mean": re.compile(r"(?:running_|moving_)mean|(?<![A-Za-z_])mean(?!_$|[A-Za-z])"),
    "variance": re.compile(r"(?:running_|moving_)var(?:iance)?|(?<![A-Za-z_])var(?:iance)?(?!_$|[A-Za-z])"),
    "scale": re.compile(r"gamma|(?<![A-Za-z_])(?:weight|scale)(?![A-Za-z])"),
    "shift": re.compile(r"beta|(?<![A-Za-z_])bias(?![A-Za-z])"),
}
# Flax keeps the two halves of a layer in two collections
_COLLECTION = re.compile(r"^(?:params|batch_stats)[./]")
_KERAS = re.compile(r"moving_|gamma|beta|^arr_|^\d+$")
_OF_INPUT = re.compile(r"input|(?<![a-z])in(?![a-z])", re.IGNORECASE)
# what the two libraries add to the variance unless told otherwise; a file does not hold it
_EPSILON = {"Keras": 1e-3, "PyTorch": 1e-5}


@dataclass(frozen=True, eq=False, kw_only=True)
class BatchNorm:
    """Running mean and variance, scale γ and shift β of one BatchNorm, and its place in the network.

    It stands after `layer` dense layers, before or after that layer's activation; `certain` if the file shows which.
    """

    name: str
    mean: Array
    variance: Array
    scale: Array
    shift: Array
    library: str
    layer: int | None = None
    place: str = BEFORE
    certain: bool = False

    @property
    def width(self) -> int:
        """The number of neurons."""
        return len(self.mean)

    @property
    def choices(self) -> tuple[str, ...]:
        """Where it may stand beside its layer's activation, the likelier first: one where the file shows it."""
        return (self.place,) if self.certain else (self.place, AFTER if self.place == BEFORE else BEFORE)

    def factor_and_addend(self) -> tuple[Array, Array]:
        """Return s and t, of shape (width,), of s ⊙ u + t."""
        s = self.scale / np.sqrt(self.variance + _EPSILON[self.library])
        return s, self.shift - s * self.mean

    def describes(self) -> str:
        """Return what is done with it, as a sentence."""
        beside = "the first layer" if self.layer == 0 else f"layer {self.layer}"
        if self.place == AFTER and self.layer:
            beside = f"layer {self.layer + 1}"
        return (
            f"The BatchNorm {short(self.name)} is folded into {beside}, as it computes in eval mode, with "
            f"ε = {np.format_float_positional(_EPSILON[self.library])}, which is {self.library}’s default: the file "
            "does not say."
        )


def norms_in(arrays: Mapping[str, Array]) -> tuple[dict[str, Array], tuple[BatchNorm, ...]]:
    """Return the arrays without those of BatchNorms, and the BatchNorms; raise InvalidExperiment for a broken one."""
    groups: dict[str, dict[str, str]] = {}
    for name, array in arrays.items():
        role = _role(name)
        if role is not None and array.ndim == 1:
            groups.setdefault(_stem(name, role), {})[role] = name
    whole = {stem: names for stem, names in groups.items() if {"mean", "variance"} <= set(names)}
    norms = tuple(norm_of(stem, names, arrays) for stem, names in whole.items())
    used = {name for names in whole.values() for name in names.values()}
    return {name: array for name, array in arrays.items() if name not in used}, norms


def _role(name: str) -> str | None:
    return next((role for role, pattern in _ROLES.items() if pattern.search(name)), None)


def _stem(name: str, role: str) -> str:
    return _COLLECTION.sub("", _ROLES[role].sub("", name))


def norm_of(stem: str, names: Mapping[str, str], arrays: Mapping[str, Array], layer: int | None = None) -> BatchNorm:
    """Return the BatchNorm whose arrays have these names; raise InvalidExperiment if they do not go together."""
    found = {role: finite(name, arrays[name]) for role, name in names.items()}
    width = len(found["mean"])
    found = {"scale": np.ones(width), "shift": np.zeros(width)} | found
    if len({len(values) for values in found.values()}) > 1:
        raise InvalidExperiment(f"The arrays of the BatchNorm {short(stem)} have different lengths.")
    if (found["variance"] < 0).any():
        raise InvalidExperiment(f"{short(names['variance'])} is a variance, and has a number below 0.")
    library = "Keras" if any(_KERAS.search(name) for name in names.values()) else "PyTorch"
    return BatchNorm(
        name=bare(stem),
        mean=found["mean"],
        variance=found["variance"],
        scale=found["scale"],
        shift=found["shift"],
        library=library,
        layer=layer,
    )


def placed(
    norms: Sequence[BatchNorm], layer_names: Sequence[str], sizes: Sequence[int]
) -> tuple[BatchNorm, ...] | None:
    """Return the BatchNorms with their places among layers of these names and sizes, or None if one has none.

    By what the names say, then by the only width that fits, then by the order of the BatchNorms; raises
    InvalidExperiment where nothing tells.
    """
    ordered = sorted(norms, key=lambda norm: natural(norm.name))
    found = [_placed(norm, rank, layer_names, sizes) for rank, norm in enumerate(ordered, 1)]
    return tuple(norm for norm in found if norm is not None) if None not in found else None


def _placed(norm: BatchNorm, rank: int, layer_names: Sequence[str], sizes: Sequence[int]) -> BatchNorm | None:
    fitting = [layer for layer, size in enumerate(sizes) if size == norm.width]
    wanted = norm.layer
    if wanted is None and 0 in fitting and _OF_INPUT.search(norm.name):
        wanted = 0
    if wanted is None:
        wanted = _layer_by_name(norm.name, layer_names)
    if wanted is None and len(fitting) > 1 and not numbers_in(norm.name):
        raise InvalidExperiment(
            f"The file does not show where the BatchNorm {short(norm.name)} stands: {len(fitting)} places have its "
            "width. Give it the number of the layer that it follows, as in fc1, bn1, fc2."
        )
    if wanted is None:
        wanted = fitting[0] if len(fitting) == 1 else rank
    if wanted not in fitting:
        return None
    place, certain = _place(norm.name, layer_names, wanted)
    return replace(norm, layer=wanted, place=place, certain=certain)


def _layer_by_name(name: str, layer_names: Sequence[str]) -> int | None:
    if of_one_family((name, *layer_names)):
        return sum(natural(layer) < natural(name) for layer in layer_names)
    same = [number for number, layer in enumerate(layer_names, 1) if numbers_in(layer) == numbers_in(name)]
    return same[0] if len(same) == 1 else None


def _place(name: str, layer_names: Sequence[str], layer: int) -> tuple[str, bool]:
    if layer == 0:
        return AFTER, True
    if layer == len(layer_names):
        return BEFORE, True
    here, there, mine = (_index(one) for one in (layer_names[layer - 1], layer_names[layer], name))
    if None in (here, there, mine) or family(name) != family(layer_names[0]):
        return BEFORE, False
    assert here is not None and there is not None and mine is not None
    # PyTorch's Sequential numbers activations too: a gap shows where one stands
    if (mine == here + 1) != (mine == there - 1):
        return (BEFORE, True) if mine == here + 1 else (AFTER, True)
    return BEFORE, False


def _index(name: str) -> int | None:
    numbers = numbers_in(name)
    return int(numbers[-1] or "0") if numbers and len(numbers[-1]) < 10 else None


def folded(
    matrices: Sequence[tuple[Array, Array]], norms: Sequence[BatchNorm], places: Sequence[str]
) -> list[tuple[Array, Array]]:
    """Return (W, b) of each layer, W of shape (n_out, n_in), with the BatchNorms in them, `places` one for each."""
    layers = list(matrices)
    chosen = list(zip(norms, places, strict=True))
    for norm, place in chosen:
        if _goes_into_own(norm, place):
            assert norm.layer is not None
            s, t = norm.factor_and_addend()
            W, b = layers[norm.layer - 1]
            layers[norm.layer - 1] = s[:, None] * W, s * b + t
    # of two after one activation, the second is nearer to the layer after
    for norm, place in reversed(chosen):
        if not _goes_into_own(norm, place):
            assert norm.layer is not None
            s, t = norm.factor_and_addend()
            W, b = layers[norm.layer]
            layers[norm.layer] = W * s, b + W @ t
    return layers


def _goes_into_own(norm: BatchNorm, place: str) -> bool:
    return place == BEFORE and norm.layer != 0
