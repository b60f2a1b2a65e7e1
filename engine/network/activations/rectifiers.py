"""Functions that hold negative values back, with a kink at 0 or a curve below it."""

import math

import numpy as np

from engine.arrays import Array
from engine.network.activations.record import Activation, ActivationParameter
from engine.network.source import Code

# Klambauer et al. 2017, "Self-Normalizing Neural Networks": the fixed point of mean 0 and variance 1
SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717


def _elu(z: Array, alpha: float) -> Array:
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def _elu_slope(z: Array, alpha: float) -> Array:
    return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0)))


_INF = math.inf
_ELU, _ELU_SLOPE = (
    "np.where(z > 0, z, %s * np.expm1(np.minimum(z, 0)))",
    "np.where(z > 0, 1.0, %s * np.exp(np.minimum(z, 0)))",
)
_STEP = r"\begin{cases}1 & \z > 0\\ %s & \z \le 0\end{cases}"

RECORDS = (
    Activation(
        name="relu",
        title="ReLU",
        family="rectifier",
        symbol=r"\operatorname{ReLU}",
        latex=r"\max(0, \z)",
        slope_latex=_STEP % "0",
        range=(0.0, _INF),
        remark=(
            "The usual choice for hidden layers: cheap, and never saturated for z > 0. A neuron whose z is negative "
            "for every example is dead: its weights get no gradient any more."
        ),
        neighbour="leaky_relu",
        function=lambda z, _: np.maximum(z, 0.0),
        slope=lambda z, _: (z > 0).astype(np.float64),
        code=Code(numpy="np.maximum(z, 0)", numpy_derivative="np.where(z > 0, 1.0, 0.0)", torch="F.relu(z)"),
        slope_from_value=lambda a, _: (a > 0).astype(np.float64),
        saturates="for z < 0",
        source="Nair and Hinton 2010",
        kinks=(0.0,),
    ),
    Activation(
        name="leaky_relu",
        title="leaky ReLU",
        family="rectifier",
        symbol=r"\operatorname{LReLU}",
        latex=r"\begin{cases}\z & \z > 0\\ \p \cdot \z & \z \le 0\end{cases}",
        slope_latex=_STEP % r"\p",
        range=(-_INF, _INF),
        range_of=lambda alpha: (-_INF if alpha else 0.0, _INF),
        remark=(
            "A ReLU that also lets a part of the gradient through for negative z, as large as its parameter says: no "
            "neuron dies, unless that is 0."
        ),
        neighbour="relu",
        function=lambda z, p: np.where(z > 0, z, p * z),
        slope=lambda z, p: np.where(z > 0, 1.0, p),
        code=Code(
            numpy="np.where(z > 0, z, alpha * z)",
            numpy_derivative="np.where(z > 0, 1.0, alpha)",
            torch="F.leaky_relu(z, alpha)",
        ),
        parameter=ActivationParameter(symbol=r"\alpha", default=0.01, low=0.0, high=1.0),
        saturates="for z < 0, where its slope is small",
        source="Maas, Hannun and Ng 2013",
        kinks=(0.0,),
    ),
    Activation(
        name="elu",
        title="ELU",
        family="rectifier",
        symbol=r"\operatorname{ELU}",
        latex=r"\begin{cases}\z & \z > 0\\ \p\,(e^{\z} - 1) & \z \le 0\end{cases}",
        slope_latex=r"\begin{cases}1 & \z > 0\\ \p\,e^{\z} & \z \le 0\end{cases}",
        range=(-1.0, _INF),
        range_of=lambda alpha: (-alpha, _INF),
        remark=(
            "A rectifier whose negative values bring the mean activation closer to 0. It is smooth only if its "
            "parameter is 1."
        ),
        neighbour="relu",
        function=_elu,
        slope=_elu_slope,
        code=Code(numpy=_ELU % "alpha", numpy_derivative=_ELU_SLOPE % "alpha", torch="F.elu(z, alpha)"),
        parameter=ActivationParameter(symbol=r"\alpha", default=1.0, low=0.0, high=3.0),
        slope_from_value=lambda a, alpha: np.where(a > 0, 1.0, a + alpha),
        saturates="for z far below 0",
        source="Clevert, Unterthiner and Hochreiter 2015",
        kinks=(0.0,),
    ),
    Activation(
        name="selu",
        title="SELU",
        family="rectifier",
        symbol=r"\operatorname{SELU}",
        latex=r"\lambda\begin{cases}\z & \z > 0\\ \alpha\,(e^{\z} - 1) & \z \le 0\end{cases}",
        slope_latex=r"\lambda\begin{cases}1 & \z > 0\\ \alpha\,e^{\z} & \z \le 0\end{cases}",
        range=(-SELU_SCALE * SELU_ALPHA, _INF),
        remark=(
            "An ELU scaled so that activations keep mean 0 and variance 1 through many layers, with LeCun weights."
        ),
        neighbour="elu",
        function=lambda z, _: SELU_SCALE * _elu(z, SELU_ALPHA),
        slope=lambda z, _: SELU_SCALE * _elu_slope(z, SELU_ALPHA),
        code=Code(
            numpy=f"{SELU_SCALE} * {_ELU % SELU_ALPHA}",
            numpy_derivative=f"{SELU_SCALE} * {_ELU_SLOPE % SELU_ALPHA}",
            torch="F.selu(z)",
        ),
        saturates="for z far below 0",
        source="Klambauer et al. 2017",
        kinks=(0.0,),
    ),
)
