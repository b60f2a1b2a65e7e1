"""Functions between −1 and 1 that stand in for tanh."""

import numpy as np

from engine.network.activations.record import Activation
from engine.network.source import Code

RECORDS = (
    Activation(
        name="softsign",
        title="softsign",
        family="bounded",
        symbol=r"\operatorname{softsign}",
        latex=r"\frac{\z}{1 + |\z|}",
        slope_latex=r"\frac{1}{(1 + |\z|)^2}",
        range=(-1.0, 1.0),
        remark="Like tanh, but it approaches its limits so slowly that it saturates less.",
        function=lambda z, _: z / (1.0 + np.abs(z)),
        slope=lambda z, _: (1.0 / (1.0 + np.abs(z))) ** 2,
        code=Code(numpy="z / (1 + np.abs(z))", numpy_derivative="(1 / (1 + np.abs(z))) ** 2", torch="F.softsign(z)"),
        saturates="on both sides, slowly",
        source="Bergstra et al. 2009",
    ),
    Activation(
        name="hard_tanh",
        title="hard tanh",
        family="bounded",
        symbol=r"\operatorname{htanh}",
        latex=r"\max(-1, \min(1, \z))",
        slope_latex=r"\begin{cases}1 & |\z| < 1\\ 0 & |\z| \ge 1\end{cases}",
        range=(-1.0, 1.0),
        remark="A tanh made of three straight lines: cheap, for small devices. No gradient passes outside −1 to 1.",
        function=lambda z, _: np.clip(z, -1.0, 1.0),
        slope=lambda z, _: np.where(np.abs(z) < 1.0, 1.0, 0.0),
        code=Code(
            numpy="np.clip(z, -1, 1)", numpy_derivative="np.where(np.abs(z) < 1, 1.0, 0.0)", torch="F.hardtanh(z)"
        ),
        saturates="for |z| ≥ 1",
        source="Collobert 2004",
        kinks=(-1.0, 1.0),
    ),
)
