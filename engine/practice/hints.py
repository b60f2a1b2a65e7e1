"""Three hints for a question, each saying more than the one before: the rule, with symbols, with numbers."""

import re
from dataclasses import dataclass

from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.backprop.trace import Detail, Level, Planned, made, plan
from engine.formulas.equations import Equation, equation, of_each_example
from engine.formulas.notations import OURS, Notation
from engine.gradcheck.by_hand import Problem
from engine.network.model import Experiment
from engine.network.places import Bias, Parameter, Weight
from engine.practice.quantity import OF_BIASES, OF_WEIGHTS, Quantity
from engine.reasons import why

# the first of these that the network's trace has for a place is its step
STEPS = {
    "z": ("weighted_sum",),
    "a": ("activation",),
    "loss": ("loss", "joint_loss"),
    "da": ("loss_gradient", "summed_gradient"),
    "delta": ("delta", "joint_delta"),
    "dw": ("weight_gradient",),
    "db": ("bias_gradient",),
    "new_w": ("weight_update",),
    "new_b": ("bias_update",),
}
# where the examples of a batch meet
MEETINGS = {"loss": "batch_loss", "dw": "batch_weight_gradient", "db": "batch_bias_gradient"}
_GRADIENT_OF = {"new_w": "dw", "new_b": "db"}
_COLOURED = re.compile(r"\\[VG]\{((?:[^{}]|\{[^{}]*\})*)\}")
_INSIDE = r"\1"
Hints = tuple[str, str, str]


@dataclass(frozen=True, eq=False, kw_only=True)
class Moment:
    """Where something is computed: which step, counted from 1, of an experiment's trace in this detail."""

    experiment: Experiment
    level: Level
    number: int

    @property
    def step(self) -> Step:
        """The step."""
        known = Computed(self.experiment)
        return made(plan(self.experiment, self.level)[self.number - 1], known.experiment, known.step)


def moment(problem: Problem, asked: Quantity) -> Moment:
    """Return where what is asked is computed; of a batch, what each example gives is computed before."""
    experiment = problem.experiment
    several = experiment.examples > 1
    level: Detail = "layer" if asked.is_table or several else "neuron"
    found = _planned(plan(experiment, level), problem, asked, several)
    return Moment(experiment=experiment, level=level, number=found + 1)


def _planned(steps: tuple[Planned, ...], problem: Problem, asked: Quantity, several: bool) -> int:
    layer = asked.layer or len(problem.network.layers)
    wanted = (MEETINGS[asked.kind],) if several and asked.kind in MEETINGS else STEPS[asked.kind]
    fitting = [index for index, step in enumerate(steps) if step.op in wanted and step.layer == layer]
    return next((index for index in fitting if steps[index].neuron == asked.to), fitting[0])


def of_quantity(problem: Problem, asked: Quantity, notation: Notation = OURS) -> Hints:
    """Return the hints for a number or a table, with formulas between dollar signs."""
    if problem.examples > 1:
        return _of_batch(problem, asked, notation)
    own = _equation(problem, asked, notation)
    return (
        f"The rule: {_math(own.rule)}",
        f"With symbols: {_math(own.left, own.symbols)}",
        f"With numbers: {_math(own.left, own.numbers or own.symbols)}",
    )


def solution(problem: Problem, asked: Quantity, notation: Notation = OURS) -> tuple[str, str]:
    """Return the whole equation as LaTeX, and why it comes out so."""
    at = moment(problem, asked)
    return _equation(problem, asked, notation).worked, why(at.step, Computed(at.experiment), notation)


def _equation(problem: Problem, asked: Quantity, notation: Notation) -> Equation:
    at = moment(problem, asked)
    if problem.examples > 1 and asked.kind in MEETINGS:
        return of_each_example(at.step, at.experiment, _place(asked), notation)
    return equation(at.step, at.experiment, notation=notation)


def _place(asked: Quantity) -> Parameter | None:
    if asked.to is None:
        return None
    if asked.source is not None and asked.kind in OF_WEIGHTS:
        return Weight(asked.layer, asked.to, asked.source)
    return Bias(asked.layer, asked.to) if asked.kind in OF_BIASES else None


def _of_batch(problem: Problem, asked: Quantity, notation: Notation) -> Hints:
    """First what the examples make together, with how each example's own part comes about, then the learning step."""
    joined = Quantity(_GRADIENT_OF.get(asked.kind, asked.kind), asked.layer, asked.to, asked.source)
    at = moment(problem, joined)
    rule = equation(at.step, at.experiment, notation=notation).rule
    of_one = _equation(Problem.of(problem.one(0)), Quantity(joined.kind, joined.layer), notation).rule
    each = _equation(problem, joined, notation)
    after = _after(problem, asked, notation) if asked != joined else ("", "", "")
    return (
        f"The rule: {_math(rule)}, and for one example {_math(of_one)}.{after[0]}",
        f"With symbols: {_math(each.left, each.symbols)}.{after[1]}",
        f"With numbers: {_math(each.left, each.numbers)}.{after[2]}",
    )


def _after(problem: Problem, asked: Quantity, notation: Notation) -> Hints:
    """What the hints say of the learning step behind what they say of its gradient."""
    own = _equation(problem, asked, notation)
    return (
        f" Then {_math(own.rule)}.",
        f" Then {_math(own.left, own.symbols)}.",
        f" Then {_math(own.left, own.numbers)}.",
    )


def _math(*sides: str) -> str:
    """Return the sides of an equation as a formula in a text."""
    return f"${_COLOURED.sub(_INSIDE, ' = '.join(sides))}$"
