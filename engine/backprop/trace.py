"""The forward pass, the loss, the backward pass, the learning step and what it did, as an ordered tuple of steps.

Each step names its op, its operands and its result, so that formula, number and picture cannot disagree.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np

from engine.backprop.learning_step import LearningStep, learning_step, promised_change
from engine.backprop.ops import OPS
from engine.backprop.passes import loss_operands
from engine.backprop.step import Step
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment
from engine.registry import for_every

Detail = Literal["neuron", "layer"]
# one neuron's index, or all of a layer's: indexing with it gives numbers or arrays, and the same op takes both
Part: TypeAlias = int | slice
WHOLE = slice(None)
Neurons: TypeAlias = Sequence[int | None]
Operands: TypeAlias = tuple[Any, ...]


def trace(experiment: Experiment, detail: Detail = "neuron") -> tuple[Step, ...]:
    """Return all steps in the order of the calculation, per neuron or per layer, the learning step included.

    A softmax is one step for its layer. Raises InvalidExperiment for an unknown detail and where numbers overflow.
    """
    if detail not in ("neuron", "layer"):
        raise InvalidExperiment(f"The detail of a trace must be 'neuron' or 'layer'; {detail!r:.40} was given.")
    return _traced(experiment, plan(experiment, detail))


Chosen: TypeAlias = Callable[[int], Sequence[int]]


def trace_some(experiment: Experiment, chosen: Chosen) -> tuple[Step, ...]:
    """Return the steps per neuron, but only those of the neurons that `chosen` names for a layer; all count from 1.

    In a large network this spares most of the work. Steps of a whole layer are all there, that of the whole network,
    which runs the example once more, is not.
    """
    return _traced(experiment, _planned(experiment, chosen))


def _all_of(experiment: Experiment) -> Chosen:
    return lambda layer: range(1, experiment.network.sizes[layer] + 1)


@dataclass(frozen=True)
class Planned:
    """A step before it is computed: which op is applied, in which layer and for which neuron, both as in Step."""

    op: str
    layer: int
    neuron: int | None

    @property
    def part(self) -> Part:
        """What of the layer's arrays the step takes."""
        return WHOLE if self.neuron is None else self.neuron - 1


def plan(experiment: Experiment, detail: Detail) -> tuple[Planned, ...]:
    """Return which steps a trace has, in their order: a matter of the network's structure, not of its numbers."""
    planned = _planned(experiment, None if detail == "layer" else _all_of(experiment))
    # links name steps by their number: whatever is added comes after all others
    return *planned, Planned("new_loss", len(experiment.network.layers), None)


def matching(number: int, experiment: Experiment, detail: Detail) -> int:
    """Return which step of a trace in this detail is the one that has this number, counted from 1, in the other.

    A neuron's step is part of its layer's; a layer's begins with its first neuron's.
    """
    here = plan(experiment, "layer" if detail == "neuron" else "neuron")[number - 1]
    there = enumerate(plan(experiment, detail), start=1)
    return next(found for found, one in there if (one.op, one.layer) == (here.op, here.layer))


def made(planned: Planned, experiment: Experiment, computed: LearningStep) -> Step:
    """Return a step of a trace from the passes that it is a part of."""
    operands = OPERANDS[planned.op](experiment, computed, planned.layer - 1, planned.part)
    value = OPS[planned.op].compute(*operands)
    for array in (*operands, value):
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return Step(op=planned.op, layer=planned.layer, neuron=planned.neuron, operands=operands, value=value)


def _traced(experiment: Experiment, planned: Iterable[Planned]) -> tuple[Step, ...]:
    # with the update, which is part of the trace: where it overflows, this raises
    computed = learning_step(experiment)
    return tuple(made(one, experiment, computed) for one in planned)


def _planned(experiment: Experiment, chosen: Chosen | None) -> Iterator[Planned]:
    layers = range(1, len(experiment.network.layers) + 1)
    neurons = {layer: tuple(chosen(layer)) if chosen else (None,) for layer in layers}
    for layer in layers:
        yield from _forward(experiment, layer, neurons[layer])
    yield Planned("joint_loss" if experiment.network.joint_form else "loss", layers[-1], None)
    for layer in reversed(layers):
        yield from _backward(experiment, layer, neurons[layer])
    for layer in reversed(layers):
        yield Planned("weight_update", layer, None)
        if experiment.update_biases:
            yield Planned("bias_update", layer, None)


def _whole_layer(experiment: Experiment, layer: int) -> bool:
    return not ACTIVATIONS[experiment.network.layers[layer - 1].activation].elementwise


def _forward(experiment: Experiment, layer: int, neurons: Neurons) -> Iterator[Planned]:
    if _whole_layer(experiment, layer):
        yield from (Planned("weighted_sum", layer, neuron) for neuron in neurons)
        yield Planned("activation", layer, None)
        return
    for neuron in neurons:
        yield Planned("weighted_sum", layer, neuron)
        yield Planned("activation", layer, neuron)


def _backward(experiment: Experiment, layer: int, neurons: Neurons) -> Iterator[Planned]:
    last = layer == len(experiment.network.layers)
    gradient = "loss_gradient" if last else "summed_gradient"
    delta = "joint_delta" if last and experiment.network.joint_form else "delta"
    if _whole_layer(experiment, layer):
        yield from (Planned(gradient, layer, neuron) for neuron in neurons)
        yield Planned(delta, layer, None)
        for neuron in neurons:
            yield Planned("weight_gradient", layer, neuron)
            yield Planned("bias_gradient", layer, neuron)
        return
    for neuron in neurons:
        for op in (gradient, delta, "weight_gradient", "bias_gradient"):
            yield Planned(op, layer, neuron)


def _loss(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return loss_operands(experiment.network, computed.forward.z[-1], computed.forward.output, experiment.y)[1]


def _weighted_sum(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    layer = experiment.network.layers[index]
    return layer.W[part], computed.forward.a[index], layer.b[part]


def _activation(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    layer = experiment.network.layers[index]
    return layer.activation, layer.parameter, computed.forward.z[index][part]


def _loss_gradient(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.network.loss, computed.forward.output[part], experiment.y[part], len(experiment.y)


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
    return experiment.network.layers[index].W, computed.backward.dW[index], experiment.learning_rate


def _bias_update(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    return experiment.network.layers[index].b, computed.backward.db[index], experiment.learning_rate


def _new_loss(experiment: Experiment, computed: LearningStep, index: int, part: Part) -> Operands:
    again, promised = computed.again, promised_change(experiment, computed.backward)
    op, operands = loss_operands(experiment.network, again.z[-1], again.output, experiment.y)
    return computed.backward.loss, promised, op, *operands


OPERANDS: Mapping[str, Callable[[Experiment, LearningStep, int, Part], Operands]] = for_every(
    OPS,
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
    },
    __name__,
)
