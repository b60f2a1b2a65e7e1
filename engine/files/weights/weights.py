"""A file's arrays understood as dense layers: a description to show before anything is done with it."""

from dataclasses import dataclass
from itertools import pairwise

from engine.arrays import Array
from engine.files.weights.named_arrays import short, written
from engine.files.weights.orientation import CONVENTIONS


@dataclass(frozen=True, eq=False, kw_only=True)
class DenseLayer:
    """One layer as found: its matrix as stored, its bias vector (None for a layer without), and their names."""

    matrix_name: str
    matrix: Array
    bias_name: str | None = None
    bias: Array | None = None

    @property
    def stored_as(self) -> str:
        """The shape of the matrix in words."""
        return written(self.matrix.shape)

    def describes(self) -> str:
        """Return the names and shapes in words, for messages."""
        bias = "no bias" if self.bias is None else f"bias {short(self.bias_name or '')} of {len(self.bias)}"
        return f"{short(self.matrix_name)} {self.stored_as}, {bias}"


@dataclass(frozen=True, eq=False)
class Weights:
    """The layers in their order, the conventions that their shapes allow, the likelier first, and what is uncertain.

    More than one convention is a question to the user.
    """

    layers: tuple[DenseLayer, ...]
    conventions: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    def sizes(self, convention: str) -> tuple[int, ...]:
        """Return the neurons per layer, the input included, with the matrices stored by `convention`."""
        stored = CONVENTIONS[convention]
        return (stored.sizes(self.layers[0].matrix)[0], *(stored.sizes(layer.matrix)[1] for layer in self.layers))


def fitting_conventions(layers: tuple[DenseLayer, ...]) -> tuple[str, ...]:
    """Return the conventions under which biases fit their matrices and each layer takes what the one before gives."""
    fitting = []
    for convention in CONVENTIONS.values():
        sizes = [convention.sizes(layer.matrix) for layer in layers]
        chained = all(before[1] == after[0] for before, after in pairwise(sizes))
        biased = all(
            layer.bias is None or len(layer.bias) == size[1] for layer, size in zip(layers, sizes, strict=True)
        )
        if chained and biased:
            fitting.append(convention)
    # a stable sort: those that the names speak for come first
    fitting.sort(key=lambda convention: not any(convention.hint.search(layer.matrix_name) for layer in layers))
    return tuple(convention.name for convention in fitting)
