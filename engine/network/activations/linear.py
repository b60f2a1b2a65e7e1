"""The function that changes nothing."""

import math

import numpy as np

from engine.network.activations.record import Activation
from engine.network.source import Code

RECORDS = (
    Activation(
        name="identity",
        title="identity",
        family="linear",
        symbol=r"\operatorname{id}",
        latex=r"\z",
        slope_latex="1",
        range=(-math.inf, math.inf),
        remark=(
            "For the output of a regression; between hidden layers it adds nothing, since two linear layers are one."
        ),
        neighbour="tanh",
        function=lambda z, _: z + 0.0,
        slope=lambda z, _: np.ones_like(z),
        code=Code(numpy="z", numpy_derivative="np.ones_like(z)", torch="z"),
    ),
)
