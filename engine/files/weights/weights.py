"""A file's arrays understood as dense layers: a description to show before anything is done with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from engine.arrays import Array
from engine.files.weights.batch_norm import BatchNorm
from engine.files.weights.named_arrays import short, written
from engine.files.weights.orientation import CONVENTIONS
from engine.files.weights.parts import LeftOut


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

    Questions to the user are: more than one convention, a BatchNorm that is not `certain`, and what is left out.
    """

    layers: tuple[DenseLayer, ...]
    conventions: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    norms: tuple[BatchNorm, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def sizes(self, convention: str) -> tuple[int, ...]:
        """Return the neurons per layer, the input included, with the matrices stored by `convention`."""
        return sizes_of(self.layers, convention)


def sizes_of(layers: Sequence[DenseLayer], convention: str) -> tuple[int, ...]:
    """Return the inputs of the first layer, and the neurons of each, with the matrices stored by `convention`."""
    stored = CONVENTIONS[convention]
    return (stored.sizes(layers[0].matrix)[0], *(stored.sizes(layer.matrix)[1] for layer in layers))
