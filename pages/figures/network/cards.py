"""What the picture says about each of its places: a title, and rows that each begin to be true at a step.

A row tells since which step, counted from 1, its number is known, 0 for always, so that a card gives nothing away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from engine import Experiment
from engine.arrays import Array
from engine.backprop.trace import Level, Planned, made, plan
from engine.formulas.equations import equation
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.numbers import digits_between, text
from engine.formulas.plain import parameter, subscript
from engine.formulas.symbols import layer_name
from engine.network.activations import ACTIVATIONS
from engine.network.model import ExampleInBatch
from engine.network.parameters import parameters
from engine.network.places import Bias, Given, Input, LossValue, Neuron, Target, Weight
from pages.figures.markup import classed
from pages.figures.network.picture import Numbers
from pages.figures.theme import Theme

Row = tuple[int, str]
# ops that compute the same quantity by another formula
_SAME = {
    "joint_loss": "loss",
    "joint_delta": "delta",
    "summed_gradient": "loss_gradient",
    # of all examples of a batch at once
    "losses": "loss",
    "batch_joint_delta": "delta",
    "batch_loss_gradient": "loss_gradient",
}


@dataclass(frozen=True)
class Card:
    """What is said about one place, in HTML: rows of the step since which one is true, and its text."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Known:
    """All numbers of an experiment, and which step, counted from 1, each becomes known at."""

    numbers: Numbers
    steps: tuple[Planned, ...]

    @cached_property
    def _found(self) -> dict[tuple[str, int, int | None], int]:
        steps = enumerate(self.steps, start=1)
        return {(_SAME.get(step.op, step.op), step.layer, step.neuron): number for number, step in steps}

    def since(self, op: str, layer: int, neuron: int | None = None) -> int:
        """Return the step that computes this for a neuron, alone or with its layer; 0 if none does."""
        return self._found.get((op, layer, neuron)) or self._found.get((op, layer, None), 0)

    @cached_property
    def weights(self) -> tuple[list[Array], list[Array]]:
        """Every layer's W before and after the learning step."""
        before, after = self.numbers.experiment.network, self.numbers.updated
        return [layer.W for layer in before.layers], [layer.W for layer in after.layers]

    @cached_property
    def biases(self) -> tuple[list[Array], list[Array]]:
        """Every layer's b before and after the learning step."""
        before, after = self.numbers.experiment.network, self.numbers.updated
        return [layer.b for layer in before.layers], [layer.b for layer in after.layers]


def cards(experiment: Experiment, theme: Theme, detail: Level, notation: Notation = OURS) -> dict[str, Card]:
    """Return the card of every place of the picture by the name that messages give it, e.g. w.1.2.3."""
    known = Known(Numbers(experiment), plan(experiment, detail))
    network, last = experiment.network, len(experiment.network.layers)
    own = Translation(notation, network.sizes)
    found: dict[str, Card] = {}
    for neuron in known.numbers.geometry.neurons[network.sizes[0] :]:
        title = f"{layer_name(network, neuron.layer)}, neuron {neuron.number}"
        found[neuron.text] = Card(title, _translated(_of_neuron(known, neuron), own))
    for place in parameters(network):
        found[place.text] = Card(own.words(parameter(place)), rows(known, place, notation))
    for number in range(1, network.sizes[0] + 1):
        found[Input(number).text] = Card(own.words(f"Input x{subscript(number)}"), rows(known, Input(number), notation))
    for number in range(1, network.sizes[last] + 1):
        found[Target(number).text] = Card(
            own.words(f"Target y{subscript(number)}"), rows(known, Target(number), notation)
        )
    return found | {LossValue().text: Card("Loss", tuple(_of_loss(known, theme, notation)))}


def rows(known: Known, place: Given, notation: Notation = OURS) -> tuple[Row, ...]:
    """Return what is said about the place of a number of the user's."""
    return _translated(_of_given(known, place), Translation(notation, known.numbers.experiment.network.sizes))


def _of_given(known: Known, place: Given) -> Iterable[Row]:
    match place:
        case Weight():
            return _of_weight(known, place)
        case Bias():
            return _of_bias(known, place)
        case Input():
            return _of_input(known, place.number - 1)
        case Target():
            return _of_target(known, place.number - 1)


def _translated(said: Iterable[Row], own: Translation) -> tuple[Row, ...]:
    return tuple((since, own.words(text)) for since, text in said)


