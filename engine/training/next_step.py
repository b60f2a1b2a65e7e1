r"""The step that a run would take next, step by step: its mini-batch in matrices, and the optimizer's own update.

An optimizer's update is a step kind: its operands are the optimizer, the parameters, their gradients, what it
remembers, and the numbers of the step, the penalties on the weights the last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.arrays import checked_afterwards
from engine.backprop.learning_step import learning_step
from engine.backprop.ops import OPS
from engine.backprop.passes import forward, loss_operands
from engine.backprop.step import Step
from engine.backprop.trace import trace
from engine.gradcheck.check import flat_gradients
from engine.network.model import Experiment, Network
from engine.network.parameters import NO_PENALTIES, flatten, split
from engine.training.moment import Moment
from engine.training.optimizers import OPTIMIZERS
from engine.training.told import Told, told
from engine.training.worked_update import WorkedUpdate, worked

__all__ = ["Moment", "NextStep", "Told", "WorkedUpdate", "next_step", "told", "worked"]


@dataclass(frozen=True, kw_only=True)
class NextStep:
    """The mini-batch with the network as an experiment, and all steps: forward, loss, backward, the updates, and the
    loss after them; `updated` is the network that the run has then.
    """

    experiment: Experiment
    steps: tuple[Step, ...]
    updated: Network


@checked_afterwards
def next_step(network: Network, moment: Moment) -> NextStep:
    """Return the step that a run with this network would take next.

    Raises InvalidExperiment for a mini-batch of more examples than can be shown, and where numbers overflow.
    """
    settings = moment.settings
    experiment = Experiment(network, moment.x, moment.y, moment.rate, settings.update_biases)
    passes = [step for step in trace(experiment, "batch") if step.phase != "update"]
    updates = tuple(_updates(experiment, moment))
    updated = _with(network, updates)
    steps = (*passes, *updates, _loss_after(experiment, updated, moment))
    return NextStep(experiment=experiment, steps=steps, updated=updated)


def _with(network: Network, updates: Sequence[Step]) -> Network:
    """Return the network with the numbers that the updates give."""
    layers = list(network.layers)
    for step in updates:
        name = "W" if step.value.ndim == 2 else "b"
        layers[step.layer - 1] = replace(layers[step.layer - 1], **{name: step.value})
    return Network(layers, network.loss)


def _loss_after(experiment: Experiment, updated: Network, moment: Moment) -> Step:
    """The mini-batch once more, with its loss before and what the gradient promised for this change."""
    gradients = learning_step(experiment).gradients
    again = forward(updated, moment.x)
    op, operands = loss_operands(updated, again.z[-1], again.output, moment.y)
    change = flatten(updated) - flatten(experiment.network)
    promised = float(flat_gradients(gradients) @ change)
    given = (gradients.loss, promised, experiment.reduction, op, *operands)
    value = OPS["optimizer_loss"].compute(*given)
    last = len(updated.layers)
    return Step(op="optimizer_loss", layer=last, neuron=None, operands=given, value=value, stacked=True)


def _updates(experiment: Experiment, moment: Moment) -> Iterator[Step]:
    network, settings = experiment.network, moment.settings
    optimizer, theta = OPTIMIZERS[settings.optimizer], flatten(network)
    slopes = flat_gradients(learning_step(experiment).backward)
    given = tuple(optimizer.settings(settings.optimizer_settings).items())
    tables = [split(network, vector) for vector in (theta, slopes, *moment.state)]
    for number in range(len(network.layers), 0, -1):
        for part in (np.s_[:, :-1], np.s_[:, -1]) if settings.update_biases else (np.s_[:, :-1],):
            old, slope, *state = (table[number - 1][part] for table in tables)
            penalties = (settings.l1, settings.l2) if old.ndim == 2 else NO_PENALTIES
            operands = (optimizer, old, slope, tuple(state), moment.rate, moment.t, given, penalties)
            new = OPS["optimizer_update"].compute(*operands)
            yield Step(op="optimizer_update", layer=number, neuron=None, operands=operands, value=new, stacked=True)
