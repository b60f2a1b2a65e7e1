"""All that there is to know about a place of an experiment, e.g. a neuron or a weight, each number with its formula."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from engine.backprop.learning_step import LearningStep, learning_step
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.backprop.trace import trace_some
from engine.formulas import symbols
from engine.formulas.equations import equation
from engine.formulas.lines import apart
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.symbols import (
    SHORT,
    Extent,
    activation,
    derivative,
    factor,
    gradient,
    of_example,
    of_neuron,
    value,
    weight,
)
from engine.network.activations import ACTIVATIONS
from engine.network.model import ExampleInBatch, Experiment
from engine.network.places import Bias, Input, LossValue, Neuron, Place, Target, Weight, unit

# a neuron's numbers in the order of the calculation; gradients of weights are the edges' own
_OF_A_NEURON = (
    "weighted_sum",
    "activation",
    "loss_gradient",
    "summed_gradient",
    "delta",
    "joint_delta",
    "bias_gradient",
)


SLOPE = "slope of the activation"


@dataclass(frozen=True)
class Fact:
    """One number about a place: what it is in words, and its formula in LaTeX."""

    words: str
    latex: str


def facts(experiment: Experiment, place: Place, notation: Notation = OURS) -> tuple[Fact, ...]:
    """Return the facts about a place that the experiment's network has, each before those that make use of it.

    Of a batch they are those of the example looked at, or else of the first.
    """
    own = unit(place.layer, place.number) if isinstance(place, Neuron) else place
    looked_at = experiment.in_batch(1)
    whose = str(looked_at.number) if isinstance(looked_at, ExampleInBatch) else ""
    translation = Translation(notation, experiment.network.sizes, whose)
    found = _FACTS[type(own)](looked_at, own, replace(SHORT, layout=notation.layout))
    return tuple(Fact(translation.words(fact.words), translation.formula(fact.latex)) for fact in found)


def _of_neuron(experiment: Experiment, neuron: Neuron, extent: Extent) -> tuple[Fact, ...]:
    found = []
    for step in _steps(experiment, neuron):
        if step.layer == neuron.layer and step.op in _OF_A_NEURON:
            written = equation(step, experiment, extent)
            found += [Fact(SLOPE, note) for note in written.notes]
            found.append(Fact(OPS[step.op].title, written.worked))
    if not any(fact.words == SLOPE for fact in found):
        # a joint form goes around it; it stands behind the activation
        found.insert(2, _slope(experiment, neuron.layer, neuron.number))
    return tuple(found)


def _steps(experiment: Experiment, neuron: Neuron | None = None) -> tuple[Step, ...]:
    """The steps of a neuron, and those of whole layers."""
    return trace_some(experiment, lambda layer: [neuron.number] if neuron and layer == neuron.layer else [])


def _worked(experiment: Experiment, ops: tuple[str, ...], extent: Extent, neuron: Neuron | None = None) -> str:
    return next(equation(step, experiment, extent).worked for step in _steps(experiment, neuron) if step.op in ops)


def _of_weight(experiment: Experiment, place: Weight, extent: Extent) -> tuple[Fact, ...]:
    network, source, to = experiment.network, *place.ends
    computed = learning_step(experiment)
    w, new = (place.of([layer.W for layer in net.layers]) for net in (network, computed.updated))
    # a number of Python's, whose product may be too small for it without an error
    a, dw = float(computed.forward.a[source.layer][source.number - 1]), place.of(computed.backward.dW)
    whole = place.of(computed.gradients.dW)
    delta = computed.backward.delta[to.layer - 1][to.number - 1]
    name, carried = symbols.parameter(place), activation(network, source.layer, source.number)
    slope, own = derivative(name), of_neuron(r"\delta", to.layer, to.number)
    times = rf"\cdot {factor(value(a))}"
    return (
        Fact("the weight", f"{name} = {value(w)}"),
        Fact("its contribution to z", rf"{name}\,{carried} = {value(w)} {times} = {value(w * a)}"),
        Fact(
            "its gradient",
            rf"{_own(experiment, slope)} = {own}\,{carried} = {gradient(delta)} {times} = {gradient(dw)}",
        ),
        *_of_all(computed, slope, whole),
        _updated(experiment, name, w, whole, new),
    )


def _of_bias(experiment: Experiment, place: Bias, extent: Extent) -> tuple[Fact, ...]:
    computed, name = learning_step(experiment), symbols.parameter(place)
    b, new = (place.of([layer.b for layer in net.layers]) for net in (experiment.network, computed.updated))
    db, own = place.of(computed.backward.db), of_neuron(r"\delta", place.layer, place.to)
    whole = place.of(computed.gradients.db)
    return (
        Fact("the bias", f"{name} = {value(b)}"),
        Fact("its gradient", rf"{_own(experiment, derivative(name))} = {own} = {gradient(db)}"),
        *_of_all(computed, derivative(name), whole),
        _updated(experiment, name, b, whole, new)
        if experiment.update_biases
        else Fact("after the learning step, which keeps biases", f"{name} = {value(new)}"),
    )


def _own(experiment: Experiment, slope: str) -> str:
    """Return a derivative of the loss as that of one example's own, where it has others beside it."""
    return of_example(slope, experiment.number) if isinstance(experiment, ExampleInBatch) else slope


