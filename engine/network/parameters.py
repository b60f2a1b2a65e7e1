"""All weights and biases of a network as one vector, and which entry of it is which weight.

Optimizers, landscapes and snapshots of a run do arithmetic on whole networks; on a vector it is one operation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array
from engine.network.model import Network

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


@dataclass(frozen=True)
class Parameter:
    """One weight or bias: its place in the vector, its layer and neuron, and the neuron it comes from (bias: None).

    Layers, neurons and sources count from 1, as on the screen.
    """

    index: int
    layer: int
    neuron: int
    source: int | None

    @property
    def latex(self) -> str:
        """The parameter's symbol in LaTeX."""
        return rf"{self._letter}^{{({self.layer})}}_{{{self._indices}}}"

    @property
    def text(self) -> str:
        """The parameter's symbol in plain text: w⁽¹⁾₂₃, b⁽¹⁾₂."""
        layer = str(self.layer).translate(_SUPERSCRIPTS)
        return f"{self._letter}⁽{layer}⁾{self._indices.translate(_SUBSCRIPTS)}"

    @property
    def _letter(self) -> str:
        return "b" if self.source is None else "w"

    @property
    def _indices(self) -> str:
        if self.source is None:
            return str(self.neuron)
        comma = "," if max(self.neuron, self.source) > 9 else ""
        return f"{self.neuron}{comma}{self.source}"


def flatten(network: Network) -> Array:
    """Return theta (P,): layer by layer and neuron by neuron the neuron's weights, then its bias."""
    return np.concatenate([np.column_stack((layer.W, layer.b)).ravel() for layer in network.layers])


def with_parameters(network: Network, theta: Array) -> Network:
    """Return `network` with the parameters theta (P,); raise InvalidExperiment if one is not finite."""
    tables = split(network, theta)
    layers = [replace(layer, W=t[:, :-1], b=t[:, -1]) for layer, t in zip(network.layers, tables, strict=True)]
    return Network(layers, network.loss)


def split(network: Network, theta: Array) -> list[Array]:
    """Return views of theta (..., P) as one table [W | b] a layer, each of shape (..., n_out, n_in + 1)."""
    return [
        theta[..., part].reshape(*theta.shape[:-1], layer.n_out, layer.n_in + 1)
        for layer, part in zip(network.layers, parts(network), strict=True)
    ]


def parts(network: Network) -> list[slice]:
    """Return the slice of the vector that each layer fills."""
    ends = np.cumsum([layer.n_out * (layer.n_in + 1) for layer in network.layers]).tolist()
    return [slice(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def is_bias(network: Network) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Return a mask (P,) of the entries that are biases."""
    return np.array([parameter.source is None for parameter in parameters(network)])


def parameters(network: Network) -> tuple[Parameter, ...]:
    """Return every parameter of `network` in the order of the vector."""
    return tuple(Parameter(index, *place) for index, place in enumerate(_places(network)))


def parameter(network: Network, index: int) -> Parameter:
    """Return the parameter at an index of the vector."""
    number, part = next((n, part) for n, part in enumerate(parts(network), start=1) if index < part.stop)
    n_in = network.layers[number - 1].n_in
    row, column = divmod(index - part.start, n_in + 1)
    return Parameter(index, number, row + 1, None if column == n_in else column + 1)


def _places(network: Network) -> Iterator[tuple[int, int, int | None]]:
    for number, layer in enumerate(network.layers, start=1):
        for neuron in range(1, layer.n_out + 1):
            for source in range(1, layer.n_in + 1):
                yield number, neuron, source
            yield number, neuron, None
