"""The whole batch at once: the same calculation in matrices with a row for each example, with their shapes below."""

from collections.abc import Iterator
from itertools import groupby

from engine.backprop.learning_step import Computed
from engine.backprop.step import Step
from engine.backprop.trace import trace
from engine.derivation.blocks import Block, Chapter, Formula, Heading, Prose
from engine.formulas.equations import equation, title
from engine.formulas.notations import OURS, Notation
from engine.formulas.symbols import SHORT, Extent
from engine.network.model import Experiment
from engine.network.reductions import REDUCTIONS
from engine.reasons import every, why

ANCHOR = "whole-batch"
_PHASES = {"forward": "Forward", "loss": "The loss", "backward": "Backward", "update": "The learning step"}


def batch_section(experiment: Experiment, extent: Extent = SHORT, notation: Notation = OURS) -> Chapter:
    """Return the section for an experiment with several examples."""
    known = Computed(experiment)
    how = REDUCTIONS[experiment.reduction].name
    blocks: list[Block] = [
        Prose(
            f"The chapters above follow one example. The network learns from {every(experiment.examples)} examples at "
            f"a time: its loss is the **{how}** of their losses, and so is every gradient. In matrices all examples "
            "are computed at once. Below each matrix stands its shape, rows × columns: two matrices can be multiplied "
            "where the columns of the first are the rows of the second, and this says what has to stand transposed.",
            own_notation=True,
        )
    ]
    for phase, steps in groupby(trace(experiment, "batch"), key=lambda step: step.phase):
        blocks.append(Heading(_PHASES[phase], f"{ANCHOR}-{phase}"))
        for step in steps:
            blocks += _of_step(step, known, extent, notation)
    return Chapter(anchor=ANCHOR, title="All examples at once", blocks=tuple(blocks), links=())


def _of_step(step: Step, known: Computed, extent: Extent, notation: Notation) -> Iterator[Block]:
    words = title(step, known.experiment).partition(" · ")[2]
    yield Prose(f"**{words[0].upper()}{words[1:]}.** {why(step, known, notation)}", own_notation=True)
    written = equation(step, known.experiment, extent, notation)
    for note in written.notes if step.op == "losses" else ():
        yield Formula(note)
    yield Formula(written.worked)
