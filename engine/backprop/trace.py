"""The forward pass, the loss, the backward pass, the learning step and what it did, as an ordered tuple of steps.

Of a batch they are those of one example, and then what all examples make together; or, with the detail "batch", each
step is that of all examples at once, in matrices with a row for each.

Each step names its op, its operands and its result, so that formula, number and picture cannot disagree.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias, get_args

from engine.backprop.learning_step import Computed, learning_step
from engine.backprop.operands import Planned, made
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.model import ExampleInBatch, Experiment

__all__ = ["Detail", "Level", "Planned", "made", "matching", "pictured", "plan", "trace", "trace_some"]

Detail = Literal["neuron", "layer"]
# a batch may also be seen with all examples at once, in matrices
Level: TypeAlias = Literal["neuron", "layer", "batch"]
Neurons: TypeAlias = Sequence[int | None]


def trace(experiment: Experiment, detail: Level = "neuron", example: int = 1) -> tuple[Step, ...]:
    """Return all steps in the order of the calculation, per neuron or per layer, the learning step included.

    A softmax is one step for its layer. Of a batch, `example`, counted from 1, is the one whose steps they are until
    all examples meet; with the detail "batch" a layer's step takes all examples at once. Raises InvalidExperiment for
    an unknown detail, for an example that is not there, and where numbers overflow.
    """
    if detail not in get_args(Level):
        given = f"{detail!r:.40} was given."
        raise InvalidExperiment(f"The detail of a trace must be 'neuron' or 'layer' or, of a batch, 'batch'; {given}")
    seen = experiment.in_batch(example)
    return _traced(seen, plan(seen, detail))


def pictured(step: Step, known: Computed) -> Step:
    """Return the step that shows in a picture of one example what this one does; it itself, if it is that one's."""
    if not step.stacked:
        return step
    planned = Planned(step.op, step.layer, step.neuron, stacked=True).pictured
    return made(planned, known.experiment, known.step)


Chosen: TypeAlias = Callable[[int], Sequence[int]]


def trace_some(experiment: Experiment, chosen: Chosen) -> tuple[Step, ...]:
    """Return the steps per neuron, but only those of the neurons that `chosen` names for a layer; all count from 1.

    In a large network this spares most of the work. Steps of a whole layer are all there, that of the whole network,
    which runs the example once more, is not.
    """
    seen = experiment.in_batch(1)
    return _traced(seen, _planned(seen, chosen))


def _all_of(experiment: Experiment) -> Chosen:
    return lambda layer: range(1, experiment.network.sizes[layer] + 1)


def plan(experiment: Experiment, detail: Level) -> tuple[Planned, ...]:
    """Return which steps a trace has, in their order: a matter of the network's structure, not of its numbers."""
    experiment = experiment.in_batch(1)
    several = isinstance(experiment, ExampleInBatch)
    planned = tuple(_planned(experiment, _all_of(experiment) if detail == "neuron" else None))
    if detail == "batch" and several:
        planned = tuple(replace(one, op=_STACKED.get(one.op, one.op), stacked=True) for one in planned if _is_own(one))
    # links name steps by their number: whatever is added comes after all others
    last = Planned("new_batch_loss" if several else "new_loss", len(experiment.network.layers), None)
    return *planned, replace(last, stacked=detail == "batch" and several)


# with the detail "batch", ops that are others where all examples are there at once
_STACKED = {
    "loss": "losses",
    "joint_loss": "losses",
    "loss_gradient": "batch_loss_gradient",
    "joint_delta": "batch_joint_delta",
}


def _is_own(planned: Planned) -> bool:
    """Return whether a step is there without other examples; where all are there at once, none meet later."""
    return not OPS[planned.op].together


def matching(number: int, experiment: Experiment, detail: Level, before: Level | None = None) -> int:
    """Return which step of a trace in this detail is the one that has this number, counted from 1, in the other.

    A neuron's step is part of its layer's; a layer's begins with its first neuron's. `before` is the other detail.
    """
    here = plan(experiment, before or ("layer" if detail == "neuron" else "neuron"))[number - 1]
    there = enumerate(plan(experiment, detail), start=1)
    wanted = {(op, here.layer) for op in _alike(here.op)}
    return next(found for found, one in there if (one.op, one.layer) in wanted)


def _alike(op: str) -> set[str]:
    """Return the ops that are this one in another detail."""
    pairs = (*_STACKED.items(), *_MEETING.items())
    return {op, *(there for here, there in pairs if here == op), *(here for here, there in pairs if there == op)}


# steps at which examples meet, by what is the same where all are there at once
_MEETING = {"losses": "batch_loss", "weight_gradient": "batch_weight_gradient", "bias_gradient": "batch_bias_gradient"}


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
    if isinstance(experiment, ExampleInBatch):
        yield from _together(layers)
    for layer in reversed(layers):
        yield Planned("weight_update", layer, None)
        if experiment.update_biases:
            yield Planned("bias_update", layer, None)


def _together(layers: Sequence[int]) -> Iterator[Planned]:
    yield Planned("batch_loss", layers[-1], None)
    for layer in reversed(layers):
        yield Planned("batch_weight_gradient", layer, None)
        yield Planned("batch_bias_gradient", layer, None)


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
