"""The loss functions: value, gradient, what outputs and targets each allows, and its joint forms as data.

A joint form takes loss and output activation as one function of the pre-activations z. For the two entropies it
is the only numerically sound route: -y/ŷ has no finite value where a sigmoid has rounded to 0.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np

from engine.arrays import Array, saturating
from engine.network.activations import sigmoid, softmax, softplus
from engine.network.source import Code
from engine.registry import Registry

_TINY = np.finfo(np.float64).tiny
# how far the sum of targets may be from 1 by rounding: 0.7 + 0.2 + 0.1 is not 1 in float64
_ROUNDING = 1e-9


@dataclass(frozen=True, kw_only=True)
class Logarithm:
    r"""A logarithm in an entropy: `of(z)` has its value also where its argument has rounded to 0; `share(y)` times it.

    In the LaTeX, in the tokens of Loss, arguments below `least` cannot be read off an activation as it is shown.
    """

    latex: str
    least: float
    share: Callable[[Array], Array]
    of: Callable[[Array], Array]


@dataclass(frozen=True, kw_only=True)
class JointForm:
    """Loss and output activation in one: an entropy made of logarithms, and `delta(z, y)` = dL/dz of the shape of z.

    `latex` is delta_j, in the tokens of Loss.
    """

    logarithms: tuple[Logarithm, ...]
    delta: Callable[[Array, Array], Array]
    latex: str
    code: Code
    # the same where the targets sum to 1
    normalised_latex: str = ""
    # whether delta_j can be written with the j-th output and target alone
    local: bool = True
    min_outputs: int = 1

    def latex_for(self, y: Array) -> str:
        """Return delta_j as it is written for these targets."""
        return self.normalised_latex if self.normalised_latex and adds_up_to_one(y) else self.latex

    @saturating
    def value(self, z: Array, y: Array) -> Array:
        """Return the loss of pre-activations z and targets y, summed over the last axis."""
        first, *others = (log.share(y) * log.of(z) for log in self.logarithms)
        return -sum(others, first).sum(axis=-1)


@dataclass(frozen=True, kw_only=True)
class Loss:
    r"""A loss of outputs a and targets y: `value(a, y)` sums over the last axis, `gradient(a, y, n)` is elementwise.

    `n` is the number of outputs, given apart so that one neuron's gradient can be computed from its own a and y.
    In the LaTeX, `\a` and `\y` stand for output and target and `\n` for n; `latex` is the whole, made of one term an
    output (`term_latex`) put together as in `sum_latex` (`\s`). `targets` are the limits of an allowed target;
    `joint` maps an output activation to the joint form with it. A loss with `only_joint` allows no other activation,
    and so has no code of its own.
    """

    name: str
    title: str
    symbol: str
    latex: str
    term_latex: str
    sum_latex: str
    gradient_latex: str
    remark: str
    value: Callable[[Array, Array], Array]
    gradient: Callable[[Array, Array, int], Array]
    targets: tuple[float, float] = (-np.inf, np.inf)
    joint: Mapping[str, JointForm] = field(default_factory=dict)
    only_joint: bool = False
    code: Code | None = None

    def allows(self, activation: str, n_out: int) -> bool:
        """Return whether an output layer of this activation with so many neurons goes with the loss."""
        form = self.joint.get(activation)
        return n_out >= form.min_outputs if form else not self.only_joint

    def allows_targets(self, y: Array) -> bool:
        """Return whether all targets are within the loss's limits."""
        return not self.outside(y).size

    def outside(self, y: Array) -> Array:
        """Return the targets that are beyond the limits."""
        low, high = self.targets
        return y[(y < low) | (y > high)]


def adds_up_to_one(y: Array) -> bool:
    """Return whether the targets y (..., n_out) add up to 1, but for rounding; of a batch each example's."""
    return bool((np.abs(np.sum(y, axis=-1) - 1.0) <= _ROUNDING).all())


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

