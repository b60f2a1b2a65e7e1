"""The forward and the backward pass over one example or a batch, built from the ops.

Backpropagation in the form of Rumelhart, Hinton and Williams (1986): deltas from the last layer to the first,
each gradient the product of a delta and an activation.
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.ops import OPS
from engine.errors import InvalidExperiment
from engine.network.model import Layer, Network, require_targets
from engine.network.reductions import REDUCTIONS, Reduction
from engine.validation import counted, examples, finite_number


@dataclass(frozen=True)
class ForwardPass:
    """All pre-activations and activations: z[l] and a[l + 1] belong to layers[l]; a[0] is the input x.

    Shapes (n,) for one example, (batch, n) for a batch.
    """

    z: tuple[Array, ...]
    a: tuple[Array, ...]

    @property
    def output(self) -> Array:
        """The prediction: the last layer's activations."""
        return self.a[-1]


@dataclass(frozen=True, kw_only=True)
class BackwardPass:
    """The loss and its gradients; over a batch the mean loss, 1/batch inside every gradient, or the sum, without it.

    da[l] and delta[l] are dL/da and dL/dz of layers[l]; dW[l] and db[l] have the shapes of its W and b. W is the first
    layer's, through which the gradient reaches the input.
    """

    loss: float
    da: tuple[Array, ...]
    delta: tuple[Array, ...]
    dW: tuple[Array, ...]
    db: tuple[Array, ...]
    W: Array

    @cached_property
    def dx(self) -> Array:
        """Return dL/dx, of the shape of x: worked out when asked for, since no other gradient is made of it.

        For a batch it is not checked for overflow.
        """
        return np.asarray(OPS["summed_gradient"].compute(self.W.T, self.delta[0]))


def forward(network: Network, x: Array) -> ForwardPass:
    """Return z = W a + b and a = f(z) for every layer; x is (n_in,) or (batch, n_in).

    Raises InvalidExperiment for an x of another shape or not finite, and where a z leaves the range of float64.
    """
    n_in = network.sizes[0]
    a = [examples(x, "The input x", n_in, f"the first layer takes {counted(n_in, 'input')}")]
    z: list[Array] = []
    for number, layer in enumerate(network.layers, start=1):
        z.append(OPS["weighted_sum"].compute(layer.W, a[-1], layer.b))
        _require_finite(z[-1], f"the weighted sums of layer {number}")
        a.append(OPS["activation"].compute(layer.activation, layer.parameter, z[-1]))
    return ForwardPass(tuple(z), tuple(a))


@checked_afterwards
def backward(network: Network, forward_pass: ForwardPass, y: Array, reduction: str = "mean") -> BackwardPass:
    """Return the loss against the targets y, of the output's shape, and its gradients.

    reduction: over a batch, the mean or the sum of the examples' losses, a key of REDUCTIONS.
    Raises InvalidExperiment for targets of another shape or not allowed, and where a gradient leaves float64's range.
    """
    n_out = network.sizes[-1]
    y = examples(y, "The target y", n_out, f"the network has {counted(n_out, 'output')}")
    if y.shape != forward_pass.output.shape:
        raise InvalidExperiment(f"The target y has the shape {y.shape}, the output {forward_pass.output.shape}.")
    require_targets(network, y)
    over_batch = REDUCTIONS[reduction]
    loss = _loss(network, forward_pass, y, over_batch)
    last = len(network.layers) - 1
    da = [_output_gradient(network, forward_pass, y, over_batch)]
    delta = [_output_delta(network, forward_pass, y, over_batch)]
    for index in range(last, 0, -1):
        da.append(OPS["summed_gradient"].compute(network.layers[index].W.T, delta[-1]))
        _require_finite(da[-1], f"the gradients of layer {index}")
        delta.append(_delta(network.layers[index - 1], forward_pass.z[index - 1], da[-1]))
    delta.reverse()
    dW = tuple(OPS["weight_gradient"].compute(d, a) for d, a in zip(delta, forward_pass.a, strict=False))
    for number, gradient in enumerate(dW, start=1):
        _require_finite(gradient, f"the weight gradients of layer {number}")
    db = tuple(OPS["bias_gradient"].compute(d) for d in delta)
    gradients = BackwardPass(loss=loss, da=tuple(reversed(da)), delta=tuple(delta), dW=dW, db=db, W=network.layers[0].W)
    if y.ndim == 1:
        _require_finite(gradients.dx, "the gradient of the input")
    return gradients


