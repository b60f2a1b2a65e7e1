"""The learning steps of experiments that differ in numbers only, in one stacked pass: an array operation for all.

Every sum is taken in the order of the single pass (engine/backprop/ops.py), so that its numbers are equal to the bit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.learning_step import LearningStep
from engine.backprop.ops import OPS
from engine.backprop.passes import BackwardPass, ForwardPass, loss_operands
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment, Layer, Network


@dataclass(frozen=True, eq=False, kw_only=True)
class Stack:
    """What the learning steps of K experiments compute, the experiment as the first axis of each array.

    loss, new_loss: (K,); y: (K, n_out). The others by layer: b, z, da, delta, db, new_b and new_z (K, n_out), W, dW
    and new_W (K, n_out, n_in); a and new_a have the input first, (K, n_in). What is new is of the network after the
    learning step. A number that leaves the range of float64 is infinite or NaN.
    """

    experiments: tuple[Experiment, ...]
    W: tuple[Array, ...]
    b: tuple[Array, ...]
    y: Array
    loss: Array
    z: tuple[Array, ...]
    a: tuple[Array, ...]
    da: tuple[Array, ...]
    delta: tuple[Array, ...]
    dW: tuple[Array, ...]
    db: tuple[Array, ...]
    dx: Array
    new_W: tuple[Array, ...]
    new_b: tuple[Array, ...]
    new_z: tuple[Array, ...]
    new_a: tuple[Array, ...]
    new_loss: Array

    @property
    @checked_afterwards
    def largest(self) -> Array:
        """The largest absolute value (K,) of all that is computed; NaN where one is NaN."""
        count = len(self.loss)
        passes = (self.loss, *self.z, *self.a, *self.da, *self.delta, *self.dW, self.dx)
        arrays = (*passes, *self.new_W, *self.new_b, *self.new_z, *self.new_a, self.new_loss)
        return np.max([np.abs(array.reshape(count, -1)).max(axis=-1) for array in arrays], axis=0)

    def step(self, index: int) -> LearningStep:
        """Return the learning step of one of the experiments; its arrays are views."""
        experiment = self.experiments[index]
        back = BackwardPass(
            loss=float(self.loss[index]),
            da=_each(self.da, index),
            delta=_each(self.delta, index),
            dW=_each(self.dW, index),
            db=_each(self.db, index),
            W=experiment.network.layers[0].W,
        )
        layers = [
            replace(layer, W=W[index], b=b[index])
            for layer, W, b in zip(experiment.network.layers, self.new_W, self.new_b, strict=True)
        ]
        updated = Network(layers, experiment.network.loss)
        return LearningStep(ForwardPass(_each(self.z, index), _each(self.a, index)), back, updated)


def _each(arrays: Sequence[Array], index: int) -> tuple[Array, ...]:
    return tuple(array[index] for array in arrays)


@checked_afterwards
def stacked(experiments: Sequence[Experiment]) -> Stack:
    """Return the learning steps of experiments of one structure: equal but for weights, biases, inputs and targets."""
    first = experiments[0]
    layers = first.network.layers
    W = tuple(np.stack([one.network.layers[index].W for one in experiments]) for index in range(len(layers)))
    b = tuple(np.stack([one.network.layers[index].b for one in experiments]) for index in range(len(layers)))
    y = np.stack([one.y for one in experiments])
    x = np.stack([one.x for one in experiments])
    z, a = _forward(layers, W, b, x)
    da, delta = zip(*reversed(list(_backward(first.network, W, z, a[-1], y))), strict=True)
    dW = [d[:, :, np.newaxis] * before[:, np.newaxis, :] for d, before in zip(delta, a, strict=False)]
    rate = first.learning_rate
    new_W = tuple(old - rate * gradient for old, gradient in zip(W, dW, strict=True))
    new_b = tuple(old - rate * d for old, d in zip(b, delta, strict=True)) if first.update_biases else b
    new_z, new_a = _forward(layers, new_W, new_b, x)
    return Stack(
        experiments=tuple(experiments),
        W=W,
        b=b,
        y=y,
        loss=_losses(first.network, z, a, y),
        z=z,
        a=a,
        da=da,
        delta=delta,
        dW=tuple(dW),
        db=tuple(d + 0.0 for d in delta),
        dx=_contract(W[0].swapaxes(-1, -2), delta[0]),
        new_W=new_W,
        new_b=new_b,
        new_z=new_z,
        new_a=new_a,
        new_loss=_losses(first.network, new_z, new_a, y),
    )


def _losses(network: Network, z: Sequence[Array], a: Sequence[Array], y: Array) -> Array:
    op, operands = loss_operands(network, z[-1], a[-1], y)
    return np.asarray(OPS[op].compute(*operands))


def _contract(matrices: Array, vectors: Array) -> Array:
    """Return the sum over i of matrices[k, j, i] · vectors[k, i], as engine.backprop.ops.contract takes it."""
    return np.asarray(np.multiply(matrices, vectors[:, np.newaxis, :], order="C").sum(axis=-1))


def _forward(
    layers: Sequence[Layer], W: Sequence[Array], b: Sequence[Array], x: Array
) -> tuple[tuple[Array, ...], tuple[Array, ...]]:
    z, a = list[Array](), [x]
    for layer, weights, biases in zip(layers, W, b, strict=True):
        z.append(_contract(weights, a[-1]) + biases)
        a.append(ACTIVATIONS[layer.activation].f(z[-1], layer.parameter))
    return tuple(z), tuple(a)


def _backward(
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
        da = _contract(W[index + 1].swapaxes(-1, -2), delta)
        delta = OPS["delta"].compute(layer.activation, layer.parameter, z[index], da)
        yield da, delta
