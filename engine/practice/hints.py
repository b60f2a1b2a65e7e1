"""Three hints for a question, each saying more than the one before: the rule, with symbols, with numbers."""

import re
from dataclasses import replace

from engine.backprop.learning_step import Computed
from engine.formulas.equations import Equation, equation, of_one
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.symbols import SHORT, of_example
from engine.gradcheck.by_hand import Problem
from engine.network.places import Bias, Parameter, Weight
from engine.practice.moments import MEETINGS, moment
from engine.practice.quantity import OF_BIASES, OF_WEIGHTS, Quantity
from engine.reasons import why, why_one

_GRADIENT_OF = {"new_w": "dw", "new_b": "db"}
_COLOURED = re.compile(r"\\[VG]\{((?:[^{}]|\{[^{}]*\})*)\}")
_INSIDE = r"\1"
Hints = tuple[str, str, str]


def of_quantity(problem: Problem, asked: Quantity, notation: Notation = OURS) -> Hints:
    """Return the hints for a number or a table, with formulas between dollar signs."""
    if problem.examples > 1:
        return _of_batch(problem, asked, notation)
    own = _equation(problem, asked, notation)
    rule, symbols = f"The rule: {_math(own.rule)}", f"With symbols: {_math(own.left, own.symbols)}"
    if asked.kind != "db":
        return rule, symbols, f"With numbers: {_math(own.left, own.numbers or own.symbols)}"
    # the gradient of a bias is its neuron's delta as it is: what makes that is the hint, its number would be the answer
    delta = _equation(problem, Quantity("delta", asked.layer, asked.to), notation)
    return (
        rule,
        f"{symbols}, and {_math(delta.left, delta.symbols)}",
        f"With numbers: {_math(delta.left, delta.numbers)}",
    )


def solution(problem: Problem, asked: Quantity, notation: Notation = OURS) -> tuple[str, str]:
    """Return the whole equation as LaTeX, and why it comes out so."""
    at, place = moment(problem, asked), _place(asked)
    known, one = Computed(at.experiment, pictured=False), _is_of_layer(problem, asked)
    told = why_one(at.step, known, place, notation) if place and one else why(at.step, known, notation)
    return _equation(problem, asked, notation).worked, told


def _equation(problem: Problem, asked: Quantity, notation: Notation) -> Equation:
    at = moment(problem, asked)
    if _is_of_layer(problem, asked):
        return of_one(at.step, at.experiment, _place(asked), notation)
    return equation(at.step, at.experiment, notation=notation)


def _is_of_layer(problem: Problem, asked: Quantity) -> bool:
    """Whether the step is one of several weights or biases, of which one may be asked for, or of the loss of all."""
    if asked.kind == "dw" and not asked.is_table:
        return True
    return asked.kind in _GRADIENT_OF or (problem.examples > 1 and asked.kind in MEETINGS)


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
    alone = _rule_of_example(problem, joined, notation)
    each = _equation(problem, joined, notation)
    after = _after(problem, asked, notation) if asked != joined else ("", "", "")
    return (
        f"The rule: {_math(rule)}, and for one example {_math(alone)}.{after[0]}",
        f"With symbols: {_math(each.left, each.symbols)}.{after[1]}",
        f"With numbers: {_math(each.left, each.numbers)}.{after[2]}",
    )


def _rule_of_example(problem: Problem, joined: Quantity, notation: Notation) -> str:
    """Return the rule for example k, with whose own loss it is."""
    at = moment(Problem.of(problem.one(0)), Quantity(joined.kind, joined.layer))
    ours = equation(at.step, at.experiment, replace(SHORT, layout=notation.layout)).rule
    own = of_example(ours.replace("L = ", "L_k = ", 1) if joined.kind == "loss" else ours, "k")
    return Translation(notation, problem.network.sizes, "k").formula(own)


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
