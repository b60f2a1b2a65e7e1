"""The textbook's formulas, written again with `autograd` and with 60-digit decimals, to judge the engine by.

No derivative is written here: autograd and differences of decimals work them out from the functions themselves.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal, localcontext
from typing import Any

import autograd.numpy as anp
import numpy as np
from autograd import grad
from autograd.scipy.special import erf, logsumexp

from engine.arrays import Array
from engine.formulas.steps import put
from engine.network import activations, losses
from engine.network.model import Network
from tests.latex import SELU_ALPHA, SELU_SCALE, evaluate, function


def _log_sigmoid(z: Array) -> Array:
    return -anp.logaddexp(0.0, -z)


def _log_softmax(z: Array) -> Array:
    return z - logsumexp(z, axis=-1, keepdims=True)


def _elu(z: Array, alpha: float) -> Array:
    # at 0 the left-hand branch counts, its slope included
    return anp.where(z > 0, z, alpha * (anp.exp(anp.where(z > 0, 0.0, z)) - 1.0))


# what has no entry here is judged by its formula
ACTIVATIONS: dict[str, Callable[[Any, Any], Any]] = {
    **{name: function(record) for name, record in activations.ACTIVATIONS.items()},
    "identity": lambda z, _: z,
    "sigmoid": lambda z, _: anp.exp(_log_sigmoid(z)),
    "tanh": lambda z, _: anp.tanh(z),
    "relu": lambda z, _: anp.where(z > 0, z, 0.0),
    "leaky_relu": lambda z, p: anp.where(z > 0, z, p * z),
    "elu": _elu,
    "selu": lambda z, _: SELU_SCALE * _elu(z, SELU_ALPHA),
    "gelu": lambda z, _: 0.5 * z * (1.0 + erf(z / anp.sqrt(2.0))),
    "silu": lambda z, _: z * anp.exp(_log_sigmoid(z)),
    "mish": lambda z, _: z * anp.tanh(anp.logaddexp(0.0, z)),
    "softplus": lambda z, _: anp.logaddexp(0.0, z),
    "softsign": lambda z, _: z / (1.0 + anp.abs(z)),
    "hard_tanh": lambda z, _: anp.where(anp.abs(z) < 1.0, z, anp.sign(z)),
    "gaussian": lambda z, _: anp.exp(-(z**2)),
    "softmax": lambda z, _: anp.exp(_log_softmax(z)),
}


def _log_rest_of_softmax(z: Array) -> Array:
    """ln(1 - softmax(z)): the others' share of the whole."""
    others = [anp.concatenate((z[..., :i], z[..., i + 1 :]), axis=-1) for i in range(z.shape[-1])]
    logs = [logsumexp(rest, axis=-1, keepdims=True) for rest in others]
    return anp.concatenate(logs, axis=-1) - logsumexp(z, axis=-1, keepdims=True)


# ln a and ln(1 - a) of an output a = f(z)
_LOG = {"sigmoid": _log_sigmoid, "softmax": _log_softmax}
_LOG_REST = {"sigmoid": lambda z: _log_sigmoid(-z), "softmax": _log_rest_of_softmax}


def _huber(r: Array) -> Array:
    return anp.where(anp.abs(r) <= 1.0, 0.5 * r**2, anp.abs(r) - 0.5)


def _by_formula(record: losses.Loss) -> Callable[[str, Any, Any, Any], Any]:
    term = put(record.term_latex, a_j="a", y_j="y")

    def value(_f: str, _z: Any, a: Any, y: Any) -> Any:
        # of one row, as the reader takes tables for matrices
        terms = anp.reshape(evaluate(term, a=anp.ravel(a), y=anp.ravel(y)), anp.shape(a))
        return evaluate(put(record.sum_latex, s="s", n=str(anp.shape(a)[-1])), s=anp.sum(terms, axis=-1))

    return value


# the loss of each example from the output's activation, z, a and the target; what has no entry, by its formula
LOSSES: dict[str, Callable[[str, Any, Any, Any], Any]] = {
    **{name: _by_formula(record) for name, record in losses.LOSSES.items()},
    "cross_entropy": lambda f, z, a, y: -anp.sum(y * _LOG[f](z), axis=-1),
    "binary_cross_entropy": lambda f, z, a, y: -anp.sum(y * _LOG[f](z) + (1.0 - y) * _LOG_REST[f](z), axis=-1),
    "half_squared_error": lambda f, z, a, y: 0.5 * anp.sum((a - y) ** 2, axis=-1),
    "mean_squared_error": lambda f, z, a, y: anp.mean((a - y) ** 2, axis=-1),
    "huber": lambda f, z, a, y: anp.sum(_huber(a - y), axis=-1),
}


def loss(weights: Sequence[tuple[Any, Any]], network: Network, x: Any, y: Any) -> Any:
    """The mean loss of the examples, of other weights (W, b) per layer than the network's own."""
    a = z = x
    for (W, b), layer in zip(weights, network.layers, strict=True):
        z = anp.dot(a, W.T) + b
        a = ACTIVATIONS[layer.activation](z, layer.parameter)
    return anp.mean(LOSSES[network.loss](network.layers[-1].activation, z, a, y))


def gradients(network: Network, x: Array, y: Array) -> tuple[float, list[tuple[Array, Array]], Array]:
    """The loss, its gradients (dW, db) per layer and dx, worked out by autograd."""
    weights = [(layer.W, layer.b) for layer in network.layers]
    with np.errstate(all="ignore"):
        value = float(loss(weights, network, x, y))
        return value, grad(loss, 0)(weights, network, x, y), grad(loss, 2)(weights, network, x, y)


def difference(function: Callable[[Decimal], Decimal], z: float) -> float:
    """The derivative of a function of a decimal, right to more digits than a float has."""
    with localcontext(prec=80):
        h = Decimal("1e-25")
        return float((function(Decimal(z) + h) - function(Decimal(z) - h)) / (2 * h))


def precise(function: Callable[[Decimal], Decimal], z: float) -> float:
    """The value of a function of a decimal, computed with 80 digits."""
    with localcontext(prec=80):
        return float(function(Decimal(z)))


def assert_close(found: Any, expected: Any, rtol: float, atol: float = 0.0) -> None:
    """np.testing.assert_allclose, whose own arithmetic would trip over strict floating point."""
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(found, expected, rtol=rtol, atol=atol)