def _of_all(computed: LearningStep, slope: str, whole: float) -> tuple[Fact, ...]:
    if computed.batch is None:
        return ()
    how = computed.batch.reduction.title
    return (Fact(f"its gradient, {how}", f"{slope} = {gradient(whole)}"),)


def _updated(experiment: Experiment, name: str, old: float, slope: float, new: float) -> Fact:
    return Fact(
        "after the learning step",
        rf"{name} - \eta\,{derivative(name)} = {apart(old, new)} - {value(experiment.learning_rate)}"
        rf" \cdot {factor(gradient(slope))} = {apart(new, old)}",
    )


def _of_input(experiment: Experiment, place: Input, extent: Extent) -> tuple[Fact, ...]:
    network, neuron = experiment.network, place.number
    dx = learning_step(experiment).backward.dx
    name = activation(network, 0, neuron)
    paths = rf"\sum_k {weight(1, 'k', neuron)}\,{of_neuron(chr(92) + 'delta', 1, 'k')}"
    return (
        Fact("the input", f"{name} = {value(experiment.x[neuron - 1])}"),
        Fact(
            "how the loss would change with it",
            rf"{_own(experiment, derivative(name))} = {paths} = {gradient(dx[neuron - 1])}",
        ),
    )


def _of_target(experiment: Experiment, place: Target, extent: Extent) -> tuple[Fact, ...]:
    number = place.number
    output = Neuron(len(experiment.network.layers), number)
    name, out = activation(experiment.network, output.layer, number), learning_step(experiment).forward.output
    return (
        Fact("the target", f"y_{{{number}}} = {value(experiment.y[number - 1])}"),
        Fact("the output that is compared with it", f"{name} = {value(out[number - 1])}"),
        Fact(OPS["loss_gradient"].title, _worked(experiment, ("loss_gradient",), extent, output)),
    )


def _of_loss(experiment: Experiment, _: LossValue, extent: Extent) -> tuple[Fact, ...]:
    own = Fact("loss", _worked(experiment, ("loss", "joint_loss"), extent))
    if not isinstance(experiment, ExampleInBatch):
        return (own,)
    return (own, Fact("loss of the batch", _worked(experiment, ("batch_loss",), extent)))


def _slope(experiment: Experiment, layer: int, neuron: int) -> Fact:
    own = experiment.network.layers[layer - 1]
    record = ACTIVATIONS[own.activation]
    z = learning_step(experiment).forward.z[layer - 1]
    slope = float(record.df(z, own.parameter)[neuron - 1])
    if record.elementwise:
        return Fact(SLOPE, rf"{record.symbol}'({value(z[neuron - 1])}) = {value(slope)}")
    a = symbols.activation(experiment.network, layer, neuron)
    partial = rf"\frac{{\partial {a}}}{{\partial {of_neuron('z', layer, neuron)}}}"
    return Fact(SLOPE, rf"{partial} = {a}\,(1 - {a}) = {value(slope)}")


_FACTS: Mapping[type[Place], Callable[[Experiment, Any, Extent], tuple[Fact, ...]]] = {
    Input: _of_input,
    Neuron: _of_neuron,
    Weight: _of_weight,
    Bias: _of_bias,
    Target: _of_target,
    LossValue: _of_loss,
}
