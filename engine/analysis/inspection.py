"""All that there is to know about one neuron or one weight of an experiment, each number with its formula."""

from dataclasses import dataclass

from engine.backprop.learning_step import learning_step
from engine.backprop.ops import OPS
from engine.backprop.step import Step
from engine.formulas import symbols
from engine.formulas.equations import equation
from engine.formulas.symbols import activation, derivative, factor, gradient, of_neuron, value, weight
from engine.network.activations import ACTIVATIONS
from engine.network.model import Experiment
from engine.network.places import Neuron, Weight

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


@dataclass(frozen=True)
class Fact:
    """One number about a neuron or a weight: what it is in words, and its formula in LaTeX."""

    words: str
    latex: str


def neuron_facts(experiment: Experiment, steps: tuple[Step, ...], neuron: Neuron) -> tuple[Fact, ...]:
    """Return the facts about a neuron; `steps` are at least its own."""
    if neuron.layer == 0:
        return _input_facts(experiment, neuron.number)
    facts = []
    for step in steps:
        if step.layer != neuron.layer or step.neuron not in (neuron.number, None) or step.op not in _OF_A_NEURON:
            continue
        written = equation(step, experiment)
        facts.append(Fact(OPS[step.op].title, written.worked))
        facts += [Fact("slope of the activation", note) for note in written.notes]
    if not any(fact.words == "slope of the activation" for fact in facts):
        facts.insert(2, _slope(experiment, neuron.layer, neuron.number))
    return tuple(facts)


def weight_facts(experiment: Experiment, place: Weight) -> tuple[Fact, ...]:
    """Return the facts about a weight."""
    network, source, to = experiment.network, *place.ends
    computed = learning_step(experiment)
    w, new = (place.of([layer.W for layer in net.layers]) for net in (network, computed.updated))
    a, dw = computed.forward.a[source.layer][source.number - 1], place.of(computed.backward.dW)
    delta = computed.backward.delta[to.layer - 1][to.number - 1]
    name, carried = symbols.parameter(place), activation(network, source.layer, source.number)
    slope, own = derivative(name), of_neuron(r"\delta", to.layer, to.number)
    times = rf"\cdot {factor(value(a))}"
    return (
        Fact("the weight", f"{name} = {value(w)}"),
        Fact("its contribution to z", rf"{name}\,{carried} = {value(w)} {times} = {value(w * a)}"),
        Fact("its gradient", rf"{slope} = {own}\,{carried} = {gradient(delta)} {times} = {gradient(dw)}"),
        Fact(
            "after the learning step",
            rf"{name} - \eta\,{slope} = {value(w)} - {value(experiment.learning_rate)} \cdot {factor(gradient(dw))}"
            rf" = {value(new)}",
        ),
    )


def _input_facts(experiment: Experiment, neuron: int) -> tuple[Fact, ...]:
    network = experiment.network
    dx = learning_step(experiment).backward.dx
    name = activation(network, 0, neuron)
    paths = rf"\sum_k {weight(1, 'k', neuron)}\,{of_neuron(chr(92) + 'delta', 1, 'k')}"
    return (
        Fact("the input", f"{name} = {value(experiment.x[neuron - 1])}"),
        Fact("how the loss would change with it", rf"{derivative(name)} = {paths} = {gradient(dx[neuron - 1])}"),
    )


def _slope(experiment: Experiment, layer: int, neuron: int) -> Fact:
    own = experiment.network.layers[layer - 1]
    record = ACTIVATIONS[own.activation]
    z = learning_step(experiment).forward.z[layer - 1]
    slope = float(record.df(z, own.parameter)[neuron - 1])
    words = "slope of the activation"
    if record.elementwise:
        return Fact(words, rf"{record.symbol}'({value(z[neuron - 1])}) = {value(slope)}")
    a = symbols.activation(experiment.network, layer, neuron)
    partial = rf"\frac{{\partial {a}}}{{\partial {of_neuron('z', layer, neuron)}}}"
    return Fact(words, rf"{partial} = {a}\,(1 - {a}) = {value(slope)}")
