"""A run's next step as an animated figure: the passes of its mini-batch, and the optimizer's own update.

The picture is that of a batch: one of its examples is drawn, with what all of them do to the weights and biases.
"""

from dataclasses import replace

from engine import Step
from engine.backprop.learning_step import Computed, learning_step
from engine.backprop.ops import OF_A_RUN
from engine.backprop.trace import pictured
from engine.formulas.notations import Notation, Translation
from engine.training.next_step import NextStep, told
from pages.figures.network.animation import played
from pages.figures.network.frames import Animation, Words, words
from pages.figures.network.large.animation import summary_played
from pages.figures.network.large.geometry import Summary
from pages.figures.network.picture import Numbers
from pages.figures.size import is_large
from pages.figures.theme import Theme


def run_step(made: NextStep, theme: Theme, notation: Notation) -> Animation:
    """Return the animated figure of a run's next step; in it, the network after the step is the optimizer's."""
    first = made.experiment.in_batch(1)
    step = replace(learning_step(first), updated=made.updated)
    if is_large(first.network.sizes):
        summary = Summary(first, known=step)
        return summary_played(summary, _steps(made, summary, notation), theme, notation)
    numbers = Numbers(first, known=step)
    return played(numbers, _steps(made, numbers, notation), theme, notation)


def _steps(made: NextStep, known: Computed, notation: Notation) -> list[tuple[Step, Words]]:
    return [(_pictured(step, known), _words(step, known, notation)) for step in made.steps]


def _pictured(step: Step, known: Computed) -> Step:
    """Return the step that shows in the picture what this one does: an optimizer's update is one of old to new."""
    if step.op == "optimizer_update":
        _, old, slope, _, rate, *_ = step.operands
        kind = "weight_update" if old.ndim == 2 else "bias_update"
        return Step(op=kind, layer=step.layer, neuron=None, operands=(old, slope, rate), value=step.value)
    if step.op == "optimizer_loss":
        return replace(step, op="new_batch_loss", stacked=False)
    return pictured(step, known)


def _words(step: Step, known: Computed, notation: Notation) -> Words:
    if step.op not in OF_A_RUN:
        return words(step, known, notation)
    network = known.experiment.network
    said, own = told(step, network), Translation(notation, network.sizes)
    return Words(title=said.title, phase=step.phase, line=own.formula(said.line), why=own.words(said.why))