LOSSES: Registry[Loss] = Registry(
    "loss",
    [
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
        ),
        Loss(
            name="half_squared_error",
            title="half squared error",
            symbol=r"\tfrac{1}{2}\operatorname{SE}",
            latex=r"\tfrac{1}{2}\sum_j (\a_j - \y_j)^2",
            term_latex=r"(\a_j - \y_j)^2",
            sum_latex=r"\tfrac{1}{2}\left(\s\right)",
            gradient_latex=r"\a_j - \y_j",
            remark=("The plainest loss for a regression: half the squared distance. Its gradient is the difference."),
            value=saturating(lambda a, y: 0.5 * ((a - y) ** 2).sum(axis=-1)),
            gradient=saturating(lambda a, y, _: a - y),
            code=Code(numpy="0.5 * ((a - y) ** 2).sum()", numpy_derivative="a - y", torch="0.5 * ((a - y) ** 2).sum()"),
        ),
        Loss(
            name="squared_error",
            title="squared error",
            symbol=r"\operatorname{SE}",
            latex=r"\sum_j (\a_j - \y_j)^2",
            term_latex=r"(\a_j - \y_j)^2",
            sum_latex=r"\s",
            gradient_latex=r"2\,(\a_j - \y_j)",
            remark=(
                "The squared distance as it is, summed over the outputs and without a ½: all gradients are twice those "
                "of the half squared error."
            ),
            value=saturating(lambda a, y: ((a - y) ** 2).sum(axis=-1)),
            gradient=saturating(lambda a, y, _: 2.0 * (a - y)),
            code=Code(
                numpy="((a - y) ** 2).sum()",
                numpy_derivative="2 * (a - y)",
                torch='F.mse_loss(a, y, reduction="sum")',
            ),
        ),
        Loss(
            name="mean_squared_error",
            title="mean squared error",
            symbol=r"\operatorname{MSE}",
            latex=r"\frac{1}{\n}\sum_j (\a_j - \y_j)^2",
            term_latex=r"(\a_j - \y_j)^2",
            sum_latex=r"\frac{1}{\n}\left(\s\right)",
            gradient_latex=r"\frac{2}{\n}\,(\a_j - \y_j)",
            remark=(
                "The mean of the squared errors of all outputs: the usual loss for a regression with several outputs."
            ),
            value=saturating(lambda a, y: ((a - y) ** 2).mean(axis=-1)),
            gradient=saturating(lambda a, y, n: 2.0 * (a - y) / n),
            code=Code(numpy="((a - y) ** 2).mean()", numpy_derivative="2 * (a - y) / len(y)", torch="F.mse_loss(a, y)"),
        ),
        Loss(
            name="huber",
            title="Huber",
            symbol=r"\operatorname{Huber}",
            latex=(
                r"\sum_j \begin{cases}\tfrac{1}{2}r_j^2 & |r_j| \le 1\\ |r_j| - \tfrac{1}{2} & |r_j| > 1\end{cases},"
                r"\quad r_j = \a_j - \y_j"
            ),
            term_latex=r"h(\a_j - \y_j)",
            sum_latex=r"\s",
            gradient_latex=r"\max(-1, \min(1, \a_j - \y_j))",
            remark="Squared for small errors and linear for large ones, so that an outlier does not drown the rest.",
            value=saturating(lambda a, y: _huber(a - y).sum(axis=-1)),
            gradient=saturating(lambda a, y, _: np.clip(a - y, -1.0, 1.0)),
            code=Code(
                numpy="r = np.abs(a - y)\nnp.where(r <= 1, 0.5 * np.minimum(r, 1) ** 2, r - 0.5).sum()",
                numpy_derivative="np.clip(a - y, -1, 1)",
                torch='F.huber_loss(a, y, reduction="sum")',
            ),
        ),
    ],
)


def _huber(r: Array) -> Array:
    size = np.abs(r)
    return np.where(size <= 1.0, 0.5 * np.minimum(size, 1.0) ** 2, size - 0.5)
