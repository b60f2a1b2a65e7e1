"""The two entropies, with the activations that they go with.

Their joint forms are the only numerically sound route: -y/ŷ has no finite value where a sigmoid has rounded to 0.
"""

from collections.abc import Callable

import numpy as np

from engine.arrays import Array, saturating
from engine.network.activations import sigmoid, softmax, softplus
from engine.network.losses.record import JointForm, Logarithm, Loss
from engine.network.source import Code

_TINY = np.finfo(np.float64).tiny


def _entropy(a: Array, y: Array) -> Array:
    return -(y * np.log(np.maximum(a, _TINY))).sum(axis=-1)


def _entropy_gradient(a: Array, y: Array, _: int) -> Array:
    # clipped: the true quotient has no float64 where a has rounded to 0; no delta is computed from it there
    return -y / np.maximum(a, _TINY)


def _binary_entropy(a: Array, y: Array) -> Array:
    return _entropy(a, y) + _entropy(1.0 - a, 1.0 - y)


def _binary_entropy_gradient(a: Array, y: Array, n: int) -> Array:
    return _entropy_gradient(a, y, n) - _entropy_gradient(1.0 - a, 1.0 - y, n)


def _log_sigmoid(z: Array) -> Array:
    return -softplus(-z)


def _log_softmax(z: Array) -> Array:
    shifted = z - z.max(axis=-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def _others(z: Array) -> Array:
    """Row i holds z without z_i, as (..., n, n) with -inf on the diagonal."""
    n = z.shape[-1]
    return np.where(np.eye(n, dtype=bool), -np.inf, z[..., np.newaxis, :])


def _log_one_minus_softmax(z: Array) -> Array:
    # ln(1 - p_i) = ln sum_{k≠i} e^{z_k} - ln sum_k e^{z_k}: no 1 - p, which would round to 0
    top = z.max(axis=-1, keepdims=True)
    others = _others(z)
    second = others.max(axis=-1)
    rest = second - top + np.log(np.exp(others - second[..., np.newaxis]).sum(axis=-1))
    return rest - np.log(np.exp(z - top).sum(axis=-1, keepdims=True))


def _ln_a(of: Callable[[Array], Array]) -> Logarithm:
    return Logarithm(latex=r"\ln \a_j", least=float(_TINY), share=lambda y: y, of=saturating(of))


def _ln_rest(of: Callable[[Array], Array]) -> Logarithm:
    return Logarithm(latex=r"\ln(1 - \a_j)", least=1e-3, share=lambda y: 1.0 - y, of=saturating(of))


def _softmax_binary_delta(z: Array, y: Array) -> Array:
    # Output i contributes (p_i - y_i) to its own z_i; to z_j it contributes p_j y_i from -y_i ln p_i, and
    # -(1 - y_i) p_i p_j / (1 - p_i) from the other term, where p_j / (1 - p_i) is the softmax without i.
    p = softmax(z)
    without = softmax(_others(z))
    own = (1.0 - y) * p
    return own - y + p * y.sum(axis=-1, keepdims=True) - (own[..., np.newaxis] * without).sum(axis=-2)


_SOFTMAX_BINARY = Code(
    numpy="""
z = z - z.max()
log_all = np.log(np.exp(z).sum())
rest = [np.delete(z, i) for i in range(len(z))]  # the others of z[i]; 1 - softmax(z)[i] would round to 0
log_rest = np.array([r.max() + np.log(np.exp(r - r.max()).sum()) for r in rest])
-(y * (z - log_all) + (1 - y) * (log_rest - log_all)).sum()
""".strip(),
    numpy_derivative="""
p = softmax(z)
without = np.array([np.insert(softmax(np.delete(z, i)), i, 0) for i in range(len(z))])  # row i: the others of z[i]
(1 - y) * p - y + p * y.sum() - ((1 - y) * p) @ without
""".strip(),
    torch=(
        "-(y * F.log_softmax(z, dim=-1)"
        " + (1 - y) * (torch.logsumexp(z.masked_fill(torch.eye(len(z), dtype=bool), -torch.inf), dim=-1)"
        " - torch.logsumexp(z, dim=-1))).sum()"
    ),
)

_BINARY = r"\left[\y_j \ln \a_j + (1 - \y_j)\ln(1 - \a_j)\right]"

RECORDS = (
    Loss(
        name="cross_entropy",
        title="cross-entropy",
        symbol=r"\operatorname{CE}",
        latex=r"-\sum_j \y_j \ln \a_j",
        term_latex=r"\y_j \ln \a_j",
        sum_latex=r"-\left(\s\right)",
        gradient_latex=r"-\frac{\y_j}{\a_j}",
        remark="Large when the true class gets a low probability; the usual loss with softmax.",
        value=saturating(_entropy),
        gradient=saturating(_entropy_gradient),
        targets=(0.0, 1.0),
        joint={
            "softmax": JointForm(
                logarithms=(_ln_a(_log_softmax),),
                delta=saturating(lambda z, y: softmax(z) * y.sum(axis=-1, keepdims=True) - y),
                latex=r"\a_j \sum_k \y_k - \y_j",
                code=Code(
                    numpy="z = z - z.max()\n-(y * (z - np.log(np.exp(z).sum()))).sum()",
                    numpy_derivative="softmax(z) * y.sum() - y",
                    torch="F.cross_entropy(z, y)",
                ),
                normalised_latex=r"\a_j - \y_j",
            ),
            "sigmoid": JointForm(
                logarithms=(_ln_a(_log_sigmoid),),
                delta=saturating(lambda z, y: -y * sigmoid(-z)),
                latex=r"-\y_j\,(1 - \a_j)",
                code=Code(
                    numpy="(y * softplus(-z)).sum()",
                    numpy_derivative="-y * sigmoid(-z)",
                    torch="-(y * F.logsigmoid(z)).sum()",
                ),
            ),
        },
        only_joint=True,
        elsewhere=(
            "Books and libraries agree on it: no ½, and a sum over the outputs, never a mean. With a target that "
            "is 1 at one output and 0 elsewhere, one term is left. They differ over a batch only: PyTorch's "
            "`nn.CrossEntropyLoss` and Keras take the mean over the examples. The sources below take squared "
            "errors."
        ),
    ),
    Loss(
        name="binary_cross_entropy",
        title="binary cross-entropy",
        symbol=r"\operatorname{BCE}",
        latex=rf"-\sum_j {_BINARY}",
        term_latex=_BINARY,
        sum_latex=r"-\left(\s\right)",
        gradient_latex=r"-\frac{\y_j}{\a_j} + \frac{1 - \y_j}{1 - \a_j}",
        remark="Cross-entropy for outputs that are each a yes or a no of their own; the usual loss with sigmoid.",
        value=saturating(_binary_entropy),
        gradient=saturating(_binary_entropy_gradient),
        targets=(0.0, 1.0),
        joint={
            "sigmoid": JointForm(
                logarithms=(_ln_a(_log_sigmoid), _ln_rest(lambda z: _log_sigmoid(-z))),
                delta=saturating(lambda z, y: sigmoid(z) - y),
                latex=r"\a_j - \y_j",
                code=Code(
                    numpy="(y * softplus(-z) + (1 - y) * softplus(z)).sum()",
                    numpy_derivative="sigmoid(z) - y",
                    torch='F.binary_cross_entropy_with_logits(z, y, reduction="sum")',
                ),
            ),
            "softmax": JointForm(
                logarithms=(_ln_a(_log_softmax), _ln_rest(_log_one_minus_softmax)),
                delta=saturating(_softmax_binary_delta),
                latex=r"\sum_i \left(-\frac{\y_i}{\a_i} + \frac{1 - \y_i}{1 - \a_i}\right) \a_i\,([i = j] - \a_j)",
                code=_SOFTMAX_BINARY,
                local=False,
                # a softmax of one output is always 1, and ln(1 - 1) has no value
                min_outputs=2,
            ),
        },
        only_joint=True,
        elsewhere=(
            "Books and libraries agree: no ½. Here it is the sum over the outputs, as in Nielsen's book. PyTorch's "
            "`nn.BCELoss` and Keras take the mean over them: with n outputs, their gradients are yours divided by n, "
            "and a learning rate n times as large makes the same step. The sources below take squared errors."
        ),
    ),
)
