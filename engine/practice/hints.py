"""Three hints for a question, each saying more than the one before: the rule, with symbols, with numbers."""

import re

from engine.backprop.learning_step import Computed
from engine.backprop.trace import Planned, made, plan
from engine.formulas import plain
from engine.formulas.equations import Equation, equation
from engine.gradcheck.by_hand import SUM, Problem, computed
from engine.practice.quantity import Quantity
from engine.practice.words import rounded
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
_COLOURED = re.compile(r"\\[VG]\{((?:[^{}]|\{[^{}]*\})*)\}")
Hints = tuple[str, str, str]


def planned(problem: Problem, asked: Quantity) -> Planned:
    """Return the step of the trace of a problem's one example that computes what is asked."""
    experiment = problem.one(0)
    layer = asked.layer or len(problem.network.layers)
    steps = plan(experiment, "layer" if asked.is_table else "neuron")
    fitting = [step for step in steps if step.op in STEPS[asked.kind] and step.layer == layer]
    return next((step for step in fitting if step.neuron == asked.to), fitting[0])


def number(problem: Problem, asked: Quantity) -> int:
    """Return the number of that step in the trace, counted from 1."""
    steps = plan(problem.one(0), "layer" if asked.is_table else "neuron")
    return steps.index(planned(problem, asked)) + 1


def of_quantity(problem: Problem, asked: Quantity) -> Hints:
    """Return the hints for a number or a table, with formulas between dollar signs."""
    if problem.examples > 1:
        return _of_batch(problem, asked)
    written = _equation(problem, asked)
    return (
        f"The rule: ${_plain(written.rule)}$",
        f"With symbols: ${_plain(written.left)} = {_plain(written.symbols)}$",
        f"With numbers: ${_plain(written.left)} = {_plain(written.numbers or written.symbols)}$",
    )


def solution(problem: Problem, asked: Quantity) -> tuple[str, str]:
    """Return the whole equation as LaTeX, and why it comes out so; of several examples the hint with numbers alone."""
    if problem.examples > 1:
        return "", _of_batch(problem, asked)[2]
    known = Computed(problem.one(0))
    step = made(planned(problem, asked), known.experiment, known.step)
    return equation(step, known.experiment).worked, why(step, known)


def _equation(problem: Problem, asked: Quantity) -> Equation:
    known = Computed(problem.one(0))
    return equation(made(planned(problem, asked), known.experiment, known.step), known.experiment)


def _plain(latex: str) -> str:
    return _COLOURED.sub(r"\1", latex)


def _of_batch(problem: Problem, asked: Quantity) -> Hints:
    sums = problem.reduction == SUM
    joined = "the sum of the examples'" if sums else "the mean of the examples'"
    each = _each(problem, asked)
    divided = "" if sums else f", and the sum is divided by {problem.examples}"
    kind = {"loss": "losses", "db": "deltas"}.get(asked.kind, "gradients")
    step = " Then the learning rate times that is subtracted." if asked.kind.startswith("new") else ""
    return (
        f"The rule: over the batch, it is {joined} {kind}.{step}",
        f"With symbols: {_symbols(asked)}{divided}.{step}",
        f"With numbers: {each}{divided}.{step}",
    )


def _symbols(asked: Quantity) -> str:
    layer = plain.superscript(asked.layer)
    return {
        "loss": "the losses L₁ + L₂ + … of the examples are added",
        "db": f"the rows of Δ⁽{layer}⁾, one an example, are added",
        "new_b": f"the rows of Δ⁽{layer}⁾, one an example, are added",
    }.get(asked.kind, f"Δ⁽{layer}⁾ᵀ times the activations before it, which adds δ · a over the examples")


def _each(problem: Problem, asked: Quantity) -> str:
    of_one = {"new_w": "dw", "new_b": "db"}.get(asked.kind, asked.kind)
    one = Quantity(of_one, asked.layer, asked.to, asked.source)
    each = (computed(Problem.of(problem.one(example))) for example in range(problem.examples))
    return "the examples give " + ", ".join(rounded(one.of(worked)) for worked in each)
