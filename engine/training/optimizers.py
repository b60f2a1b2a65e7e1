r"""The optimizers: each is one record that holds its update rule as a formula and as a pure function.

Rules and defaults are those of PyTorch's documentation (torch.optim, 2.x); theta is the vector of all parameters.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, saturating
from engine.registry import Registry
from engine.training.hyperparameters import NONE_GIVEN, Hyperparameter, Settings, settings

State = tuple[Array, ...]
Between = Callable[[float, Mapping[str, float], float, int, Settings], Mapping[str, float]]
Update = Callable[[Array, Array, State, float, int, Settings], tuple[Array, State]]


@dataclass(frozen=True, kw_only=True)
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
    hyperparameters: tuple[Hyperparameter, ...] = ()
    source: str = ""
    # what the lines of the rule before the last give, other than what is remembered, by their left side: of theta,
    # what is remembered after the step, rate, t and settings
    between: Between = lambda theta, memory, rate, t, settings: {}

    def start(self, theta: Array) -> State:
        """Return the state before the first step: zeros of the shape of theta."""
        return tuple(np.zeros_like(theta) for _ in self.memory)

    def settings(self, given: Settings = NONE_GIVEN) -> dict[str, float]:
        """Return every setting, `given` or default; raise InvalidExperiment for one that is not allowed."""
        return settings(self.title, self.hyperparameters, given)


def _sgd(theta: Array, g: Array, state: State, rate: float, _: int, __: Settings) -> tuple[Array, State]:
    return theta - rate * g, state


def _momentum(theta: Array, g: Array, state: State, rate: float, _: int, s: Settings) -> tuple[Array, State]:
    velocity = s["momentum"] * state[0] + g
    return theta - rate * velocity, (velocity,)


def _nesterov(theta: Array, g: Array, state: State, rate: float, _: int, s: Settings) -> tuple[Array, State]:
    # Bengio, Boulanger-Lewandowski and Pascanu 2012 (arXiv 1212.0901), as in PyTorch
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


def _corrected(_: float, memory: Mapping[str, float], __: float, t: int, s: Settings) -> Mapping[str, float]:
    pairs = (("m", s["beta1"]), ("v", s["beta2"]))
    return {rf"\hat{{{name}}}": memory[name] / (1.0 - beta**t) for name, beta in pairs}


def _decayed(theta: float, memory: Mapping[str, float], rate: float, t: int, s: Settings) -> Mapping[str, float]:
    return {r"\theta": theta * (1.0 - rate * s["weight_decay"]), **_corrected(theta, memory, rate, t, s)}


def _adamw(theta: Array, g: Array, state: State, rate: float, t: int, s: Settings) -> tuple[Array, State]:
    return _adam(theta * (1.0 - rate * s["weight_decay"]), g, state, rate, t, s)


_MOMENTUM = Hyperparameter(name="momentum", title="momentum", symbol=r"\mu", default=0.9, low=0.0, high=0.999)
_ADAM = (
    Hyperparameter(name="beta1", title="decay of the mean", symbol=r"\beta_1", default=0.9, low=0.0, high=0.999),
    Hyperparameter(name="beta2", title="decay of the square", symbol=r"\beta_2", default=0.999, low=0.0, high=0.9999),
    Hyperparameter(name="epsilon", title="epsilon", symbol=r"\epsilon", default=1e-8, low=1e-12, high=0.1),
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
            name="sgd",
            title="gradient descent (SGD)",
            latex=r"\theta \leftarrow \theta - \eta\,g",
            remark="A step against the gradient, in proportion to it: what the Network page shows.",
            update=_sgd,
            learning_rate=0.001,
            source="Robbins and Monro 1951",
        ),
        Optimizer(
            name="momentum",
            title="momentum",
            latex=r"v \leftarrow \mu v + g \\ \theta \leftarrow \theta - \eta\,v",
            remark="A ball with inertia: steps in the same direction add up, zigzags across a valley cancel.",
            update=_momentum,
            learning_rate=0.001,
            memory=("v",),
            hyperparameters=(_MOMENTUM,),
            source="Polyak 1964",
        ),
        Optimizer(
            name="nesterov",
            title="Nesterov momentum",
            latex=r"v \leftarrow \mu v + g \\ \theta \leftarrow \theta - \eta\,(g + \mu v)",
            remark="Momentum that looks one step ahead, so that it brakes before the slope turns.",
            update=_nesterov,
            learning_rate=0.001,
            memory=("v",),
            hyperparameters=(_MOMENTUM,),
            source="Nesterov 1983; in this form Bengio, Boulanger-Lewandowski and Pascanu 2012, arXiv 1212.0901",
        ),
        Optimizer(
            name="adagrad",
            title="Adagrad",
            latex=r"s \leftarrow s + g^2 \\ \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{s} + \epsilon}",
            remark=(
                "Every parameter has its own rate, which never grows again: good for rare features, slow in the end."
            ),
            update=_adagrad,
            learning_rate=0.01,
            memory=("s",),
            hyperparameters=(
                Hyperparameter(name="epsilon", title="epsilon", symbol=r"\epsilon", default=1e-10, low=1e-12, high=0.1),
            ),
            source="Duchi, Hazan and Singer 2011",
        ),
        Optimizer(
            name="rmsprop",
            title="RMSProp",
            latex=(
                r"v \leftarrow \alpha v + (1 - \alpha)\,g^2 \\"
                r" \theta \leftarrow \theta - \eta\,\frac{g}{\sqrt{v} + \epsilon}"
            ),
            remark="Adagrad that forgets: only the gradient's recent size counts, so the rate can grow again.",
            update=_rmsprop,
            learning_rate=0.01,
            memory=("v",),
            hyperparameters=(
                Hyperparameter(
                    name="alpha", title="decay of the square", symbol=r"\alpha", default=0.99, low=0.0, high=0.9999
                ),
                Hyperparameter(name="epsilon", title="epsilon", symbol=r"\epsilon", default=1e-8, low=1e-12, high=0.1),
            ),
            source="Hinton 2012, lecture 6e",
        ),
        Optimizer(
            name="adam",
            title="Adam",
            latex=_MOMENTS,
            remark=(
                "Momentum and RMSProp together, corrected for their start at zero. While a gradient stays about the "
                "same, each step is about η, however large or small the gradient is."
            ),
            update=_adam,
            learning_rate=0.001,
            memory=("m", "v"),
            between=_corrected,
            hyperparameters=_ADAM,
            source="Kingma and Ba 2014",
        ),
        Optimizer(
            name="adamw",
            title="AdamW",
            latex=r"\theta \leftarrow \theta - \eta \lambda \theta \\ " + _MOMENTS,
            remark=(
                "Adam, with a weight decay that does not pass through the gradient. It shrinks all parameters alike, "
                "here the biases too, as in PyTorch."
            ),
            update=_adamw,
            learning_rate=0.001,
            memory=("m", "v"),
            between=_decayed,
            hyperparameters=(
                *_ADAM,
                Hyperparameter(
                    name="weight_decay", title="weight decay", symbol=r"\lambda", default=0.01, low=0.0, high=1.0
                ),
            ),
            source="Loshchilov and Hutter 2017",
        ),
    ],
)
