r"""The step that a run would take next, step by step: its mini-batch in matrices, and the optimizer's own update.

An optimizer's update is a step kind: its operands are the optimizer, what it remembers, and the numbers of the step.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import checked_afterwards
from engine.backprop.learning_step import learning_step
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.backprop.trace import trace
from engine.formulas import symbols
from engine.formulas.lines import apart
from engine.formulas.symbols import factor, gradient, value
from engine.gradcheck.check import flat_gradients
from engine.network.model import Experiment, Network
from engine.network.parameters import flatten, is_bias, split
from engine.network.places import Bias, Parameter, Weight
from engine.training.moment import Moment
from engine.training.optimizers import OPTIMIZERS, Optimizer

__all__ = ["Moment", "NextStep", "WorkedUpdate", "next_step", "worked"]

_TOKEN = re.compile(r"\\hat\{\w\}|\\[a-zA-Z]+(?:_\d)?|[a-z]")
# a number, with or without brackets, beside another one or a bracket: a product
_BESIDE = re.compile(r"(?<=[})])\s+(?=\(?\\[VG]|\()|(?<=[})])\\,")


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The mini-batch with the network as an experiment, and all steps: forward, loss, backward, and the updates."""

    experiment: Experiment
    steps: tuple[Step, ...]


@checked_afterwards
def next_step(network: Network, moment: Moment) -> NextStep:
    """Return the step that a run with this network would take next.

    Raises InvalidExperiment for a mini-batch of more examples than can be shown, and where numbers overflow.
    """
    settings = moment.settings
    experiment = Experiment(network, moment.x, moment.y, moment.rate, settings.update_biases)
    passes = [step for step in trace(experiment, "batch") if step.phase != "update"]
    return NextStep(experiment=experiment, steps=(*passes, *_updates(experiment, moment)))


def _updates(experiment: Experiment, moment: Moment) -> Iterator[Step]:
    network, settings = experiment.network, moment.settings
    optimizer, theta = OPTIMIZERS[settings.optimizer], flatten(network)
    g = flat_gradients(learning_step(experiment).backward)
    weights = ~is_bias(network)
    g = g + weights * (settings.l1 * np.sign(theta) + settings.l2 * theta)
    given = tuple(optimizer.settings(settings.optimizer_settings).items())
    tables = [split(network, vector) for vector in (theta, g, *moment.state)]
    for number in range(len(network.layers), 0, -1):
        for part in (np.s_[:, :-1], np.s_[:, -1]) if settings.update_biases else (np.s_[:, :-1],):
            old, slope, *state = (table[number - 1][part] for table in tables)
            operands = (optimizer, old, slope, tuple(state), moment.rate, moment.t, given)
            new = OPS["optimizer_update"].compute(*operands)
            yield Step(op="optimizer_update", layer=number, neuron=None, operands=operands, value=new, stacked=True)


@dataclass(frozen=True, kw_only=True)
class WorkedUpdate:
    """An update for the parameter that it changes most: its name, and each line of the rule with its numbers."""

    name: str
    lines: tuple[str, ...]


@checked_afterwards
def worked(step: Step) -> WorkedUpdate:
    """Return an optimizer's update in LaTeX, for the parameter that changes most."""
    optimizer, old, slope, state, rate, t, given = step.operands
    change = np.abs(step.value - old).reshape(len(old), -1)
    j, i = divmod(int(change.argmax()), change.shape[1])
    index = (j, i) if old.ndim == 2 else (j,)
    place: Parameter = Weight(step.layer, j + 1, i + 1) if old.ndim == 2 else Bias(step.layer, j + 1)
    before = {name: float(array[index]) for name, array in zip(optimizer.memory, state, strict=True)}
    _, after = optimizer.update(old[index], slope[index], tuple(array[index] for array in state), rate, t, dict(given))
    remembered = {name: float(number) for name, number in zip(optimizer.memory, after, strict=True)}
    known = _settings(optimizer, dict(given)) | {r"\eta": rate, "t": float(t), r"\theta": float(old[index])}
    results = remembered | optimizer.between(float(old[index]), remembered, rate, t, dict(given))
    lines = _lines(optimizer, known | before, float(slope[index]), results, float(step.value[index]))
    return WorkedUpdate(name=symbols.parameter(place), lines=tuple(lines))


def _settings(optimizer: Optimizer, given: Mapping[str, float]) -> dict[str, float]:
    return {one.symbol: given[one.name] for one in optimizer.hyperparameters}


def _lines(
    optimizer: Optimizer, known: dict[str, float], g: float, results: Mapping[str, float], new: float
) -> Iterator[str]:
    rules = [part.strip(" ,") for line in optimizer.latex.split(r"\\") for part in line.split(r"\quad")]
    for number, rule in enumerate(rules, start=1):
        left, sign, right = re.split(r"(\\leftarrow|=)", rule, maxsplit=1)
        left = left.strip()
        result = new if number == len(rules) else results[left]
        written = _numbers(right.strip(), known, g)
        shown = apart(result, known.get(left, result))
        yield rf"{left} {sign} {right.strip()} = {written} = {shown}"
        known[left] = result


def _numbers(right: str, known: Mapping[str, float], g: float) -> str:
    """Return the right side of a rule with its numbers put in."""

    def number(match: re.Match[str]) -> str:
        if match[0] == "g":
            return factor(gradient(g))
        if match[0] not in known:
            return match[0]
        shown = value(known[match[0]])
        # a power of 2.1·10⁻⁵ is one of the whole number
        return f"({shown})" if "^" in shown else factor(shown)

    return _BESIDE.sub(r" \\cdot ", _TOKEN.sub(number, right))
