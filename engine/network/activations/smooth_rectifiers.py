"""Functions that hold negative values back without a kink: the argument times something between 0 and 1."""

import math

import numpy as np

from engine.arrays import Array
from engine.network.activations.record import Activation
from engine.network.activations.sigmoids import sigmoid
from engine.network.erf import erfc
from engine.network.source import Code


def softplus(z: Array) -> Array:
    """Return ln(1 + e^z) without overflow."""
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def _normal_cdf(z: Array) -> Array:
    # erfc keeps its precision in the tail, where 1 + erf cancels
    return 0.5 * erfc(-z / math.sqrt(2.0))


def _normal_pdf(z: Array) -> Array:
    return np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi)


def _silu_slope(z: Array, _: float) -> Array:
    return sigmoid(z) * (1.0 + z * sigmoid(-z))


def _mish_slope(z: Array, _: float) -> Array:
    t = np.tanh(softplus(z))
    return t + z * sigmoid(z) * (1.0 - t) * (1.0 + t)


_INF = math.inf
_CDF = "np.vectorize(math.erfc, otypes=[float])(-z / math.sqrt(2)) / 2"

RECORDS = (
    Activation(
        name="gelu",
        title="GELU",
        family="smooth rectifier",
        symbol=r"\operatorname{GELU}",
        latex=r"\frac{\z}{2}\left(1 + \operatorname{erf}\frac{\z}{\sqrt{2}}\right)",
        slope_latex=r"\Phi(\z) + \z\,\varphi(\z)",
        range=(-0.16997120747990369, _INF),
        remark=(
            "Known from the transformers BERT and GPT-2: z times the probability that a standard normal variable is "
            "below it."
        ),
        neighbour="relu",
        function=lambda z, _: z * _normal_cdf(z),
        slope=lambda z, _: _normal_cdf(z) + z * _normal_pdf(z),
        code=Code(
            numpy=f"z * {_CDF}",
            numpy_derivative=f"cdf = {_CDF}\ncdf + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)",
            torch="F.gelu(z)",
        ),
        saturates="for z far below 0",
        source="Hendrycks and Gimpel 2016",
    ),
    Activation(
        name="silu",
        title="SiLU",
        family="smooth rectifier",
        symbol=r"\operatorname{SiLU}",
        latex=r"\frac{\z}{1 + e^{-\z}}",
        slope_latex=r"\sigma(\z)\,(1 + \z\,(1 - \sigma(\z)))",
        range=(-0.27846454276107378, _INF),
        remark=(
            "Also called swish: z times its own sigmoid; smooth, often a little better than ReLU in deep networks."
        ),
        neighbour="relu",
        function=lambda z, _: z * sigmoid(z),
        slope=_silu_slope,
        code=Code(numpy="z * sigmoid(z)", numpy_derivative="sigmoid(z) * (1 + z * sigmoid(-z))", torch="F.silu(z)"),
        saturates="for z far below 0",
        source="Hendrycks and Gimpel 2016; as swish, Ramachandran, Zoph and Le 2017",
    ),
    Activation(
        name="mish",
        title="Mish",
        family="smooth rectifier",
        symbol=r"\operatorname{Mish}",
        latex=r"\z\,\tanh(\ln(1 + e^{\z}))",
        slope_latex=r"\tanh s + \z\,\sigma(\z)\,(1 - \tanh^2 s),\quad s = \ln(1 + e^{\z})",
        range=(-0.30884341362324773, _INF),
        remark="Close to SiLU; known from object detectors.",
        neighbour="silu",
        function=lambda z, _: z * np.tanh(softplus(z)),
        slope=_mish_slope,
        code=Code(
            numpy="z * np.tanh(softplus(z))",
            numpy_derivative="t = np.tanh(softplus(z))\nt + z * sigmoid(z) * (1 - t) * (1 + t)",
            torch="F.mish(z)",
        ),
        saturates="for z far below 0",
        source="Misra 2019",
    ),
    Activation(
        name="softplus",
        title="softplus",
        family="smooth rectifier",
        symbol=r"\operatorname{softplus}",
        latex=r"\ln(1 + e^{\z})",
        slope_latex=r"\sigma(\z)",
        range=(0.0, _INF),
        remark="A smooth ReLU whose derivative is the sigmoid; for outputs that must be positive.",
        hidden="A smooth ReLU whose derivative is the sigmoid. Its activations are always positive.",
        neighbour="relu",
        function=lambda z, _: softplus(z),
        slope=lambda z, _: sigmoid(z),
        # PyTorch's own threshold of 20 drops e^-20, some 2e-9
        code=Code(
            numpy="np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z)))",
            numpy_derivative="sigmoid(z)",
            torch="F.softplus(z, threshold=40)",
        ),
        saturates="for z far below 0",
        source="Dugas et al. 2001",
    ),
)
