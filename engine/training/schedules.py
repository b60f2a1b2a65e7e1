"""Learning-rate schedules: each is one record whose function gives the factor of the learning rate at every step.

A schedule spans the whole run, whatever its length, so that it means the same for 10 epochs and for 1,000.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from engine.arrays import Array
from engine.registry import Registry
from engine.training.hyperparameters import NONE_GIVEN, Hyperparameter, Settings, settings

# from two steps, counted from 0: the learning rates of those from the first to before the last
Course: TypeAlias = Callable[[int, int], Array]


@dataclass(frozen=True, kw_only=True)
class Schedule:
    r"""`factor(t, epsilon, settings)` of the share t (steps,) of the run that is done, from 0 to below 1.

    epsilon is the share that one step is of the run.

    In `latex` the token t is that share, n the number of steps and \eta_0 the learning rate that was chosen.
    """

    name: str
    title: str
    latex: str
    remark: str
    factor: Callable[[Array, float, Settings], Array]
    hyperparameters: tuple[Hyperparameter, ...] = ()

    def settings(self, given: Settings = NONE_GIVEN) -> dict[str, float]:
        """Return every setting, `given` or default; raise InvalidExperiment for one that is not allowed."""
        return settings(f"The schedule {self.title}", self.hyperparameters, given)

    def rates(self, learning_rate: float, steps: int, given: Settings = NONE_GIVEN) -> Array:
        """Return the learning rate of each step, (steps,); raise InvalidExperiment for a setting not allowed."""
        return self.course(learning_rate, steps, given)(0, steps)

    def course(self, learning_rate: float, steps: int, given: Settings = NONE_GIVEN) -> Course:
        """Return the function that gives the rates of a part of the run: all at once may be millions."""
        chosen, whole = self.settings(given), max(steps, 1)
        return lambda first, last: learning_rate * self.factor(np.arange(first, last) / whole, 1.0 / whole, chosen)


SCHEDULES: Registry[Schedule] = Registry(
    "schedule",
    [
        Schedule(
            name="constant",
            title="constant",
            latex=r"\eta = \eta_0",
            remark="The same rate from the first step to the last.",
            factor=lambda t, epsilon, _: np.ones_like(t),
        ),
        Schedule(
            name="step",
            title="steps",
            latex=r"\eta = \eta_0\,\gamma^{\lfloor k t \rfloor}",
            remark="Smaller by the same factor at the end of each of k equal parts of the run.",
            # a product like 3 * (1/3) may round to just below a whole number
            factor=lambda t, epsilon, s: s["gamma"] ** np.floor(s["parts"] * t + 1e-9),
            hyperparameters=(
                Hyperparameter(name="parts", title="number of parts", symbol="k", default=4, low=1, high=100),
                Hyperparameter(name="gamma", title="factor", symbol=r"\gamma", default=0.5, low=0.01, high=1.0),
            ),
        ),
        Schedule(
            name="cosine",
            title="cosine",
            latex=r"\eta = \eta_0\left(m + (1 - m)\,\tfrac{1}{2}(1 + \cos \pi t)\right)",
            remark="Falls slowly, then fast, then slowly to a share m of the rate (Loshchilov and Hutter 2016).",
            factor=lambda t, epsilon, s: s["minimum"] + (1.0 - s["minimum"]) * 0.5 * (1.0 + np.cos(np.pi * t)),
            hyperparameters=(
                Hyperparameter(name="minimum", title="share at the end", symbol="m", default=0.0, low=0.0, high=1.0),
            ),
        ),
        Schedule(
            name="warmup",
            title="warm-up",
            latex=r"\eta = \eta_0\,\min\left(1, \frac{t + 1/n}{w}\right)",
            remark=(
                "Grows to the full rate during the first share w of the run, in n steps altogether: at the start "
                "gradients are often large and change fast."
            ),
            # the first step is one of the ramp's, not a step of size 0
            factor=lambda t, epsilon, s: np.minimum(1.0, (t + epsilon) / s["share"]),
            hyperparameters=(
                Hyperparameter(name="share", title="share of the run", symbol="w", default=0.1, low=0.001, high=1.0),
            ),
        ),
    ],
)
