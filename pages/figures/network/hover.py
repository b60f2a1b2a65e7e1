"""What hovering says: a neuron's or an edge's numbers, each with the formula it comes from."""

from engine.formulas.numbers import text
from engine.formulas.symbols import layer_name
from engine.network.activations import ACTIVATIONS
from pages.figures.network.geometry import Edge
from pages.figures.network.picture import Numbers


def neuron_hover(numbers: Numbers, layer: int, index: int) -> str:
    """Return the lines about a neuron; layer 0 is the input, index counts from 0."""
    head = f"<b>{layer_name(numbers.experiment.network, layer)}, neuron {index + 1}</b>"
    if layer == 0:
        return f"{head}<br>x = {text(numbers.experiment.x[index])}<br>∂L/∂x = {text(numbers.backward.dx[index])}"
    own = numbers.experiment.network.layers[layer - 1]
    record = ACTIVATIONS[own.activation]
    z, a = numbers.forward.z[layer - 1][index], numbers.forward.a[layer][index]
    slope = record.df(numbers.forward.z[layer - 1], own.parameter)[index]
    da, delta = numbers.backward.da[layer - 1][index], numbers.backward.delta[layer - 1][index]
    return "<br>".join([
        head,
        f"z = {_sum(numbers, layer, index)} = {text(z)}",
        f"a = {record.title}({text(z)}) = {text(a)}",
        f"{record.title}′({text(z)}) = {text(slope)}",
        f"∂L/∂a = {text(da)}",
        f"δ = ∂L/∂z = {text(delta)}",
    ])  # fmt: skip


def edge_hover(numbers: Numbers, edge: Edge) -> str:
    """Return the lines about a weight."""
    w = numbers.experiment.network.layers[edge.layer - 1].W[edge.to, edge.source]
    a = numbers.forward.a[edge.layer - 1][edge.source]
    delta = numbers.backward.delta[edge.layer - 1][edge.to]
    gradient = numbers.backward.dW[edge.layer - 1][edge.to, edge.source]
    new = numbers.updated.layers[edge.layer - 1].W[edge.to, edge.source]
    source, to = edge.source + 1, edge.to + 1
    return "<br>".join([
        f"<b>w<sub>{to}{',' if max(to, source) > 9 else ''}{source}</sub><sup>({edge.layer})</sup> = {text(w)}</b>",
        f"carries {text(w)} · {_factor(a)} = {text(w * a)}",
        f"∂L/∂w = {text(delta)} · {_factor(a)} = {text(gradient)}",
        f"new w = {text(new)}",
    ])  # fmt: skip


def _sum(numbers: Numbers, layer: int, index: int) -> str:
    own = numbers.experiment.network.layers[layer - 1]
    before = numbers.forward.a[layer - 1]
    terms = [f"{_factor(w)}·{_factor(a)}" for w, a in zip(own.W[index], before, strict=True)]
    shown = terms if len(terms) <= 4 else [*terms[:2], "…", terms[-1]]
    return f"{' + '.join(shown)} + {_factor(own.b[index])}"


def _factor(value: float) -> str:
    return f"({text(value)})" if value < 0 else text(value)
