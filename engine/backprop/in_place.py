"""The forward and backward pass of the training loop: `engine.backprop.passes` without its checks, on arrays made once.

The functions are those of the same records, so the numbers agree with `forward` and `backward` to the last rounding.
A neuron's values over the batch are one row here, and every layer's values have a last row of ones, so that weights
and biases are one table [W | b] and every product writes into memory that is already there.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Layer, Network
from engine.network.parameters import flatten, split


@dataclass(frozen=True)
class _Functions:
    """A layer's a = f(z), and its dL/dz from (z, a, dL/da), which it may overwrite; arrays (n, batch)."""

    f: Callable[[Array], Array]
    delta: Callable[[Array, Array, Array], Array]


@dataclass(frozen=True)
class _Buffers:
    """Memory for one batch size: z of every layer, and the activations of every hidden one, once with the row of ones.

    `a` are views of `extended` without that row.
    """

    z: list[Array]
    extended: list[Array]
    a: list[Array]


class FusedPasses:
    """Loss and gradient of a network whose parameters `theta` (P,) change in place; `gradient` (P,) is overwritten."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.theta = flatten(network)
        self.gradient = np.zeros_like(self.theta)
        self._tables = split(network, self.theta)
        self._dtables = split(network, self.gradient)
        self._backward_weights = [table[:, :-1].T for table in self._tables]
        self._functions = [_functions(layer) for layer in network.layers]
        self._f_output = self._functions[-1].f
        self._output_delta = _output_delta(network)
        self._buffers: dict[int, _Buffers] = {}

    def forward(self, x1: Array) -> tuple[Array, Array]:
        """Return z and a of the output layer, (batch, n_out), for inputs x1 (n_in + 1, batch) with a row of ones."""
        z = self._hidden(x1, self._buffers_for(x1.shape[1]))
        return z.T, self._f_output(z).T

    def step(self, x1: Array, y: Array, ready: Callable[[int], None] = lambda index: None) -> Array:
        """Return the gradient of the mean loss over a batch: inputs as in `forward`, targets y (batch, n_out).

        `ready` is told of every layer (from 0) whose gradient is there, before the way back leads through its weights.
        """
        buffers = self._buffers_for(x1.shape[1])
        delta = self._output_delta(self._hidden(x1, buffers), y.T) / len(y)
        for index in range(len(self._tables) - 1, 0, -1):
            np.dot(delta, buffers.extended[index - 1].T, out=self._dtables[index])
            ready(index)
            da = np.dot(self._backward_weights[index], delta)
            delta = self._functions[index - 1].delta(buffers.z[index - 1], buffers.a[index - 1], da)
        np.dot(delta, x1.T, out=self._dtables[0])
        ready(0)
        return self.gradient

    def _hidden(self, x1: Array, buffers: _Buffers) -> Array:
        """Compute all layers up to z of the last one, which is returned, (n_out, batch)."""
        values = x1
        for index in range(len(self._tables) - 1):
            z = np.dot(self._tables[index], values, out=buffers.z[index])
            buffers.a[index][...] = self._functions[index].f(z)
            values = buffers.extended[index]
        return np.dot(self._tables[-1], values, out=buffers.z[-1])

    def _buffers_for(self, batch: int) -> _Buffers:
        if batch not in self._buffers:
            sizes = self.network.sizes[1:]
            extended = [np.ones((n + 1, batch)) for n in sizes[:-1]]
            self._buffers[batch] = _Buffers([np.empty((n, batch)) for n in sizes], extended, [e[:-1] for e in extended])
        return self._buffers[batch]


def with_ones(x: Array) -> Array:
    """Return the examples x (batch, n) as columns (n + 1, batch), with the row of ones that the biases multiply."""
    return np.vstack((x.T, np.ones(len(x))))


def _functions(layer: Layer) -> _Functions:
    record = ACTIVATIONS[layer.activation]
    function, slope, by_value, product = record.function, record.slope, record.slope_from_value, record.product
    p = layer.parameter if layer.parameter is not None else np.nan
    if by_value is not None:
        return _Functions(lambda z: function(z, p), lambda z, a, da: np.multiply(da, by_value(a, p), out=da))
    if slope is not None:
        return _Functions(lambda z: function(z, p), lambda z, a, da: np.multiply(da, slope(z, p), out=da))
    assert product is not None
    # a function of the whole layer runs along the last axis
    return _Functions(lambda z: function(z.T, p).T, lambda z, a, da: product(z.T, da.T, p).T)


def _output_delta(network: Network) -> Callable[[Array, Array], Array]:
    """Return dL/dz of each example from the output layer's z and the targets y, all (n_out, batch)."""
    if network.joint_form:
        joint = network.joint_form.delta
        return lambda z, y: joint(z.T, y.T).T
    loss, output = LOSSES[network.loss], network.layers[-1]
    functions = _functions(output)

    def delta(z: Array, y: Array) -> Array:
        a = functions.f(z)
        return functions.delta(z, a, loss.gradient(a, y, output.n_out))

    return delta
