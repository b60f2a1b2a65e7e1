"""Functions that answer to a small region only."""

import numpy as np

from engine.network.activations.record import Activation
from engine.network.source import Code

RECORDS = (
    Activation(
        name="gaussian",
        title="Gaussian",
        family="bump",
        symbol=r"\operatorname{gauss}",
        latex=r"e^{-\z^2}",
        slope_latex=r"-2 \cdot \z\,e^{-\z^2}",
        range=(0.0, 1.0),
        remark=(
            "A bump: the activation is large where z is close to 0. With several inputs it is a ridge; the neurons of "
            "radial basis networks apply a bump to a distance instead."
        ),
        function=lambda z, _: np.exp(-z * z),
        slope=lambda z, _: -2.0 * (z * np.exp(-z * z)),
        code=Code(numpy="np.exp(-z * z)", numpy_derivative="-2 * z * np.exp(-z * z)", torch="torch.exp(-z * z)"),
        saturates="far from 0 on both sides",
        source="Broomhead and Lowe 1988",
    ),
)
