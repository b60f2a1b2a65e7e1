"""What hovering says: a neuron's or an edge's numbers, each with the formula it comes from."""

from engine.formulas.numbers import text
from engine.formulas.plain import indexed
from engine.formulas.symbols import layer_name
from engine.network.activations import ACTIVATIONS
from engine.network.places import Neuron, Weight
from pages.figures.network.picture import Numbers


def neuron_hover(numbers: Numbers, place: Neuron) -> str:
    """Return the lines about a neuron."""
    layer, index = place.layer, place.number - 1
    head = f"<b>{layer_name(numbers.experiment.network, layer)}, neuron {place.number}</b>"
    if layer == 0:
        return f"{head}<br>x = {text(numbers.experiment.x[index])}<br>∂L/∂x = {text(numbers.backward.dx[index])}"
    own = numbers.experiment.network.layers[layer - 1]
    record = ACTIVATIONS[own.activation]
    z, a = numbers.forward.z[layer - 1][index], numbers.forward.a[layer][index]
    slope = record.df(numbers.forward.z[layer - 1], own.parameter)[index]
    da, delta = numbers.backward.da[layer - 1][index], numbers.backward.delta[layer - 1][index]
    return "<br>".join([
        head,
        f"z = {_sum(numbers, place)} = {text(z)}",
        f"a = {record.title}({text(z)}) = {text(a)}",
        f"{record.title}′({text(z)}) = {text(slope)}",
        f"∂L/∂a = {text(da)}",
        f"δ = ∂L/∂z = {text(delta)}",
    ])  # fmt: skip


def edge_hover(numbers: Numbers, edge: Weight) -> str:
    """Return the lines about a weight."""
    index = edge.layer - 1
    w, new = (edge.of([layer.W for layer in net.layers]) for net in (numbers.experiment.network, numbers.updated))
    a, delta = numbers.forward.a[index][edge.source - 1], numbers.backward.delta[index][edge.to - 1]
    return "<br>".join([
        f"<b>w<sub>{indexed(edge.to, edge.source)}</sub><sup>({edge.layer})</sup> = {text(w)}</b>",
        f"carries {text(w)} · {_factor(a)} = {text(w * a)}",
        f"∂L/∂w = {text(delta)} · {_factor(a)} = {text(edge.of(numbers.backward.dW))}",
        f"new w = {text(new)}",
    ])  # fmt: skip


def _sum(numbers: Numbers, place: Neuron) -> str:
    own = numbers.experiment.network.layers[place.layer - 1]
    before = numbers.forward.a[place.layer - 1]
    terms = [f"{_factor(w)}·{_factor(a)}" for w, a in zip(own.W[place.number - 1], before, strict=True)]
    shown = terms if len(terms) <= 4 else [*terms[:2], "…", terms[-1]]
    return f"{' + '.join(shown)} + {_factor(own.b[place.number - 1])}"


def _factor(value: float) -> str:
    return f"({text(value)})" if value < 0 else text(value)
