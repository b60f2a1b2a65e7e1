"""The same learning step over and over, for published results of thousands of steps on a network of a few neurons."""

from dataclasses import replace

import numpy as np

from engine.arrays import checked_afterwards
from engine.backprop.in_place import FusedPasses, with_ones
from engine.memory import remembered
from engine.network.model import Experiment
from engine.network.parameters import is_bias, parts, with_parameters
from engine.network.reductions import REDUCTIONS


# pure, so that a cache shared by all sessions shows nobody anything but the same numbers sooner
@remembered
@checked_afterwards
def repeat_step(experiment: Experiment, steps: int, through_updated_weights: bool = False) -> Experiment:
    """Return the experiment after `steps` steps of gradient descent.

    `through_updated_weights` makes a common mistake: gradients flow back through weights that were updated already.
    Raises InvalidExperiment where the parameters leave the range of float64.
    """
    passes, layers = FusedPasses(experiment.network), parts(experiment.network)
    x1, y = with_ones(np.atleast_2d(experiment.x)), np.atleast_2d(experiment.y)
    learned = experiment.update_biases | ~is_bias(experiment.network)
    # the passes take the mean
    times = experiment.examples / REDUCTIONS[experiment.reduction].divisor(experiment.examples)
    rates = experiment.learning_rate * times * learned

    def update(layer: slice) -> None:
        passes.theta[layer] -= rates[layer] * passes.gradient[layer]

    for _ in range(steps):
        if through_updated_weights:
            passes.step(x1, y, ready=lambda index: update(layers[index]))
        else:
            passes.step(x1, y)
            update(slice(None))
    return replace(experiment, network=with_parameters(experiment.network, passes.theta))
