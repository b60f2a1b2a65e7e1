"""What the mistakes of a whole backward pass give in each single step: the rules of engine.gradcheck.mistakes."""

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Worked, bias_gradient, output_gradient, slopes, through_activation, weight_gradient
from engine.gradcheck.slips.batches import stepped
from engine.gradcheck.slips.record import elementwise, has_slope, is_last, square
from engine.gradcheck.slips.sums import sloped
from engine.network.losses import LOSSES


def no_slope(worked: Worked, layer: int) -> Array | None:
    """Return dL/da for delta."""
    return worked.da[layer - 1] if has_slope(worked, layer) else None


def no_slope_behind(worked: Worked, layer: int) -> Array | None:
    """Return dL/da put together from the gradients of the next layer that lack their slopes."""
    if is_last(worked, layer) or not has_slope(worked, layer + 1):
        return None
    return worked.da[layer] @ worked.problem.layer(layer + 1).W


def no_slope_weights(worked: Worked, layer: int) -> Array | None:
    """Return the weights' gradients without slopes."""
    delta = no_slope(worked, layer)
    return None if delta is None else weight_gradient(worked.problem, delta, worked.a[layer - 1])


def no_slope_biases(worked: Worked, layer: int) -> Array | None:
    """Return the biases' gradients without slopes."""
    delta = no_slope(worked, layer)
    return None if delta is None else bias_gradient(worked.problem, delta)


def no_slope_step(worked: Worked, layer: int) -> Array | None:
    """Return the new weights of a step without slopes."""
    dw = no_slope_weights(worked, layer)
    return None if dw is None else stepped(worked, layer, dw)


def slope_at_activation(worked: Worked, layer: int) -> Array | None:
    """Return dL/da times f'(a)."""
    if not (has_slope(worked, layer) and elementwise(worked, layer)):
        return None
    return worked.da[layer - 1] * slopes(worked.problem.layer(layer), worked.a[layer])


def not_transposed(worked: Worked, layer: int) -> Array | None:
    """Return W · delta, where the shapes let it."""
    if is_last(worked, layer) or not square(worked, layer + 1):
        return None
    return worked.delta[layer] @ worked.problem.layer(layer + 1).W.T


def updated_weights(worked: Worked, layer: int) -> Array | None:
    """Return dL/da through the weights after the step."""
    return None if is_last(worked, layer) else worked.delta[layer] @ worked.new_w[layer]


not_transposed_delta = sloped(not_transposed)
updated_weights_delta = sloped(updated_weights)


def own_activation(worked: Worked, layer: int) -> Array | None:
    """Return delta times the activations of its own layer, where the sizes let it."""
    own = worked.problem.layer(layer)
    if own.n_in != own.n_out:
        return None
    return weight_gradient(worked.problem, worked.delta[layer - 1], worked.a[layer])


def no_bias_gradient(worked: Worked, layer: int) -> Array:
    """Return 0 for all biases."""
    return np.zeros_like(worked.db[layer - 1])


def old_biases(worked: Worked, layer: int) -> Array:
    """Return the biases as they were."""
    return worked.problem.layer(layer).b


def swapped_da(worked: Worked, layer: int) -> Array | None:
    """Return dL/da at the output with the opposite sign."""
    return -worked.da[layer - 1] if is_last(worked, layer) else None


def swapped_delta(worked: Worked, layer: int) -> Array | None:
    """Return delta of the output with the opposite sign."""
    return -worked.delta[layer - 1] if is_last(worked, layer) else None


def softmax_diagonal(worked: Worked, layer: int) -> Array | None:
    """Return dL/da times the diagonal of the Jacobian."""
    if elementwise(worked, layer):
        return None
    return worked.da[layer - 1] * slopes(worked.problem.layer(layer), worked.z[layer - 1])


def shares_without_exponential(worked: Worked, layer: int) -> Array | None:
    """Return z / sum z for a softmax."""
    z = worked.z[layer - 1]
    total = z.sum(axis=1, keepdims=True)
    return None if elementwise(worked, layer) or not total.all() else z / total


def loss_without_exponential(worked: Worked, layer: int) -> Array | None:
    """Return the loss of such shares, where it has a value."""
    last = len(worked.problem.network.layers)
    shares = shares_without_exponential(worked, last)
    if shares is None or (shares <= 0).any() or (shares >= 1).any():
        return None
    return _joined_loss(worked, shares)


def _joined_loss(worked: Worked, output: Array) -> Array:
    losses = LOSSES[worked.problem.network.loss].value(output, worked.problem.y)
    return np.asarray(np.sum(losses) * worked.problem.share)


def unshared_delta(worked: Worked, layer: int) -> Array | None:
    """Return delta of the output for shares without the exponential, by what is right for a softmax otherwise."""
    shares = shares_without_exponential(worked, layer)
    if shares is None or not is_last(worked, layer):
        return None
    if worked.problem.network.joint_form and ((shares <= 0).any() or (shares >= 1).any()):
        return _difference(worked, shares)
    return through_activation(worked.problem.layer(layer), shares, shares, output_gradient(worked.problem, shares))


def _difference(worked: Worked, shares: Array) -> Array | None:
    # a difference has a value where a logarithm has none
    form = worked.problem.network.joint_form
    y = worked.problem.y
    return shares * y.sum(axis=1, keepdims=True) - y if form and form.local else None
