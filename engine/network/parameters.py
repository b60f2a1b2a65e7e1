"""All weights and biases of a network as one vector, and which entry of it is which weight.

Optimizers, landscapes and snapshots of a run do arithmetic on whole networks; on a vector it is one operation.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from engine.arrays import Array
from engine.network.model import Network
from engine.network.places import Bias, Parameter, Weight

# of L1 and L2
NO_PENALTIES = (0.0, 0.0)


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
    return np.array([isinstance(place, Bias) for place in parameters(network)])


def parameters(network: Network) -> tuple[Parameter, ...]:
    """Return every parameter of `network` in the order of the vector."""
    return tuple(_places(network))


def parameter(network: Network, index: int) -> Parameter:
    """Return the parameter at an index of the vector."""
    number, part = next((n, part) for n, part in enumerate(parts(network), start=1) if index < part.stop)
    n_in = network.layers[number - 1].n_in
    row, column = divmod(index - part.start, n_in + 1)
    return Bias(number, row + 1) if column == n_in else Weight(number, row + 1, column + 1)


def index_of(network: Network, place: Parameter) -> int:
    """Return the index of a parameter in the vector."""
    n_in, start = network.layers[place.layer - 1].n_in, parts(network)[place.layer - 1].start
    column = place.source - 1 if isinstance(place, Weight) else n_in
    return int(start + (place.to - 1) * (n_in + 1) + column)


def weights(network: Network) -> tuple[Weight, ...]:
    """Return every weight of `network`, layer by layer in the order of the rows of W."""
    return tuple(place for place in _places(network) if isinstance(place, Weight))


def _places(network: Network) -> Iterator[Parameter]:
    for number, layer in enumerate(network.layers, start=1):
        for to in range(1, layer.n_out + 1):
            yield from (Weight(number, to, source) for source in range(1, layer.n_in + 1))
            yield Bias(number, to)


def penalised(slopes: Array, parameters: Array, penalties: tuple[float, float]) -> Array:
    """Return the gradients of parameters, of one shape with them, with those of the L1 and the L2 penalty added."""
    l1, l2 = penalties
    return slopes + (l1 * np.sign(parameters) + l2 * parameters)
