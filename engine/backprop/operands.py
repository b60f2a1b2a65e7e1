"""What each kind of step takes: its operands, from the experiment and the passes that have been computed.

One function an op, in OPERANDS, and the step made of them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from engine.backprop.learning_step import LearningStep, learning_step, promised_change
from engine.backprop.ops import EVERY, OPS
from engine.backprop.passes import loss_operands
from engine.backprop.step import Step
from engine.backprop.together import Together
from engine.network.model import ExampleInBatch, Experiment, whole
from engine.registry import for_every

# one neuron's index, or all of a layer's: indexing with it gives numbers or arrays, and the same op takes both
Part: TypeAlias = int | slice
WHOLE = slice(None)
Operands: TypeAlias = tuple[Any, ...]


@dataclass(frozen=True)
class Planned:
    """A step before it is computed: which op is applied, in which layer and for which neuron, as in Step."""

    op: str
    layer: int
    neuron: int | None
    stacked: bool = False

    @property
    def part(self) -> Part:
        """What of the layer's arrays the step takes."""
        return WHOLE if self.neuron is None else self.neuron - 1

    @property
    def pictured(self) -> "Planned":
        """The step that shows in a picture of one example what this one does: where all are there at once, its part."""
        return Planned(_PICTURED.get(self.op, self.op), self.layer, self.neuron) if self.stacked else self


# of steps of all examples at once, those in which one example, or what all make together, is seen
_PICTURED = {
    "losses": "batch_loss",
    "batch_loss_gradient": "loss_gradient",
    "batch_joint_delta": "joint_delta",
    "weight_gradient": "batch_weight_gradient",
    "bias_gradient": "batch_bias_gradient",
}


def made(planned: Planned, experiment: Experiment, computed: LearningStep) -> Step:
    """Return a step of a trace from the passes that it is a part of."""
    if planned.stacked:
        experiment = whole(experiment)
        computed = learning_step(experiment)
    operands = OPERANDS[planned.op](experiment, computed, planned.layer - 1, planned.part)
    value = OPS[planned.op].compute(*operands)
    for array in (*operands, value):
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return Step(
        op=planned.op,
        layer=planned.layer,
        neuron=planned.neuron,
        operands=operands,
        value=value,
        stacked=planned.stacked,
        example=experiment.number if isinstance(experiment, ExampleInBatch) else None,
    )


def _loss(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return loss_operands(experiment.network, computed.forward.z[-1], computed.forward.output, experiment.y)[1]


def _weighted_sum(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    layer = experiment.network.layers[index]
    return layer.W[part], computed.forward.a[index], layer.b[part]


def _activation(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    layer = experiment.network.layers[index]
    return layer.activation, layer.parameter, computed.forward.z[index][part]


def _loss_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.network.loss, computed.forward.output[part], experiment.y[part], experiment.y.shape[-1]


def _summed_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.network.layers[index + 1].W.T[part], computed.backward.delta[index + 1]


def _delta(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return *_activation(experiment, computed, index, part), computed.backward.da[index][part]


def _joint_delta(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    activation, _, z = _activation(experiment, computed, index, part)
    return experiment.network.loss, activation, z, experiment.y[part]


def _weight_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return computed.backward.delta[index][part], computed.forward.a[index]


def _bias_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return (computed.backward.delta[index][part],)


def _weight_update(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.network.layers[index].W, computed.gradients.dW[index], experiment.learning_rate


def _bias_update(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.network.layers[index].b, computed.gradients.db[index], experiment.learning_rate


def _new_loss(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    again, promised = computed.again, promised_change(experiment, computed.backward)
    op, operands = loss_operands(experiment.network, again.z[-1], again.output, experiment.y)
    return computed.backward.loss, promised, op, *operands


def _losses(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    op, operands = loss_operands(experiment.network, computed.forward.z[-1], computed.forward.output, experiment.y)
    return experiment.reduction, op, *operands


def _batch_loss_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.reduction, *_loss_gradient(experiment, computed, index, part)


def _batch_joint_delta(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.reduction, *_joint_delta(experiment, computed, index, part)


def _batch_loss(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    examples = _examples(computed)
    return examples.reduction.name, examples.losses


def _batch_weight_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    examples = _examples(computed)
    return examples.reduction.name, examples.dW[index]


def _batch_bias_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    examples = _examples(computed)
    return examples.reduction.name, examples.db[index]


def _examples(computed: LearningStep) -> Together:
    # only the trace of an example in a batch has such steps
    assert computed.batch is not None
    return computed.batch


def _new_batch_loss(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    batch, again = whole(experiment), computed.all_again
    op, operands = loss_operands(batch.network, again.z[-1], again.output, batch.y)
    promised = promised_change(experiment, computed.gradients)
    return computed.gradients.loss, promised, batch.reduction, op, *operands


OPERANDS: Mapping[str, Callable[[Experiment, LearningStep, int, Part], Operands]] = for_every(
    EVERY,
    {
        "weighted_sum": _weighted_sum,
        "activation": _activation,
        "loss": _loss,
        "joint_loss": _loss,
        "loss_gradient": _loss_gradient,
        "summed_gradient": _summed_gradient,
        "delta": _delta,
        "joint_delta": _joint_delta,
        "weight_gradient": _weight_gradient,
        "bias_gradient": _bias_gradient,
        "weight_update": _weight_update,
        "bias_update": _bias_update,
        "new_loss": _new_loss,
        "losses": _losses,
        "batch_loss_gradient": _batch_loss_gradient,
        "batch_joint_delta": _batch_joint_delta,
        "batch_loss": _batch_loss,
        "batch_weight_gradient": _batch_weight_gradient,
        "batch_bias_gradient": _batch_bias_gradient,
        "new_batch_loss": _new_batch_loss,
    },
    __name__,
)
