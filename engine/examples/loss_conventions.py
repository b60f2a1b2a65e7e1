r"""Which squared error famous sources take: with a ½ or not, and mean or sum over outputs and over examples.

All of them lead to the same network at another learning rate, but their gradients differ by a factor: this is where
"my book has twice your gradient" is answered.
"""

from dataclasses import dataclass

import numpy as np

from engine.network.losses import LOSSES
from engine.network.reductions import REDUCTIONS
from engine.registry import Registry


@dataclass(frozen=True, kw_only=True)
class LossConvention:
    """What a source takes: its formula as printed there, the loss of ours that it is, and what it does with a batch.

    `over_examples` is a key of REDUCTIONS, or empty where there is one example only.
    """

    name: str
    title: str
    url: str
    latex: str
    loss: str
    over_examples: str
    remark: str


LOSS_CONVENTIONS: Registry[LossConvention] = Registry(
    "source",
    [
        LossConvention(
            name="mazur",
            title="Mazur",
            url="https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/",
            latex=r"E_{\text{total}} = \sum \tfrac{1}{2}(\text{target} - \text{output})^2",
            loss="half_squared_error",
            over_examples="",
            remark="½, summed over the outputs of one example.",
        ),
        LossConvention(
            name="nielsen",
            title="Nielsen",
            url="http://neuralnetworksanddeeplearning.com/chap2.html",
            latex=r"C = \tfrac{1}{2n} \sum_x \lVert y(x) - a^L(x)\rVert^2",
            loss="half_squared_error",
            over_examples="mean",
            remark="½, summed over the outputs, mean over the n examples.",
        ),
        LossConvention(
            name="hagan",
            title="Hagan",
            url="https://hagan.okstate.edu/nnd.html",
            latex=r"\hat{F} = e^{\top} e, \quad e = t - a",
            loss="squared_error",
            over_examples="",
            remark="No ½, so the delta of the output begins with −2. One example at a time.",
        ),
        LossConvention(
            name="trask",
            title="Trask",
            url="https://iamtrask.github.io/2015/07/12/basic-python-network/",
            latex=r"\texttt{syn0 += l0.T.dot(l1\_delta)}",
            loss="half_squared_error",
            over_examples="sum",
            remark="No loss is written down: y − l1 is what ½ leaves. The product sums over the batch.",
        ),
        LossConvention(
            name="pytorch",
            title="PyTorch",
            url="https://docs.pytorch.org/docs/stable/generated/torch.nn.MSELoss.html",
            latex=r"\operatorname{mean}\left((x - y)^2\right)",
            loss="mean_squared_error",
            over_examples="mean",
            remark="`nn.MSELoss`: no ½, and a mean over everything, outputs and examples.",
        ),
        LossConvention(
            name="keras",
            title="Keras",
            url="https://keras.io/api/losses/regression_losses/",
            latex=r"\operatorname{mean}\left((y_{\text{true}} - y_{\text{pred}})^2\right)",
            loss="mean_squared_error",
            over_examples="mean",
            remark="`MeanSquaredError`: no ½, a mean over the outputs, then over the examples.",
        ),
    ],
)


def times_yours(
    convention: LossConvention, loss: str, outputs: int, examples: int = 1, reduction: str = "mean"
) -> float | None:
    """Return how many times as large the source's gradients are as those of a loss of so many outputs and examples.

    None where the loss at hand is no squared error, so that there is no such factor. A source with one example only
    is taken to do with a batch what `reduction` does.
    """
    if loss not in {known.loss for known in LOSS_CONVENTIONS.values()}:
        return None
    theirs, own = (_slope(name, outputs) for name in (convention.loss, loss))
    divisors = (REDUCTIONS[how].divisor(examples) for how in (reduction, convention.over_examples or reduction))
    return theirs / own * next(divisors) / next(divisors)


def _slope(loss: str, outputs: int) -> float:
    """The gradient where an output is too large by 1."""
    return float(LOSSES[loss].gradient(np.ones(1), np.zeros(1), outputs)[0])
