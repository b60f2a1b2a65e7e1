"""Many examples, each a row computed as if it were alone: every sum is taken in the order of the single pass.

So a row's numbers are equal to those of the pass of its example to the bit. Parameters are stacked, (rows, n_out, n_in)
and (rows, n_out), or with one for all rows, (1, n_out, n_in) and (1, n_out).
"""

from collections.abc import Iterator, Sequence

import numpy as np

from engine.arrays import Array
from engine.backprop.ops import OPS
from engine.backprop.passes import loss_operands
from engine.network.activations import ACTIVATIONS
from engine.network.model import Layer, Network


def losses(network: Network, z: Sequence[Array], a: Sequence[Array], y: Array) -> Array:
    """Return the loss of each row (rows,) against its targets y (rows, n_out)."""
    op, operands = loss_operands(network, z[-1], a[-1], y)
    return np.asarray(OPS[op].compute(*operands))


def contract(matrices: Array, vectors: Array) -> Array:
    """Return the sum over i of matrices[k, j, i] · vectors[k, i], as engine.backprop.ops.contract takes it."""
    return np.asarray(np.multiply(matrices, vectors[:, np.newaxis, :], order="C").sum(axis=-1))


def forward(
    layers: Sequence[Layer], W: Sequence[Array], b: Sequence[Array], x: Array
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    """Return z of every layer, and the activations of every layer with the inputs x (rows, n_in) first."""
    z, a = list[Array](), [x]
    for layer, weights, biases in zip(layers, W, b, strict=True):
        z.append(contract(weights, a[-1]) + biases)
        a.append(ACTIVATIONS[layer.activation].f(z[-1], layer.parameter))
    return tuple(z), tuple(a)


def backward(
    network: Network, W: Sequence[Array], z: Sequence[Array], output: Array, y: Array
) -> Iterator[tuple[Array, Array]]:
    """Yield da and delta of each layer, from the last to the first."""
    last = network.layers[-1]
    da = OPS["loss_gradient"].compute(network.loss, output, y, y.shape[-1])
    if network.joint_form:
        delta = OPS["joint_delta"].compute(network.loss, last.activation, z[-1], y)
    else:
        delta = OPS["delta"].compute(last.activation, last.parameter, z[-1], da)
    yield da, delta
    for index in range(len(network.layers) - 2, -1, -1):
        layer = network.layers[index]
        da = contract(W[index + 1].swapaxes(-1, -2), delta)
        delta = OPS["delta"].compute(layer.activation, layer.parameter, z[index], da)
        yield da, delta
