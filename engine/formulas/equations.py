r"""A step as LaTeX: the rule, the rule with this network's symbols, and with its numbers put in.

Numbers are wrapped in `\V{...}` (values) and `\G{...}` (gradients); see engine/formulas/symbols.py. A one-line form of
the same parts stands under the figure, so that picture and derivation cannot disagree.
"""

import re
from dataclasses import dataclass, replace

from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import batch
from engine.formulas.lines import NARROW, width
from engine.formulas.marks import unmarked
from engine.formulas.notations import OURS, Layout, Notation, Translation
from engine.formulas.rules import rule
from engine.formulas.steps import Written
from engine.formulas.symbols import SHORT, Extent, layer_name
from engine.formulas.writers import backward, meeting, update
from engine.formulas.writers.written import without_shapes
from engine.network.model import Experiment
from engine.network.places import Parameter, Weight

# with `unmarked` for whoever draws a line that has places
__all__ = [
    "Equation",
    "asking_for_shapes",
    "equation",
    "index_rule",
    "line_with_places",
    "of_one",
    "title",
    "unmarked",
    "wrapped",
]

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


def equation(step: Step, experiment: Experiment, extent: Extent = SHORT, notation: Notation = OURS) -> Equation:
    """Return the equation of a step of `experiment`'s trace in a notation.

    Long sums and matrices are shortened to the extent. In our own notation its layout says which way vectors and
    matrices run, for whoever translates later; any other one has its own.
    """
    laid_out = _laid_out(extent, notation)
    written = batch.written(step, experiment, laid_out)
    return _equation(written, _rule(step, experiment, written, laid_out.layout), step, experiment, notation)


def of_one(step: Step, experiment: Experiment, place: Parameter | None, notation: Notation = OURS) -> Equation:
    """Return the equation of a step for one weight or bias: its gradient, of a batch too, or in the learning step.

    Where examples meet there is a term for each of them; the loss, and with `place` None the whole layer, too.
    """
    laid_out = _laid_out(SHORT, notation)
    whole = batch.written(step, experiment, laid_out)
    if OPS[step.op].together:
        written = meeting.written_out(step, place, laid_out)
    elif step.op == "weight_gradient" and isinstance(place, Weight):
        written = backward.of_one_weight(step, experiment, place)
    else:
        written = whole if place is None else update.of_one(step, place)
    return _equation(written, _rule(step, experiment, whole, laid_out.layout), step, experiment, notation)


def _equation(written: Written, rule_of_it: str, step: Step, experiment: Experiment, notation: Notation) -> Equation:
    own = Translation(notation, experiment.network.sizes)
    of_step = Translation(notation, experiment.network.sizes, batch.whose(step, experiment))
    left, symbols, numbers, result, line = of_step.formulas(
        written.left, written.symbols or written.short, written.numbers, written.result, _line(written)
    )
    return Equation(
        rule=own.formula(rule_of_it),
        left=left,
        symbols=symbols,
        numbers=unmarked(numbers),
        result=unmarked(result),
        line=unmarked(line),
        notes=tuple(own.formula(note) for note in written.notes),
    )


def asking_for_shapes(step: Step, experiment: Experiment, notation: Notation = OURS) -> str:
    """Return the equation of a step in symbols, with a question mark below each matrix in place of its shape."""
    made = equation(step, experiment, notation=notation)
    return without_shapes(f"{made.left} = {made.symbols}")


def line_with_places(step: Step, experiment: Experiment, notation: Notation = OURS) -> str:
    """Return the line of a step's equation, with the names of places at its numbers (engine/formulas/marks.py)."""
    written = batch.written(step, experiment, _laid_out(SHORT, notation))
    return Translation(notation, experiment.network.sizes, batch.whose(step, experiment)).formula(_line(written))


def _rule(step: Step, experiment: Experiment, written: Written, layout: Layout) -> str:
    if step.stacked or OPS[step.op].together:
        # in matrices, the rule is what is written with their names
        return f"{written.left} = {written.short}"
    return rule(step.op, step.layer, batch.looked_at(step, experiment), step.neuron is not None, layout)


def index_rule(op: str, layer: int, experiment: Experiment) -> str:
    """Return the rule of an op in a network's layer for one neuron j of it."""
    return rule(op, layer, experiment, indexed=True)


def title(step: Step, experiment: Experiment) -> str:
    """Return a step in words, e.g. "Forward · Hidden 1 · weighted sum, neuron 3"."""
    op, layer = OPS[step.op], layer_name(experiment.network, step.layer)
    whose = "" if step.neuron is None else f", neuron {step.neuron}"
    if step.stacked and not op.together and op.phase != "update":
        whose = ", all examples"
    if op.everywhere:
        return f"{op.phase.capitalize()} · {op.title}"
    if op.phase == "loss":
        return f"Loss · {op.title}" if op.together else "Loss · prediction against target"
    several = step.neuron is None and (step.stacked or experiment.network.sizes[step.layer] > 1)
    what = op.titles if several and op.titles else op.title
    return f"{op.phase.capitalize()} · {layer} · {what}{whose}"


def _laid_out(extent: Extent, notation: Notation) -> Extent:
    return extent if notation == OURS else replace(extent, layout=notation.layout)


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
