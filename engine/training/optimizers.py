r"""The optimizers: each is one record that holds its update rule as a formula and as a pure function.

Rules and defaults are those of PyTorch's documentation (torch.optim, 2.x); theta is the vector of all parameters.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, saturating
from engine.registry import Registry
from engine.training.hyperparameters import NONE_GIVEN, Option, Settings, settings

State = tuple[Array, ...]
Update = Callable[[Array, Array, State, float, int, Settings], tuple[Array, State]]


@dataclass(frozen=True)
class Optimizer:
    r"""How a step is taken from a gradient: `update(theta, g, state, rate, t, settings) -> (theta, state)`.

    `g` is dL/dtheta, `rate` the learning rate, `t` the number of the step from 1. `memory` names the arrays in the
    state. `learning_rate` is the default in PyTorch. In `latex` a line is a line of the rule.
    """

    name: str
    title: str
    latex: str
    remark: str
    update: Update
    learning_rate: float
    memory: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    source: str = ""

    def start(self, theta: Array) -> State:
        """Return the state before the first step: zeros of the shape of theta."""
        return tuple(np.zeros_like(theta) for _ in self.memory)

    def settings(self, given: Settings = NONE_GIVEN) -> dict[str, float]:
        """Return every setting, `given` or default; raise InvalidExperiment for one that is not allowed."""
        return settings(self.title, self.options, given)


def _sgd(theta: Array, g: Array, state: State, rate: float, _: int, __: Settings) -> tuple[Array, State]:
    return theta - rate * g, state


def _momentum(theta: Array, g: Array, state: State, rate: float, _: int, s: Settings) -> tuple[Array, State]:
    velocity = s["momentum"] * state[0] + g
    return theta - rate * velocity, (velocity,)


def _nesterov(theta: Array, g: Array, state: State, rate: float, _: int, s: Settings) -> tuple[Array, State]:
    # As in Sutskever et al. 2013, in the form that looks ahead from where it stands
    velocity = s["momentum"] * state[0] + g
    return theta - rate * (g + s["momentum"] * velocity), (velocity,)


@saturating
def _adagrad(theta: Array, g: Array, state: State, rate: float, _: int, s: Settings) -> tuple[Array, State]:
    total = state[0] + g * g
    return theta - rate * g / (np.sqrt(total) + s["epsilon"]), (total,)


@saturating
def _rmsprop(theta: Array, g: Array, state: State, rate: float, _: int, s: Settings) -> tuple[Array, State]:
    square = s["alpha"] * state[0] + (1.0 - s["alpha"]) * (g * g)
    return theta - rate * g / (np.sqrt(square) + s["epsilon"]), (square,)


@saturating
def _adam(theta: Array, g: Array, state: State, rate: float, t: int, s: Settings) -> tuple[Array, State]:
    m = s["beta1"] * state[0] + (1.0 - s["beta1"]) * g
    v = s["beta2"] * state[1] + (1.0 - s["beta2"]) * (g * g)
    # both corrections for the start at zero are numbers, so they are put into two factors
    deviation = np.sqrt(v) * (1.0 / math.sqrt(1.0 - s["beta2"] ** t)) + s["epsilon"]
    return theta - (rate / (1.0 - s["beta1"] ** t)) * m / deviation, (m, v)


def _adamw(theta: Array, g: Array, state: State, rate: float, t: int, s: Settings) -> tuple[Array, State]:
    return _adam(theta * (1.0 - rate * s["weight_decay"]), g, state, rate, t, s)


_MOMENTUM = Option("momentum", "momentum", r"\mu", 0.9, 0.0, 0.999)
_ADAM = (
    Option("beta1", "decay of the mean", r"\beta_1", 0.9, 0.0, 0.999),
    Option("beta2", "decay of the square", r"\beta_2", 0.999, 0.0, 0.9999),
    Option("epsilon", "epsilon", r"\epsilon", 1e-8, 1e-12, 0.1),
)
_MOMENTS = (
    r"m \leftarrow \beta_1 m + (1 - \beta_1)\,g \\ v \leftarrow \beta_2 v + (1 - \beta_2)\,g^2 \\"
    r" \hat{m} = \frac{m}{1 - \beta_1^t}, \quad \hat{v} = \frac{v}{1 - \beta_2^t} \\"
    r" \theta \leftarrow \theta - \eta\,\frac{\hat{m}}{\sqrt{\hat{v}} + \epsilon}"
)

OPTIMIZERS: Registry[Optimizer] = Registry(
    "optimizer",
    [
        Optimizer(
            "sgd",
            "gradient descent (SGD)",
            r"\theta \leftarrow \theta - \eta\,g",
            "Straight downhill, a step proportional to the slope: what the Network page shows.",
            _sgd,
            0.001,
            source="Robbins and Monro 1951",
        ),
        Optimizer(
            "momentum",
            "momentum",
            r"v \leftarrow \mu v + g \\ \theta \leftarrow \theta - \eta\,v",
            "A ball with inertia: steps in the same direction add up, zigzags across a valley cancel.",
            _momentum,
            0.001,
            ("v",),
            (_MOMENTUM,),
            "Polyak 1964",
        ),
        Optimizer(
            "nesterov",
            "Nesterov momentum",
            r"v \leftarrow \mu v + g \\ \theta \leftarrow \theta - \eta\,(g + \mu v)",
            "Momentum that looks one step ahead, so that it brakes before the slope turns.",
            _nesterov,
            0.001,
            ("v",),
            (_MOMENTUM,),
            "Nesterov 1983; Sutskever et al. 2013",
        ),
        Optimizer(
            "adagrad",
            "Adagrad",
            r"s \leftarrow s + g^2 \\ \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{s} + \epsilon}",
            "Every parameter has its own step, which only ever shrinks: good for rare features, slow in the end.",
            _adagrad,
            0.01,
            ("s",),
            (Option("epsilon", "epsilon", r"\epsilon", 1e-10, 1e-12, 0.1),),
            "Duchi, Hazan and Singer 2011",
        ),
        Optimizer(
            "rmsprop",
            "RMSProp",
            r"v \leftarrow \alpha v + (1 - \alpha)\,g^2 \\"
            r" \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{v} + \epsilon}",
            "Adagrad that forgets: the step is measured by the gradient's recent size, so it can grow again.",
            _rmsprop,
            0.01,
            ("v",),
            (
                Option("alpha", "decay of the square", r"\alpha", 0.99, 0.0, 0.9999),
                Option("epsilon", "epsilon", r"\epsilon", 1e-8, 1e-12, 0.1),
            ),
            "Hinton 2012, lecture 6e",
        ),
        Optimizer(
            "adam",
            "Adam",
            _MOMENTS,
            "Momentum and RMSProp together, corrected for their start at zero: steps of about η whatever the slope.",
            _adam,
            0.001,
            ("m", "v"),
            _ADAM,
            "Kingma and Ba 2014",
        ),
        Optimizer(
            "adamw",
            "AdamW",
            r"\theta \leftarrow \theta - \eta \lambda \theta \\ " + _MOMENTS,
            "Adam with weight decay apart from the gradient, so that it shrinks all weights alike.",
            _adamw,
            0.001,
            ("m", "v"),
            (*_ADAM, Option("weight_decay", "weight decay", r"\lambda", 0.01, 0.0, 1.0)),
            "Loshchilov and Hutter 2017",
        ),
    ],
)
