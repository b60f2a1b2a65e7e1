r"""An optimizer's update as it is written: its rule with the numbers of the parameter that changes most."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import checked_afterwards
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.lines import apart
from engine.formulas.symbols import factor, gradient, value
from engine.network.parameters import penalised
from engine.network.places import Bias, Parameter, Weight
from engine.training.optimizers import Optimizer

_TOKEN = re.compile(r"\\hat\{\w\}|\\[a-zA-Z]+(?:_\d)?|[a-z]")
# a number, with or without brackets, beside another one or a bracket: a product
_BESIDE = re.compile(r"(?<=[})])\s+(?=\(?\\[VG]|\()|(?<=[})])\\,")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of an optimizer's rule in LaTeX: left side, sign, right side in symbols and in numbers, result."""

    left: str
    sign: str
    symbols: str
    numbers: str
    result: str

    @property
    def whole(self) -> str:
        """All of it."""
        return f"{self.left} {self.sign} {self.symbols} = {self.numbers} = {self.result}"

    @property
    def brief(self) -> str:
        """The same without the symbols on the right; of what is kept for this step alone, the result."""
        worked_out = "" if self.sign == "=" else f"{self.sign} {self.numbers} "
        return f"{self.left} {worked_out}= {self.result}"


@dataclass(frozen=True, kw_only=True)
class WorkedUpdate:
    """An update for the parameter that it changes most: its name, and each line of the rule with its numbers.

    `brief` has the lines as they fit one line of formula.
    """

    name: str
    lines: tuple[str, ...]
    brief: tuple[str, ...]


@checked_afterwards
def most_changed(step: Step) -> tuple[Parameter, tuple[int, ...]]:
    """Return the parameter that an update changes most, and its index in the arrays of the step."""
    old = step.operands[1]
    change = np.abs(step.value - old).reshape(len(old), -1)
    j, i = divmod(int(change.argmax()), change.shape[1])
    if old.ndim == 2:
        return Weight(step.layer, j + 1, i + 1), (j, i)
    return Bias(step.layer, j + 1), (j,)


@checked_afterwards
def worked(step: Step) -> WorkedUpdate:
    """Return an optimizer's update in LaTeX, for the parameter that changes most."""
    optimizer, old, slope, state, rate, t, given, penalties = step.operands
    place, index = most_changed(step)
    before = {name: float(array[index]) for name, array in zip(optimizer.memory, state, strict=True)}
    theta, g = float(old[index]), float(penalised(slope[index], old[index], penalties))
    _, after = optimizer.update(old[index], g, tuple(array[index] for array in state), rate, t, dict(given))
    remembered = {name: float(number) for name, number in zip(optimizer.memory, after, strict=True)}
    known = _settings(optimizer, dict(given)) | {r"\eta": rate, "t": float(t), r"\theta": theta}
    results = remembered | optimizer.between(theta, remembered, rate, t, dict(given))
    rule = _lines(optimizer, known | before, g, results, float(step.value[index]))
    lines = (*_penalty(float(slope[index]), theta, penalties, g), *rule)
    return WorkedUpdate(
        name=symbols.parameter(place),
        lines=tuple(line.whole for line in lines),
        brief=tuple(line.brief for line in lines),
    )


def _penalty(slope: float, theta: float, penalties: tuple[float, float], g: float) -> Iterator[Line]:
    """The gradient that goes into the rule, where a penalty on the weight is added to that of the loss."""
    if not any(penalties):
        return
    symbols_of = (r"\lambda_1\,\operatorname{sign}(\theta)", r"\lambda_2\,\theta")
    added = [
        (sign, rf"{value(penalty)} \cdot {factor(value(number))}")
        for sign, penalty, number in zip(symbols_of, penalties, (float(np.sign(theta)), theta), strict=True)
        if penalty
    ]
    signs, numbers = zip((r"\frac{\partial L}{\partial \theta}", gradient(slope)), *added, strict=True)
    yield Line(left="g", sign="=", symbols=" + ".join(signs), numbers=" + ".join(numbers), result=gradient(g))


def _settings(optimizer: Optimizer, given: Mapping[str, float]) -> dict[str, float]:
    return {one.symbol: given[one.name] for one in optimizer.hyperparameters}


def _lines(
    optimizer: Optimizer, known: dict[str, float], g: float, results: Mapping[str, float], new: float
) -> Iterator[Line]:
    rules = [part.strip(" ,") for line in optimizer.latex.split(r"\\") for part in line.split(r"\quad")]
    for number, rule in enumerate(rules, start=1):
        left, sign, right = re.split(r"(\\leftarrow|=)", rule, maxsplit=1)
        left = left.strip()
        result = new if number == len(rules) else results[left]
        before = known.get(left, result)
        # with as many digits as what it becomes: nobody could check the line otherwise
        written = {name: value(number) for name, number in known.items()} | {left: apart(before, result)}
        yield Line(
            left=left,
            sign=sign,
            symbols=right.strip(),
            numbers=_numbers(right.strip(), written | {"g": gradient(g)}),
            result=apart(result, before),
        )
        known[left] = result


def _numbers(right: str, written: Mapping[str, str]) -> str:
    """Return the right side of a rule with its numbers put in, as they are written."""

    def number(match: re.Match[str]) -> str:
        shown = written.get(match[0])
        if shown is None:
            return match[0]
        if right[: match.start()].endswith("^"):
            return f"{{{shown}}}"
        # a power of 2.1·10⁻⁵ is one of the whole number
        return f"({shown})" if "^" in shown and right[match.end() :].startswith("^") else factor(shown)

    return _BESIDE.sub(r" \\cdot ", _TOKEN.sub(number, right))
