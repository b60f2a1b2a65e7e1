r"""The index form of steps that belong to a whole layer in the trace: softmax, its delta, the loss and the update.

One function an op, in ELEMENTS; each returns the equations of the neurons asked for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array, saturating
from engine.backprop.passes import BackwardPass, ForwardPass
from engine.backprop.step import Step
from engine.derivation.blocks import Neuron
from engine.derivation.steps.in_symbols import DELTA
from engine.formulas import symbols
from engine.formulas.equations import equation
from engine.formulas.lines import apart, packed, row_beside
from engine.formulas.steps import PLAIN, joint_numbers, put
from engine.formulas.symbols import Extent, activation, derivative, factor, gradient, of_neuron, total, value, weight
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment

# powers of e up to here are written as numbers; 64-bit numbers would hold some 700
LARGEST_EXPONENT = 30.0
# relative to a delta, and to the sizes of what is added up to it
AGREEING, CANCELLED = 1e-3, 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class Sources:
    """What an equation of one element is made of."""

    experiment: Experiment
    extent: Extent
    forward: ForwardPass
    backward: BackwardPass


def _softmax(step: Step, sources: Sources, neurons: Sequence[int]) -> list[Neuron]:
    network, layer, z = sources.experiment.network, step.layer, step.operands[-1]
    return [Neuron(j, _softmax_of(j, z, step, activation(network, layer, j), sources)) for j in neurons]


def _softmax_of(j: int, z: Array, step: Step, left: str, sources: Sources) -> str:
    powers = [f"e^{{{value(number)}}}" for number in z]
    below = total(powers, sources.extent.terms)
    parts = [
        rf"\frac{{e^{{{of_neuron('z', step.layer, j)}}}}}{{\sum_k e^{{{of_neuron('z', step.layer, 'k')}}}}}",
        rf"\frac{{{powers[j - 1]}}}{{{below}}}",
    ]
    if np.abs(z).max() <= LARGEST_EXPONENT:
        parts.append(rf"\frac{{{value(np.exp(z[j - 1]))}}}{{{value(np.exp(z).sum())}}}")
    return packed(left, *parts, value(step.value[j - 1]))


def _through_jacobian(step: Step, sources: Sources, neurons: Sequence[int]) -> list[Neuron]:
    network, layer = sources.experiment.network, step.layer
    own, index = network.layers[layer - 1], layer - 1
    J = ACTIVATIONS[own.activation].jacobian(sources.forward.z[index], own.parameter)
    da = sources.backward.da[index]
    a = activation(network, layer, "i")
    equations = []
    for j in neurons:
        z = of_neuron("z", layer, j)
        products = [
            rf"{factor(gradient(d))} \cdot {factor(value(slope))}" for d, slope in zip(da, J[:, j - 1], strict=True)
        ]
        short = rf"\sum_i {derivative(a)}\,\frac{{\partial {a}}}{{\partial {z}}}"
        left = of_neuron(DELTA, layer, j)
        numbers = total(products, sources.extent.terms) if adds_up(da, J[:, j - 1], step.value[j - 1]) else ""
        equations.append(Neuron(j, packed(left, short, numbers, gradient(step.value[j - 1]))))
    return equations


@saturating
def adds_up(da: Array, slopes: Array, delta: float) -> bool:
    """Return whether the products of the chain rule come to a delta; not if an output was rounded to 0 or 1."""
    parts = da * slopes
    return bool(np.isclose(parts.sum(), delta, rtol=AGREEING, atol=CANCELLED * float(np.abs(parts).sum())))


def _joint_delta(step: Step, sources: Sources, neurons: Sequence[int]) -> list[Neuron]:
    form, y = sources.experiment.network.joint_form, step.operands[-1]
    if form is None or not form.local:
        return _through_jacobian(step, sources, neurons)
    template = form.latex_for(y)
    a = sources.forward.output
    return [
        Neuron(
            j,
            packed(
                of_neuron(DELTA, step.layer, j),
                put(template, a_j=rf"\hat{{y}}_{{{j}}}", y_j=f"y_{{{j}}}", **PLAIN),
                joint_numbers(template, factor(apart(a[j - 1], y[j - 1])), factor(apart(y[j - 1], a[j - 1])), y),
                gradient(step.value[j - 1]),
            ),
        )
        for j in neurons
    ]


def _whole(step: Step, sources: Sources, neurons: Sequence[int]) -> list[Neuron]:
    written = equation(step, sources.experiment, sources.extent)
    whole = packed(written.left, written.symbols, written.numbers, written.result, notes=written.notes)
    return [Neuron(None, whole)]


def _weight_update(step: Step, sources: Sources, neurons: Sequence[int]) -> list[Neuron]:
    old, slope, rate = step.operands
    new, extent = step.value, sources.extent
    equations = []
    for j in neurons:
        name = weight(step.layer, j, "i")
        rows = (row_beside(old[j - 1], new[j - 1], extent), symbols.row(slope[j - 1], extent, gradient))
        numbers = rf"{rows[0]} - {value(rate)} \cdot {rows[1]}"
        result = row_beside(new[j - 1], old[j - 1], extent)
        equations.append(Neuron(j, packed(_new(name), rf"{name} - \eta\,{derivative(name)}", numbers, result)))
    return equations


def _bias_update(step: Step, sources: Sources, neurons: Sequence[int]) -> list[Neuron]:
    old, slope, rate = step.operands
    equations = []
    for j in neurons:
        name = of_neuron("b", step.layer, j)
        before, new = apart(old[j - 1], step.value[j - 1]), apart(step.value[j - 1], old[j - 1])
        numbers = rf"{before} - {value(rate)} \cdot {factor(gradient(slope[j - 1]))}"
        equations.append(Neuron(j, packed(_new(name), rf"{name} - \eta\,{derivative(name)}", numbers, new)))
    return equations


def _new(name: str) -> str:
    return name.replace("}^", r",\,\text{new}}^", 1)


# only of those that may be one step for a whole layer: every other step is one neuron's already
ELEMENTS: Mapping[str, Callable[[Step, Sources, Sequence[int]], list[Neuron]]] = {
    "activation": _softmax,
    "loss": _whole,
    "joint_loss": _whole,
    "delta": _through_jacobian,
    "joint_delta": _joint_delta,
    "weight_update": _weight_update,
    "bias_update": _bias_update,
}
