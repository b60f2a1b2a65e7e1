r"""A step as LaTeX: the rule, the rule with this network's symbols, and with its numbers put in.

Numbers are wrapped in `\V{...}` (values) and `\G{...}` (gradients); see engine/symbols.py. A one-line form of the
same parts stands under the figure, so that picture and derivation cannot disagree.
"""

from dataclasses import dataclass

from engine.network import Experiment
from engine.ops import OPS
from engine.symbols import SHORT, Extent, layer_name
from engine.trace import Step


@dataclass(frozen=True)
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
        parts = [part for part in (self.symbols, self.numbers, self.result) if part]
        return rf"\begin{{aligned}}{self.left} &= " + r"\\[2pt] &= ".join(parts) + r"\end{aligned}"


def equation(step: Step, experiment: Experiment, extent: Extent = SHORT) -> Equation:
    """Return the equation of a step of `experiment`'s trace; long sums and matrices are shortened to the extent."""
    op = OPS[step.op]
    written = op.write(step, experiment, extent)
    line = " = ".join(part for part in (written.left, written.short, written.brief, _inline(written.result)) if part)
    return Equation(op.rule, written.left, written.symbols, written.numbers, written.result, line, written.notes)


def title(step: Step, experiment: Experiment) -> str:
    """Return a step in words, e.g. "Forward · Hidden 1 · weighted sum of neuron 3"."""
    op, layer = OPS[step.op], layer_name(experiment.network, step.layer)
    whose = "" if step.neuron is None else f", neuron {step.neuron}"
    if op.phase == "loss":
        return "Loss · prediction against target"
    return f"{op.phase.capitalize()} · {layer} · {op.title}{whose}"


def _inline(result: str) -> str:
    # a matrix has no place on one line
    return "" if result.count(r"\\") and " & " in result else result
