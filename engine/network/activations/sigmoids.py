"""The two smooth steps between two limits, which differ by scale and shift."""

import numpy as np

from engine.arrays import Array
from engine.network.activations.record import Activation
from engine.network.source import Code


def sigmoid(z: Array) -> Array:
    """Return 1 / (1 + e^-z). Where e^-z overflows, 1 / inf is 0, and so is the sigmoid to within 1e-308."""
    return 1.0 / (1.0 + np.exp(-z))


def _sigmoid_slope(z: Array) -> Array:
    # σ(z) σ(-z), which is even in z: so e is only raised to a negative power, and once
    e = np.exp(-np.abs(z))
    return e / (1.0 + e) ** 2


def _tanh_slope(z: Array, _: float) -> Array:
    # 1 - tanh² = 4 σ(2z) σ(-2z), which does not cancel where tanh is close to ±1
    return 4.0 * _sigmoid_slope(2.0 * z)


RECORDS = (
    Activation(
        name="sigmoid",
        title="sigmoid",
        family="bounded",
        symbol=r"\sigma",
        latex=r"\frac{1}{1 + e^{-\z}}",
        slope_latex=r"\sigma(\z)\,(1 - \sigma(\z))",
        range=(0.0, 1.0),
        remark=(
            "It turns any number into one between 0 and 1. At the output this is read as the probability of a yes. Its "
            "slope is at most ¼, so gradients easily vanish in deep networks."
        ),
        hidden=(
            "It turns any number into one between 0 and 1: a neuron is almost off where z is far below 0, and almost "
            "on where z is far above. Its slope is at most ¼, so gradients easily vanish in deep networks."
        ),
        neighbour="tanh",
        function=lambda z, _: sigmoid(z),
        slope=lambda z, _: _sigmoid_slope(z),
        code=Code(
            numpy="np.exp(np.minimum(z, 0)) / (1 + np.exp(-np.abs(z)))",
            numpy_derivative="sigmoid(z) * sigmoid(-z)",
            torch="torch.sigmoid(z)",
            why="It is a (1 - a), in a form that keeps its digits where a is close to 1.",
        ),
        slope_from_value=lambda a, _: a * (1.0 - a),
        saturates="on both sides",
        source="Verhulst 1838, the logistic curve",
    ),
    Activation(
        name="tanh",
        title="tanh",
        family="bounded",
        symbol=r"\tanh",
        latex=r"\frac{e^{\z} - e^{-\z}}{e^{\z} + e^{-\z}}",
        slope_latex=r"1 - \tanh^2(\z)",
        range=(-1.0, 1.0),
        remark="A sigmoid centred on zero, with slope 1 at the origin: for small and recurrent networks.",
        neighbour="sigmoid",
        function=lambda z, _: np.tanh(z),
        slope=_tanh_slope,
        code=Code(
            numpy="np.tanh(z)",
            numpy_derivative="4 * sigmoid(2 * z) * sigmoid(-2 * z)",
            torch="torch.tanh(z)",
            why="It is 1 - tanh(z)**2, in a form that keeps its digits where tanh is close to 1.",
        ),
        slope_from_value=lambda a, _: 1.0 - a * a,
        saturates="on both sides",
        source="LeCun et al. 1998, Efficient BackProp",
    ),
)
