"""One learning step of an experiment: its forward pass, its backward pass, and the network after the update."""

from dataclasses import dataclass, field
from functools import cached_property

from engine.backprop.passes import BackwardPass, ForwardPass, backward, forward, sgd_step
from engine.memory import remembered
from engine.network.model import Experiment, Network


@dataclass(frozen=True, eq=False)
class LearningStep:
    """What one step of gradient descent computes; `updated` is the network after it."""

    forward: ForwardPass
    backward: BackwardPass
    updated: Network


@remembered
def learning_step(experiment: Experiment) -> LearningStep:
    """Return the learning step of an experiment, computed once for all who ask; its arrays are read-only.

    Raises InvalidExperiment where numbers leave the range of float64.
    """
    passed = forward(experiment.network, experiment.x)
    made = backward(experiment.network, passed, experiment.y)
    updated = sgd_step(experiment.network, made, experiment.learning_rate, experiment.update_biases)
    return LearningStep(passed, made, updated)


@dataclass(frozen=True, eq=False)
class Computed:
    """An experiment with its learning step at hand: asked for once, whatever others push out of memory meanwhile.

    `known` is the step where somebody has computed it already.
    """

    experiment: Experiment
    known: LearningStep | None = field(default=None, kw_only=True)

    @cached_property
    def step(self) -> LearningStep:
        """The whole learning step."""
        return self.known or learning_step(self.experiment)

    @property
    def forward(self) -> ForwardPass:
        """The forward pass of the example."""
        return self.step.forward

    @property
    def backward(self) -> BackwardPass:
        """Its backward pass."""
        return self.step.backward

    @property
    def updated(self) -> Network:
        """The network after the learning step."""
        return self.step.updated
