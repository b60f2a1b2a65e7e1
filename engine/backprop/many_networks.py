"""Many networks of one shape at once: their parameters are a stack (K, P), and each layer is one array operation.

A landscape is thousands of networks on a few examples, a decision boundary over a run is dozens on thousands.
"""

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.ops import OPS
from engine.backprop.passes import loss_operands
from engine.network.activations import ACTIVATIONS
from engine.network.model import Network
from engine.network.parameters import split

# Numbers that one layer's array may hold at a time: enough for speed, and little enough to stay in the cache
_CHUNK = 1 << 18


@checked_afterwards
def activations(network: Network, theta: Array, x: Array) -> list[Array]:
    """Return the activations of every layer, each (K, n, n_out), for parameters theta (K, P) and inputs x (n, n_in)."""
    return [a for _, a in _layers(network, theta, x)]


@checked_afterwards
def losses(network: Network, theta: Array, x: Array, y: Array) -> Array:
    """Return the mean loss (K,) of each network of the stack on examples x (n, n_in), y (n, n_out).

    Infinite or NaN where a network's numbers leave the range of float64.
    """
    chunk = max(_CHUNK // (len(x) * max(network.sizes)), 1)
    return np.concatenate(
        [_losses(network, theta[start : start + chunk], x, y) for start in range(0, len(theta), chunk)]
    )


def _losses(network: Network, theta: Array, x: Array, y: Array) -> Array:
    z, a = _layers(network, theta, x)[-1]
    op, operands = loss_operands(network, z, a, y)
    mean: Array = OPS[op].compute(*operands).mean(axis=-1)
    return mean


def _layers(network: Network, theta: Array, x: Array) -> list[tuple[Array, Array]]:
    """Return z and a of every layer, each (K, n, n_out)."""
    values, a = [], x
    for layer, table in zip(network.layers, split(network, theta), strict=True):
        z = a @ table[..., :-1].swapaxes(-1, -2) + table[..., np.newaxis, :, -1]
        a = ACTIVATIONS[layer.activation].f(z, layer.parameter)
        values.append((z, a))
    return values
