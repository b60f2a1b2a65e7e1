"""The losses made of the differences between outputs and targets: squared errors, and Huber's."""

import numpy as np

from engine.arrays import Array, saturating
from engine.network.losses.record import Loss
from engine.network.source import Code


def _huber(r: Array) -> Array:
    size = np.abs(r)
    return np.where(size <= 1.0, 0.5 * np.minimum(size, 1.0) ** 2, size - 0.5)


RECORDS = (
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
        remark=("The mean of the squared errors of all outputs: the usual loss for a regression with several outputs."),
        value=saturating(lambda a, y: ((a - y) ** 2).mean(axis=-1)),
        gradient=saturating(lambda a, y, n: 2.0 * (a - y) / n),
        code=Code(numpy="((a - y) ** 2).mean()", numpy_derivative="2 * (a - y) / len(y)", torch="F.mse_loss(a, y)"),
    ),
    Loss(
        name="huber",
        title="Huber",
        symbol=r"\operatorname{Huber}",
        latex=(
            r"\sum_j \rho(\a_j - \y_j),"
            r"\quad \rho(r) = \begin{cases}\tfrac{1}{2}r^2 & |r| \le 1\\ |r| - \tfrac{1}{2} & |r| > 1\end{cases}"
        ),
        term_latex=r"\rho(\a_j - \y_j)",
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
        elsewhere=(
            "The ½ belongs to its definition. It is the sum over the outputs; PyTorch's `nn.HuberLoss` and Keras "
            "take the mean over them: with n outputs, their gradients are yours divided by n, and a learning rate "
            "n times as large makes the same step. The sources below take squared errors."
        ),
    ),
)
