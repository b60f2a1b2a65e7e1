r"""A step as LaTeX: the rule, the rule with this network's symbols, and with its numbers put in.

Numbers are wrapped in `\V{...}` (values) and `\G{...}` (gradients); see engine/formulas/symbols.py. A one-line form of
the same parts stands under the figure, so that picture and derivation cannot disagree.
"""

import re
from dataclasses import dataclass

from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import batch
from engine.formulas.lines import NARROW, width
from engine.formulas.marks import unmarked
from engine.formulas.rules import rule
from engine.formulas.steps import Written
from engine.formulas.symbols import SHORT, Extent, layer_name
from engine.network.model import Experiment

_BRACKET = re.compile(r"(?P<open>\\begin|\\left|[({\[])|(?P<close>\\end|\\right|[)}\]])|(?P<plus> \+ )")


@dataclass(frozen=True, kw_only=True)
class Equation:
    r"""`left = symbols = numbers = result`, after the general `rule`; `numbers` may be empty.

    `line` is the whole on one line, with long sums shortened; each of `notes` explains one of the numbers.
    """

    rule: str
    left: str
    symbols: str
    numbers: str
    result: str
    line: str
    notes: tuple[str, ...]

    @property
    def worked(self) -> str:
        """The equation as one aligned block of LaTeX."""
        parts = [wrapped(part) for part in (self.symbols, self.numbers, self.result) if part]
        return rf"\begin{{aligned}}{self.left} &= " + r"\\[2pt] &= ".join(parts) + r"\end{aligned}"


def equation(step: Step, experiment: Experiment, extent: Extent = SHORT) -> Equation:
    """Return the equation of a step of `experiment`'s trace; long sums and matrices are shortened to the extent."""
    written = batch.written(step, experiment, extent)
    return Equation(
        rule=_rule(step, experiment, written),
        left=written.left,
        symbols=written.symbols or written.short,
        numbers=unmarked(written.numbers),
        result=unmarked(written.result),
        line=unmarked(_line(written)),
        notes=written.notes,
    )


def line_with_places(step: Step, experiment: Experiment) -> str:
    """Return the line of a step's equation, with the names of places at its numbers (engine/formulas/marks.py)."""
    return _line(batch.written(step, experiment, SHORT))


def _rule(step: Step, experiment: Experiment, written: Written) -> str:
    if step.stacked or OPS[step.op].together:
        # in matrices, the rule is what is written with their names
        return f"{written.left} = {written.short}"
    return rule(step.op, step.layer, batch.looked_at(step, experiment), indexed=step.neuron is not None)


def index_rule(op: str, layer: int, experiment: Experiment) -> str:
    """Return the rule of an op in a network's layer for one neuron j of it."""
    return rule(op, layer, experiment, indexed=True)


def title(step: Step, experiment: Experiment) -> str:
    """Return a step in words, e.g. "Forward · Hidden 1 · weighted sum of neuron 3"."""
    op, layer = OPS[step.op], layer_name(experiment.network, step.layer)
    whose = "" if step.neuron is None else f", neuron {step.neuron}"
    if step.stacked and not op.together and op.phase != "update":
        whose = ", all examples"
    if op.everywhere:
        return f"{op.phase.capitalize()} · {op.title}"
    if op.phase == "loss":
        return f"Loss · {op.title}" if op.together else "Loss · prediction against target"
    return f"{op.phase.capitalize()} · {layer} · {op.title}{whose}"


def wrapped(part: str) -> str:
    """Return one side of an equation with line breaks between the terms of a sum that is too long for a line."""
    lines = [""]
    for term in _terms(part):
        if lines[-1] and width(lines[-1]) + width(term) > NARROW:
            lines.append("")
        lines[-1] += f" + {term}" if lines[-1] else term
    return r"\\[2pt] &\quad{} + ".join(lines)


def _terms(part: str) -> list[str]:
    """The terms of a sum, split at the plus signs that stand outside all brackets and environments."""
    terms, depth, start = [], 0, 0
    for match in _BRACKET.finditer(part):
        depth += {"open": 1, "close": -1}.get(match.lastgroup or "", 0)
        if match.lastgroup == "plus" and depth == 0:
            terms.append(part[start : match.start()])
            start = match.end()
    return [*terms, part[start:]]


def _line(written: Written) -> str:
    if written.line:
        return written.line
    return " = ".join(part for part in (written.left, written.short, written.brief, _inline(written.result)) if part)


def _inline(result: str) -> str:
    # a matrix has no place on one line
    return "" if result.count(r"\\") and " & " in result else result
