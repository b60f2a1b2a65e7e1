"""What is looked at: an experiment's picture at a step, with all that follows from its structure alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from engine import Experiment, Step
from engine.backprop.trace import Level, Planned, made, plan
from engine.formulas.notations import OURS, Notation
from pages.figures.network.picture import Numbers, blank
from pages.figures.network.standing import Standing, standing
from pages.figures.theme import Theme


@dataclass(frozen=True)
class View:
    """What is looked at: an experiment's picture, drawn neuron by neuron, at a step counted from 1."""

    experiment: Experiment
    theme: Theme
    detail: Level
    step: int
    notation: Notation = OURS

    @cached_property
    def numbers(self) -> Numbers:
        """The experiment with its own numbers."""
        return Numbers(self.experiment)

    @cached_property
    def plan(self) -> tuple[Planned, ...]:
        """All steps that there are."""
        return plan(self.experiment, self.detail)

    @cached_property
    def steps(self) -> tuple[Planned, ...]:
        """All steps up to this one, as the picture shows them."""
        return tuple(planned.pictured for planned in self.plan[: self.step])

    @property
    def told(self) -> Planned:
        """The step itself, which is written about: of a batch it may be one of all examples at once."""
        return self.plan[self.step - 1]

    @cached_property
    def standing(self) -> Standing:
        """Which op changed each mark last."""
        return standing(self.steps, self.experiment.network.sizes)

    @cached_property
    def traces(self) -> Mapping[str, int]:
        """The index of each trace by its name."""
        return {name: index for index, name in enumerate(blank(self.numbers, self.theme, self.notation))}

    @cached_property
    def ends(self) -> list[tuple[tuple[float, float], tuple[float, float]]]:
        """Where each edge begins and ends."""
        return [self.numbers.geometry.ends(edge) for edge in self.numbers.edges]

    def step_of(self, numbers: Numbers) -> Step:
        """Return the step with other numbers, as the picture shows it."""
        return made(self.steps[-1], numbers.experiment, numbers.step)

    def told_of(self, numbers: Numbers) -> Step:
        """Return the step with other numbers, as it is written about."""
        return made(self.told, numbers.experiment, numbers.step)
