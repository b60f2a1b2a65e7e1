"""Backward passes that are wrong in one place each, as hand-written programs are; engine.gradcheck.mistakes lists them.

Each function takes an experiment and returns a whole backward pass, so that it can be checked or trained with.
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from engine.arrays import Array, checked_afterwards
from engine.backprop.learning_step import learning_step
from engine.backprop.ops import OPS
from engine.backprop.passes import BackwardPass, ForwardPass, sgd_step
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES
from engine.network.model import Experiment, Layer
from engine.network.reductions import REDUCTIONS

Delta = Callable[[Layer, Array, Array], Array]


def _right_delta(layer: Layer, z: Array, da: Array) -> Array:
    return ACTIVATIONS[layer.activation].vjp(z, da, layer.parameter)


@checked_afterwards
def _propagate(
    experiment: Experiment,
    output_delta: Array,
    hidden_delta: Delta = _right_delta,
    matrices: tuple[Array, ...] | None = None,
) -> BackwardPass:
    """Return the backward pass from `output_delta`, with another rule for hidden deltas or other matrices W."""
    network, passed, right = experiment.network, _passed(experiment), _right(experiment)
    W = matrices or tuple(layer.W for layer in network.layers)
    da, delta = [right.da[-1]], [output_delta]
    for index in range(len(network.layers) - 1, 0, -1):
        da.insert(0, OPS["summed_gradient"].compute(W[index].T, delta[0]))
        delta.insert(0, hidden_delta(network.layers[index - 1], passed.z[index - 1], da[0]))
    dW = tuple(OPS["weight_gradient"].compute(d, a) for d, a in zip(delta, passed.a, strict=False))
    db = tuple(OPS["bias_gradient"].compute(d) for d in delta)
    return BackwardPass(loss=right.loss, da=tuple(da), delta=tuple(delta), dW=dW, db=db, W=W[0])


def _right(experiment: Experiment) -> BackwardPass:
    return learning_step(experiment).backward


def _passed(experiment: Experiment) -> ForwardPass:
    return learning_step(experiment).forward


def no_slope(experiment: Experiment) -> BackwardPass:
    """Return the pass that leaves f'(z) out, also at the output where the loss has no joint form with it."""
    right = _right(experiment)
    output = right.delta[-1] if experiment.network.joint_form else right.da[-1]
    return _propagate(experiment, output, lambda layer, z, da: da)


def slope_at_activation(experiment: Experiment) -> BackwardPass:
    """Return the pass that evaluates f' of the hidden layers at a instead of z."""

    def hidden(layer: Layer, z: Array, da: Array) -> Array:
        record = ACTIVATIONS[layer.activation]
        return record.vjp(record.f(z, layer.parameter), da, layer.parameter)

    return _propagate(experiment, _right(experiment).delta[-1], hidden)


def not_transposed(experiment: Experiment) -> BackwardPass:
    """Return the pass that multiplies with W where layers have the same size, instead of its transpose."""
    layers = experiment.network.layers
    matrices = tuple(layer.W.T if layer.n_in == layer.n_out else layer.W for layer in layers)
    return _propagate(experiment, _right(experiment).delta[-1], matrices=matrices)


def updated_weights(experiment: Experiment) -> BackwardPass:
    """Return the pass in which each layer's weights are updated before the gradient goes back through them."""
    # a layer's deltas wait for the layer after it, whose weights depend on its own deltas alone: so go layer by layer
    right = _right(experiment)
    W = [layer.W for layer in experiment.network.layers]
    made = right
    for index in range(len(W) - 1, 0, -1):
        W[index] = sgd_step(experiment.network, made, experiment.learning_rate).layers[index].W
        made = _propagate(experiment, right.delta[-1], matrices=tuple(W))
    return made


def softmax_diagonal(experiment: Experiment) -> BackwardPass:
    """Return the pass that takes the diagonal of the output's Jacobian for the whole of it."""
    layer = experiment.network.layers[-1]
    z = _passed(experiment).z[-1]
    slope = ACTIVATIONS[layer.activation].df(z, layer.parameter)
    return _propagate(experiment, _right(experiment).da[-1] * slope)


def forward_without_exponential(experiment: Experiment) -> ForwardPass:
    """Return the forward pass whose output is z / sum z; raise InvalidExperiment if the sum is 0."""
    passed = _passed(experiment)
    z = passed.z[-1]
    sums = z.sum(axis=-1, keepdims=True)
    if (sums == 0).any():
        raise InvalidExperiment("Without the exponential nothing comes out: the z of the output layer add up to 0.")
    return replace(passed, a=(*passed.a[:-1], z / sums))


def softmax_without_exponential(experiment: Experiment) -> BackwardPass:
    """Return the pass from an output without the exponential."""
    # no second mistake is made: what follows is right for a softmax, and only its ŷ is wrong
    delta = _delta_of_softmax(experiment, forward_without_exponential(experiment).output)
    return _propagate(experiment, delta / REDUCTIONS[experiment.reduction].divisor(experiment.examples))


def _delta_of_softmax(experiment: Experiment, a: Array) -> Array:
    """Return dL/dz of each example where a (..., n_out) are said to be a softmax of z."""
    y, loss = experiment.y, LOSSES[experiment.network.loss]
    form = loss.joint.get("softmax")
    if form is None:
        da = loss.gradient(a, y, y.shape[-1])
        return a * (da - (da * a).sum(axis=-1, keepdims=True))
    if form.local:
        return a * y.sum(axis=-1, keepdims=True) - y
    if a.min() <= 0:
        raise InvalidExperiment(
            "Without the exponential some outputs are not positive, and the loss takes their logarithm."
        )
    # as they add up to 1, they are the softmax of their logarithms
    return form.delta(np.log(a), y)


def swapped_difference(experiment: Experiment) -> BackwardPass:
    """Return the pass that begins with the opposite sign."""
    return _propagate(experiment, -_right(experiment).delta[-1])


def no_bias_gradient(experiment: Experiment) -> BackwardPass:
    """Return the pass without gradients of the biases."""
    right = _right(experiment)
    return replace(right, db=tuple(np.zeros_like(db) for db in right.db))


def own_activation(experiment: Experiment) -> BackwardPass:
    """Return the pass that multiplies delta with the activation of its own layer, where the sizes let it."""
    right, a = _right(experiment), _passed(experiment).a
    dW = [
        OPS["weight_gradient"].compute(delta, own if own.shape == before.shape else before)
        for delta, before, own in zip(right.delta, a, a[1:], strict=False)
    ]
    return replace(right, dW=tuple(dW))
