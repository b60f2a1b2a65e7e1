"""Slips in sums and products: a term left out, another matrix, another vector."""

import numpy as np

from engine.arrays import Array
from engine.gradcheck.by_hand import Worked, activate, slopes, weight_gradient
from engine.gradcheck.slips.record import Rule, Slip, elementwise, has_slope, is_last, square
from engine.network.model import Layer


def activated(rule: Rule) -> Rule:
    """Return what is left of a wrong z in the activation."""

    def of(worked: Worked, layer: int) -> Array | None:
        z = rule(worked, layer)
        return None if z is None else activate(worked.problem.layer(layer), z)

    return of


def sloped(rule: Rule) -> Rule:
    """Return what is left of a wrong dL/da in delta."""

    def of(worked: Worked, layer: int) -> Array | None:
        da = rule(worked, layer)
        if da is None or not (elementwise(worked, layer) and has_slope(worked, layer)):
            return None
        return da * slopes(worked.problem.layer(layer), worked.z[layer - 1])

    return of


def _without_bias(worked: Worked, layer: int) -> Array:
    return worked.a[layer - 1] @ worked.problem.layer(layer).W.T


def _transposed_sum(worked: Worked, layer: int) -> Array | None:
    own = worked.problem.layer(layer)
    return worked.a[layer - 1] @ own.W + own.b if square(worked, layer) else None


def _transposed_gradient(worked: Worked, layer: int) -> Array | None:
    return worked.dw[layer - 1].T if square(worked, layer) else None


def _twin(worked: Worked, layer: int) -> Layer | None:
    """Another layer whose matrix has the same shape."""
    own = worked.problem.layer(layer)
    others = (other for other in worked.problem.network.layers if other is not own and other.W.shape == own.W.shape)
    return next(others, None)


def _twin_sum(worked: Worked, layer: int) -> Array | None:
    other = _twin(worked, layer)
    return worked.a[layer - 1] @ other.W.T + other.b if other else None


def _twin_gradient(worked: Worked, layer: int) -> Array | None:
    other = None if is_last(worked, layer) else _twin(worked, layer + 1)
    return worked.delta[layer] @ other.W if other else None


def _path(own: int, length: int, matched: bool) -> int:
    # between layers of equal sizes the way straight on is what ⊙ takes
    return next(index for index in range(length) if not matched or index != own)


def _one_input(worked: Worked, layer: int) -> Array | None:
    own, before = worked.problem.layer(layer), worked.a[layer - 1]
    if own.n_in == 1:
        return None
    chosen = [_path(to, own.n_in, own.n_in == own.n_out) for to in range(own.n_out)]
    return before[:, chosen] * own.W[range(own.n_out), chosen] + own.b


def _one_path(worked: Worked, layer: int) -> Array | None:
    if is_last(worked, layer) or worked.problem.layer(layer + 1).n_out == 1:
        return None
    after = worked.problem.layer(layer + 1)
    chosen = [_path(source, after.n_out, after.n_in == after.n_out) for source in range(after.n_in)]
    return worked.delta[layer][:, chosen] * after.W[chosen, range(after.n_in)]


def _elementwise_sum(worked: Worked, layer: int) -> Array | None:
    own = worked.problem.layer(layer)
    return worked.a[layer - 1] * np.diag(own.W) + own.b if square(worked, layer) else None


def _elementwise_path(worked: Worked, layer: int) -> Array | None:
    if is_last(worked, layer) or not square(worked, layer + 1):
        return None
    return np.asarray(worked.delta[layer] * np.diag(worked.problem.layer(layer + 1).W))


def _elementwise_gradient(worked: Worked, layer: int) -> Array | None:
    if not square(worked, layer):
        return None
    own = (worked.delta[layer - 1] * worked.a[layer - 1]).sum(axis=0) * worked.problem.share
    made = np.repeat(own[:, np.newaxis], len(own), axis=1)
    # on the diagonal it is right
    np.fill_diagonal(made, np.nan)
    return made


def _from_input(worked: Worked, layer: int) -> Array | None:
    own, x = worked.problem.layer(layer), worked.problem.x
    return x @ own.W.T + own.b if layer > 1 and x.shape[1] == own.n_in else None


def _gradient_from_input(worked: Worked, layer: int) -> Array | None:
    x = worked.problem.x
    fits = layer > 1 and x.shape[1] == worked.problem.layer(layer).n_in
    return weight_gradient(worked.problem, worked.delta[layer - 1], x) if fits else None


def _unactivated_sum(worked: Worked, layer: int) -> Array | None:
    own = worked.problem.layer(layer)
    return worked.z[layer - 2] @ own.W.T + own.b if layer > 1 else None


def _unactivated_gradient(worked: Worked, layer: int) -> Array | None:
    if layer == 1:
        return None
    return weight_gradient(worked.problem, worked.delta[layer - 1], worked.z[layer - 2])


RECORDS = (
    Slip(
        name="bias_dropped",
        title="Leaving the bias out of the sum",
        said="the bias is left out of the sum",
        values={"z": _without_bias, "a": activated(_without_bias)},
    ),
    Slip(
        name="activation_forgotten",
        title="z where the activation belongs",
        said="z is taken where the activation f(z) belongs",
        values={"z": _unactivated_sum, "a": lambda worked, layer: worked.z[layer - 1], "dw": _unactivated_gradient},
    ),
    Slip(
        name="transposed",
        title="Rows and columns exchanged",
        said="rows and columns of the matrix are exchanged",
        values={"z": _transposed_sum, "a": activated(_transposed_sum), "dw": _transposed_gradient},
    ),
    Slip(
        name="wrong_layer",
        title="The weights of another layer",
        said="the weights of another layer are taken",
        values={"z": _twin_sum, "da": _twin_gradient, "delta": sloped(_twin_gradient)},
    ),
    Slip(
        name="one_path",
        title="One path instead of the sum over all",
        said="only one path is followed, instead of the sum over all",
        values={"z": _one_input, "da": _one_path, "delta": sloped(_one_path)},
    ),
    Slip(
        name="hadamard",
        title="⊙ for a product of matrices",
        said="numbers are multiplied place by place (⊙), where a product of matrices belongs",
        values={"z": _elementwise_sum, "da": _elementwise_path, "dw": _elementwise_gradient},
    ),
    Slip(
        name="input_for_activation",
        title="x instead of the activation before",
        said="the network's input x is taken instead of the activations of the layer before",
        values={"z": _from_input, "dw": _gradient_from_input},
    ),
)
