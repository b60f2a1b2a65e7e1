"""One learning step of an experiment: forward and backward pass, the network after the update, and how that does.

Of an example in a batch, the passes are its own, the update is that of all examples together.
"""

import math
from dataclasses import dataclass, field
from functools import cached_property

from engine.arrays import Array, checked_afterwards
from engine.backprop.passes import BackwardPass, ForwardPass, backward, forward, sgd_step
from engine.backprop.together import Together, together
from engine.errors import InvalidExperiment
from engine.memory import remembered
from engine.network.model import ExampleInBatch, Experiment, Network, whole

# parts of a step that are tried: down to a quarter to the power of so many
PARTS = 60


@dataclass(frozen=True, eq=False)
class LearningStep:
    """What one step of gradient descent computes; `updated` is the network after it.

    `batch` is what the examples of a batch make together, where one of them is looked at.
    """

    forward: ForwardPass
    backward: BackwardPass
    updated: Network
    batch: Together | None = None

    @property
    def gradients(self) -> BackwardPass:
        """The loss and the gradients that the update is made of: in a batch, those of all examples together."""
        return self.batch.gradients if self.batch else self.backward

    @cached_property
    def again(self) -> ForwardPass:
        """The same example's forward pass through the updated network, its arrays read-only.

        Raises InvalidExperiment where numbers leave the range of float64.
        """
        return self._through_updated(self.forward.a[0])

    @cached_property
    def all_again(self) -> ForwardPass:
        """The same for all examples that the step is made of, as rows of the arrays."""
        return self._through_updated(self.batch.batch.x) if self.batch else self.again

    def _through_updated(self, x: Array) -> ForwardPass:
        try:
            passed = forward(self.updated, x)
        except InvalidExperiment as error:
            raise InvalidExperiment(f"After the learning step: {error}") from error
        for array in (*passed.z, *passed.a):
            array.setflags(write=False)
        return passed


@remembered
def learning_step(experiment: Experiment) -> LearningStep:
    """Return the learning step of an experiment, computed once for all who ask; its arrays are read-only.

    Raises InvalidExperiment where numbers leave the range of float64.
    """
    if isinstance(experiment, ExampleInBatch):
        return _in_batch(experiment)
    passed = forward(experiment.network, experiment.x)
    made = backward(experiment.network, passed, experiment.y, experiment.reduction)
    updated = sgd_step(experiment.network, made, experiment.learning_rate, experiment.update_biases)
    return LearningStep(passed, made, updated)


def _in_batch(experiment: ExampleInBatch) -> LearningStep:
    all_of_them, batch = together(experiment.batch), experiment.batch
    passed, made = all_of_them.passes(experiment.number)
    updated = sgd_step(batch.network, all_of_them.gradients, batch.learning_rate, batch.update_biases)
    return LearningStep(passed, made, updated, all_of_them)


@checked_afterwards
def promised_change(experiment: Experiment, made: BackwardPass) -> float:
    """Return -η ‖∇L‖² over the parameters that the learning step changes: what it does to the loss to first order."""
    changed = [*made.dW, *(made.db if experiment.update_biases else ())]
    # the rate in between, since a square alone may overflow
    return -float(sum((gradient * (experiment.learning_rate * gradient)).sum() for gradient in changed))


@dataclass(frozen=True, eq=False)
class Computed:
    """An experiment with its learning step at hand: asked for once, whatever others push out of memory meanwhile.

    `known` is the step where somebody has computed it already. Of a batch, the first example is looked at. `pictured`
    is whether a picture of that example stands beside what is said of it.
    """

    experiment: Experiment
    known: LearningStep | None = field(default=None, kw_only=True)
    pictured: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        object.__setattr__(self, "experiment", self.experiment.in_batch(1))

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
    def gradients(self) -> BackwardPass:
        """The loss and the gradients that the update is made of."""
        return self.step.gradients

    @property
    def updated(self) -> Network:
        """The network after the learning step."""
        return self.step.updated

    @property
    def again(self) -> ForwardPass:
        """The example's forward pass through that network."""
        return self.step.again

    @cached_property
    def too_far(self) -> bool:
        """Whether a smaller part of the step would give a lower loss than there is: the rate is too high for it.

        At a kink, or where all changes are rounding, no smaller rate may help.
        """
        experiment, before = whole(self.experiment), self.gradients.loss
        rates = (experiment.learning_rate * 0.25**k for k in range(1, PARTS))
        return any(loss_at(experiment, self.gradients, rate) < before for rate in rates)


def loss_at(experiment: Experiment, gradients: BackwardPass, rate: float) -> float:
    """Return the loss, of a batch that of all examples, after a step with these gradients; infinite if it overflows."""
    try:
        new = sgd_step(experiment.network, gradients, rate, experiment.update_biases)
        return backward(new, forward(new, experiment.x), experiment.y, experiment.reduction).loss
    except InvalidExperiment:
        return math.inf
