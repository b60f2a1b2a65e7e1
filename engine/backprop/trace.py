"""The forward pass, the loss, the backward pass and the learning step as an ordered tuple of steps.

Each step names its op, its operands and its result, so that formula, number and picture cannot disagree.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, TypeAlias

import numpy as np

from engine.backprop.learning_step import learning_step
from engine.backprop.ops import OPS
from engine.backprop.passes import loss_operands
from engine.backprop.step import Step
from engine.errors import InvalidExperiment
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment

Detail = Literal["neuron", "layer"]
# one neuron's index, or all of a layer's: indexing with it gives numbers or arrays, and the same op takes both
Part: TypeAlias = int | slice
WHOLE = slice(None)


def trace(experiment: Experiment, detail: Detail = "neuron") -> tuple[Step, ...]:
    """Return all steps in the order of the calculation, per neuron or per layer, the learning step included.

    A softmax is one step for its layer. Raises InvalidExperiment for an unknown detail and where numbers overflow.
    """
    if detail not in ("neuron", "layer"):
        raise InvalidExperiment(f"The detail of a trace must be 'neuron' or 'layer'; {detail!r:.40} was given.")
    return tuple(_Tracer(experiment, None if detail == "layer" else _all_of(experiment)).steps())


Chosen: TypeAlias = Callable[[int], Sequence[int]]


def trace_some(experiment: Experiment, chosen: Chosen) -> tuple[Step, ...]:
    """Return the steps per neuron, but only those of the neurons that `chosen` names for a layer; all count from 1.

    In a large network this spares most of the work. Steps of a whole layer are all there.
    """
    return tuple(_Tracer(experiment, chosen).steps())


def _all_of(experiment: Experiment) -> Chosen:
    return lambda layer: range(1, experiment.network.sizes[layer] + 1)


class _Tracer:
    def __init__(self, experiment: Experiment, chosen: Chosen | None) -> None:
        self.experiment = experiment
        self.layers = experiment.network.layers
        self.chosen = chosen
        # with the update, which is part of the trace: where it overflows, this raises
        computed = learning_step(experiment)
        self.forward, self.backward = computed.forward, computed.backward

    def steps(self) -> Iterator[Step]:
        for index in range(len(self.layers)):
            yield from self._forward(index)
        yield self._loss()
        for index in reversed(range(len(self.layers))):
            yield from self._backward(index)
        for index in reversed(range(len(self.layers))):
            yield from self._update(index)

    def _parts(self, index: int) -> list[Part]:
        return [neuron - 1 for neuron in self.chosen(index + 1)] if self.chosen else [WHOLE]

    def _whole_layer(self, index: int) -> bool:
        return not ACTIVATIONS[self.layers[index].activation].elementwise

    def _forward(self, index: int) -> Iterator[Step]:
        if self._whole_layer(index):
            yield from (self._weighted_sum(index, part) for part in self._parts(index))
            yield self._activation(index, WHOLE)
            return
        for part in self._parts(index):
            yield self._weighted_sum(index, part)
            yield self._activation(index, part)

    def _backward(self, index: int) -> Iterator[Step]:
        if self._whole_layer(index):
            yield from (self._gradient(index, part) for part in self._parts(index))
            yield self._delta(index, WHOLE)
            for part in self._parts(index):
                yield from self._parameter_gradients(index, part)
            return
        for part in self._parts(index):
            yield self._gradient(index, part)
            yield self._delta(index, part)
            yield from self._parameter_gradients(index, part)

    def _weighted_sum(self, index: int, part: Part) -> Step:
        layer = self.layers[index]
        return _step("weighted_sum", index, part, layer.W[part], self.forward.a[index], layer.b[part])

    def _activation(self, index: int, part: Part) -> Step:
        layer = self.layers[index]
        return _step("activation", index, part, layer.activation, layer.parameter, self.forward.z[index][part])

    def _loss(self) -> Step:
        op, operands = loss_operands(
            self.experiment.network, self.forward.z[-1], self.forward.output, self.experiment.y
        )
        return _step(op, len(self.layers) - 1, WHOLE, *operands)

    def _gradient(self, index: int, part: Part) -> Step:
        if index < len(self.layers) - 1:
            columns = self.layers[index + 1].W.T[part]
            return _step("summed_gradient", index, part, columns, self.backward.delta[index + 1])
        network, y = self.experiment.network, self.experiment.y
        return _step("loss_gradient", index, part, network.loss, self.forward.output[part], y[part], len(y))

    def _delta(self, index: int, part: Part) -> Step:
        layer, loss = self.layers[index], self.experiment.network.loss
        z = self.forward.z[index][part]
        if index == len(self.layers) - 1 and self.experiment.network.joint_form:
            return _step("joint_delta", index, part, loss, layer.activation, z, self.experiment.y[part])
        return _step("delta", index, part, layer.activation, layer.parameter, z, self.backward.da[index][part])

    def _parameter_gradients(self, index: int, part: Part) -> Iterator[Step]:
        delta = self.backward.delta[index][part]
        yield _step("weight_gradient", index, part, delta, self.forward.a[index])
        yield _step("bias_gradient", index, part, delta)

    def _update(self, index: int) -> Iterator[Step]:
        layer, rate = self.layers[index], self.experiment.learning_rate
        yield _step("weight_update", index, WHOLE, layer.W, self.backward.dW[index], rate)
        if self.experiment.update_biases:
            yield _step("bias_update", index, WHOLE, layer.b, self.backward.db[index], rate)


def _step(op: str, index: int, part: Part, *operands: Any) -> Step:
    neuron = None if isinstance(part, slice) else part + 1
    step = Step(op=op, layer=index + 1, neuron=neuron, operands=operands, value=OPS[op].compute(*operands))
    for array in (*operands, step.value):
        if isinstance(array, np.ndarray):
            array.setflags(write=False)
    return step