def _of_neuron(known: Known, place: Neuron) -> Iterator[Row]:
    numbers, index, at = known.numbers, place.layer - 1, place.number - 1
    own = numbers.experiment.network.layers[index]
    record, z = ACTIVATIONS[own.activation], numbers.forward.z[index]
    name = "ŷ" if place.layer == numbers.geometry.last else "a"
    called = f"{record.title}({text(z[at])}) = " if record.elementwise else ""
    summed, activated, upstream, delta = (
        known.since(op, place.layer, place.number) for op in ("weighted_sum", "activation", "loss_gradient", "delta")
    )
    yield summed, f"z = {_value(z[at])}"
    yield activated, f"{name} = {called}{_value(numbers.forward.a[place.layer][at])}"
    yield upstream, f"∂L/∂{name}{_alone(known)} = {_gradient(numbers.backward.da[index][at])}"
    # a joint form goes around the slope, and a function of the whole layer has more than one
    if known.steps[delta - 1].op == "delta" and record.elementwise:
        yield delta, f"{record.title}′({text(z[at])}) = {_value(record.df(z, own.parameter)[at])}"
    yield delta, f"δ = ∂L/∂z{_alone(known)} = {_gradient(numbers.backward.delta[index][at])}"
    again, last = numbers.again, len(known.steps)
    yield last, f"new z = {_after(float(z[at]), float(again.z[index][at]))}"
    a = (float(passed.a[place.layer][at]) for passed in (numbers.forward, again))
    yield last, f"new {name} = {_after(*a)}"


def _of_weight(known: Known, place: Weight) -> Iterator[Row]:
    numbers, index = known.numbers, place.layer - 1
    w, new = (place.of(tables) for tables in known.weights)
    # a number of Python's, whose product may be too small for it without an error
    a, delta = float(numbers.forward.a[index][place.source - 1]), numbers.backward.delta[index][place.to - 1]
    summed, slope, changed = (
        known.since(op, place.layer, place.to) for op in ("weighted_sum", "weight_gradient", "weight_update")
    )
    yield 0, f"w = {_value(w)}"
    yield summed, f"carries {text(w)} · {_factor(a)} = {_value(w * a)}"
    yield slope, f"∂L/∂w{_alone(known)} = {text(delta)} · {_factor(a)} = {_gradient(place.of(numbers.backward.dW))}"
    yield from _of_all(known, "∂L/∂w", "weight_gradient", place)
    yield changed, f"new w = {_after(w, new)}"


def _of_bias(known: Known, place: Bias) -> Iterator[Row]:
    b, new = (place.of(rows) for rows in known.biases)
    slope, changed = (known.since(op, place.layer, place.to) for op in ("bias_gradient", "bias_update"))
    yield 0, f"b = {_value(b)}"
    yield slope, f"∂L/∂b{_alone(known)} = {_gradient(place.of(known.numbers.backward.db))}"
    yield from _of_all(known, "∂L/∂b", "bias_gradient", place)
    # where biases are kept as they are, no step changes them
    if changed:
        yield changed, f"new b = {_after(b, new)}"


def _alone(known: Known) -> str:
    """Return whose loss a gradient is of where there are several: that of one example, and not of the batch."""
    seen = known.numbers.experiment
    return f", example {seen.number} alone" if isinstance(seen, ExampleInBatch) else ""


def _of_all(known: Known, name: str, op: str, place: Weight | Bias) -> Iterator[Row]:
    """What the examples of a batch make of a parameter's gradient together."""
    batch = known.numbers.step.batch
    if batch is None:
        return
    since = known.since(f"batch_{op}", place.layer) or known.since(op, place.layer)
    whole = place.of(batch.gradients.db) if isinstance(place, Bias) else place.of(batch.gradients.dW)
    yield since, f"{name}, {batch.reduction.name} of all {batch.batch.examples} = {_gradient(whole)}"


def _of_input(known: Known, index: int) -> Iterable[Row]:
    numbers = known.numbers
    # it reaches the loss through every neuron of the first layer
    since = max(known.since("delta", 1, neuron.number) for neuron in numbers.geometry.layer(1))
    return (
        (0, f"x = {_value(numbers.experiment.x[index])}"),
        (since, f"∂L/∂x{_alone(known)} = {_gradient(numbers.backward.dx[index])}"),
    )


def _of_target(known: Known, index: int) -> Iterable[Row]:
    numbers = known.numbers
    since = known.since("loss", numbers.geometry.last)
    return (
        (0, f"y = {_value(numbers.experiment.y[index])}"),
        (since, f"compared with ŷ = {_value(numbers.forward.output[index])}"),
    )


def _of_loss(known: Known, theme: Theme, notation: Notation) -> Iterable[Row]:
    last = known.numbers.geometry.last
    # one that no step computes is not there
    for since in filter(None, (known.since("loss", last), known.since("batch_loss", last), len(known.steps))):
        step = made(known.steps[since - 1], known.numbers.experiment, known.numbers.step)
        yield since, classed(equation(step, known.numbers.experiment, notation=notation).line, theme)


def _after(old: float, new: float) -> str:
    digits = digits_between(old, new)
    return f"{_value(new, digits)}, was {text(old, digits)}"


def _value(number: float, digits: int = 4) -> str:
    return _coloured("v", text(number, digits))


def _gradient(number: float) -> str:
    return _coloured("g", text(number))


def _factor(number: float) -> str:
    return f"({text(number)})" if number < 0 else text(number)


def _coloured(kind: str, written: str) -> str:
    """Return a written number in the class that it has in formulas too, by its kind and its sign."""
    return f"<span class={kind}{'n' if written[0] == '−' else 'p'}>{written}</span>"