@checked_afterwards
def sgd_step(
    network: Network, backward_pass: BackwardPass, learning_rate: float, update_biases: bool = True
) -> Network:
    """Return the network after one step of gradient descent: every parameter minus learning_rate times its gradient.

    Raises InvalidExperiment where a new parameter leaves the range of float64.
    """
    rate = finite_number(learning_rate, "The learning rate")
    layers = []
    for number, layer in enumerate(network.layers, start=1):
        W = OPS["weight_update"].compute(layer.W, backward_pass.dW[number - 1], rate)
        _require_finite(W, f"the updated weights of layer {number}")
        b = OPS["bias_update"].compute(layer.b, backward_pass.db[number - 1], rate) if update_biases else layer.b
        _require_finite(b, f"the updated biases of layer {number}")
        layers.append(replace(layer, W=W, b=b))
    return Network(layers, network.loss)


def loss_operands(network: Network, z: Array, a: Array, y: Array) -> tuple[str, tuple[Any, ...]]:
    """Return the op for the loss of the output (z, a), and its operands: the joint form where there is one."""
    if network.joint_form:
        return "joint_loss", (network.loss, network.layers[-1].activation, z, y)
    return "loss", (network.loss, a, y)


def example_losses(network: Network, forward_pass: ForwardPass, y: Array) -> Array:
    """Return the loss of each example: a number for one example, (batch,) for a batch. Not checked for overflow."""
    op, operands = loss_operands(network, forward_pass.z[-1], forward_pass.output, y)
    return np.asarray(OPS[op].compute(*operands))


def _loss(network: Network, forward_pass: ForwardPass, y: Array, over_batch: Reduction) -> float:
    value = over_batch.of(np.atleast_1d(example_losses(network, forward_pass, y)))
    _require_finite(value, "the loss")
    return float(value)


def _output_gradient(network: Network, forward_pass: ForwardPass, y: Array, over_batch: Reduction) -> Array:
    gradient: Array = OPS["loss_gradient"].compute(network.loss, forward_pass.output, y, y.shape[-1])
    return _per_example(gradient, over_batch)


def _output_delta(network: Network, forward_pass: ForwardPass, y: Array, over_batch: Reduction) -> Array:
    layer, z = network.layers[-1], forward_pass.z[-1]
    if network.joint_form:
        delta: Array = OPS["joint_delta"].compute(network.loss, layer.activation, z, y)
        return _per_example(delta, over_batch)
    return _delta(layer, z, _output_gradient(network, forward_pass, y, over_batch))


def _per_example(gradient: Array, over_batch: Reduction) -> Array:
    # the loss of a batch is a mean or a sum
    return gradient / over_batch.divisor(len(gradient)) if gradient.ndim == 2 else gradient


def _delta(layer: Layer, z: Array, da: Array) -> Array:
    delta: Array = OPS["delta"].compute(layer.activation, layer.parameter, z, da)
    return delta


@checked_afterwards
def _require_finite(values: Array, what: str) -> None:
    # a sum is finite only if every number is, and takes half the time; where it overflows itself, each is looked at
    if not (np.isfinite(values.sum()) or np.isfinite(values).all()):
        raise InvalidExperiment(
            f"The numbers grow too large to compute: {what} would leave the range of 64-bit numbers. "
            "Make the weights, the input or the learning rate smaller."
        )
