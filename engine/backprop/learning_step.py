"""One learning step of an experiment: its forward pass, its backward pass, and the network after the update."""

from dataclasses import dataclass

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
