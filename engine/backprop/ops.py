"""The kinds of step that a forward and a backward pass are made of, one record each.

The passes compute whole layers with them and the trace single neurons; what is shown is therefore what was computed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.registry import Registry


@dataclass(frozen=True)
class Op:
    """A kind of step: its phase, what it is called, its rule in LaTeX, why it is so, and how it is computed.

    `compute(*operands)` takes one neuron's numbers, a whole layer's, or (in the passes) a batch.
    """

    name: str
    phase: str
    title: str
    rule: str
    why: str
    compute: Callable[..., Any]


def contract(matrix: Array, vector: Array) -> Array:
    """Return the sum over i of matrix[..., j, i] · vector[i], or vector @ matrixᵀ for a batch of row vectors.

    For one example the products are summed row by row in memory order, so that one row alone gives the same bits
    as that row within the matrix: a neuron's number is exactly its layer's.
    """
    if vector.ndim == 2:
        return vector @ matrix.T
    return np.asarray(np.multiply(matrix, vector, order="C").sum(axis=-1))[()]


def _weighted_sum(W: Array, a: Array, b: Array) -> Array:
    z = contract(W, a)
    if z.ndim == 2:
        # in place: a batch's matrix is large, and nobody else has seen this one
        z += b
        return z
    return z + b


def _weight_gradient(delta: Array, a: Array) -> Array:
    return delta.T @ a if a.ndim == 2 else np.multiply.outer(delta, a)


def _bias_gradient(delta: Array) -> Array:
    return delta.sum(axis=0) if np.ndim(delta) == 2 else delta + 0.0


OPS: Registry[Op] = Registry(
    "step",
    [
        Op(
            "weighted_sum",
            "forward",
            "weighted sum",
            r"z_j^{(l)} = \sum_i w_{ji}^{(l)}\,a_i^{(l-1)} + b_j^{(l)}",
            "Each incoming activation counts as much as its weight says; the bias shifts the sum.",
            checked_afterwards(_weighted_sum),
        ),
        Op(
            "activation",
            "forward",
            "activation",
            r"a_j^{(l)} = f(z_j^{(l)})",
            "Without a function that bends, all layers together would be a single linear one.",
            lambda name, parameter, z: ACTIVATIONS[name].f(z, parameter),
        ),
        Op(
            "loss",
            "loss",
            "loss",
            r"L = L(\hat{y}, y)",
            "One number says how far the prediction is from the target; learning means making it smaller.",
            lambda name, a, y: LOSSES[name].value(a, y),
        ),
        Op(
            "joint_loss",
            "loss",
            "loss",
            r"L = L(\hat{y}, y)",
            "One number says how far the prediction is from the target; learning means making it smaller.",
            lambda name, activation, z, y: LOSSES[name].joint[activation].value(z, y),
        ),
        Op(
            "loss_gradient",
            "backward",
            "gradient of the loss at the output",
            r"\frac{\partial L}{\partial \hat{y}_j} = L'(\hat{y}_j, y_j)",
            "How the loss would change if this output moved a little: here the way back begins.",
            lambda name, a, y, n: LOSSES[name].gradient(a, y, n),
        ),
        Op(
            "summed_gradient",
            "backward",
            "gradient summed from the next layer",
            r"\frac{\partial L}{\partial a_i^{(l)}} = \sum_k w_{ki}^{(l+1)}\,\delta_k^{(l+1)}",
            "This activation reaches the loss through every neuron of the next layer; the effects of all paths add up.",
            checked_afterwards(contract),
        ),
        Op(
            "delta",
            "backward",
            "delta",
            r"\delta_j^{(l)} = \frac{\partial L}{\partial z_j^{(l)}}"
            r" = \frac{\partial L}{\partial a_j^{(l)}}\,f'(z_j^{(l)})",
            "The chain rule through the activation: a flat spot of the function lets little of the gradient through.",
            lambda name, parameter, z, da: ACTIVATIONS[name].vjp(z, da, parameter),
        ),
        Op(
            "joint_delta",
            "backward",
            "delta",
            r"\delta_j^{(L)} = \frac{\partial L}{\partial z_j^{(L)}}"
            r" = \sum_i \frac{\partial L}{\partial \hat{y}_i}\,\frac{\partial \hat{y}_i}{\partial z_j^{(L)}}",
            "The loss and the output's activation belong together: worked out in one, most of the chain rule cancels.",
            lambda name, activation, z, y: LOSSES[name].joint[activation].delta(z, y),
        ),
        Op(
            "weight_gradient",
            "backward",
            "gradients of the weights",
            r"\frac{\partial L}{\partial w_{ji}^{(l)}} = \delta_j^{(l)}\,a_i^{(l-1)}",
            "A weight matters as much as the activation it carries and the delta of the neuron it leads to.",
            checked_afterwards(_weight_gradient),
        ),
        Op(
            "bias_gradient",
            "backward",
            "gradient of the bias",
            r"\frac{\partial L}{\partial b_j^{(l)}} = \delta_j^{(l)}",
            "The bias is added to z as it is, so its gradient is delta itself.",
            _bias_gradient,
        ),
        Op(
            "weight_update",
            "update",
            "update of the weights",
            r"W^{(l)} \leftarrow W^{(l)} - \eta\,\frac{\partial L}{\partial W^{(l)}}",
            "The gradient points uphill; a small step the other way makes the loss smaller.",
            checked_afterwards(lambda old, gradient, rate: old - rate * gradient),
        ),
        Op(
            "bias_update",
            "update",
            "update of the biases",
            r"b^{(l)} \leftarrow b^{(l)} - \eta\,\frac{\partial L}{\partial b^{(l)}}",
            "The gradient points uphill; a small step the other way makes the loss smaller.",
            checked_afterwards(lambda old, gradient, rate: old - rate * gradient),
        ),
    ],
)
