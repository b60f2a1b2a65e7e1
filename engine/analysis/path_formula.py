"""A chain-rule path written out: as a formula with this network's numbers, and in plain text as the way it takes."""

from collections.abc import Iterator

from engine.analysis.paths import Factor, Path
from engine.formulas import plain
from engine.formulas.notations import OURS, Notation, Translation
from engine.formulas.symbols import activation, derivative, factor, gradient, of_neuron, value, weight
from engine.network.model import Network
from engine.network.places import Neuron

# factors of a product beside each other
PER_LINE = 5


def path_formula(network: Network, path: Path, notation: Notation = OURS) -> str:
    r"""Return the factors as symbols, then as numbers with their product; \V and \G mark the numbers for colouring."""
    symbols = _broken([_symbol(network, f) for f in path.factors])
    numbers = _broken([factor(_number(f)) for f in path.factors])
    lines = rf"&{symbols}\\[6pt] ={{}} &{numbers}\\[2pt] ={{}} &{gradient(path.product)}"
    return Translation(notation, network.sizes).formula(rf"\begin{{aligned}} {lines} \end{{aligned}}")


def way(network: Network, path: Path, notation: Notation = OURS) -> str:
    """Return the nodes that a path passes, in plain text: x₃ → a⁽¹⁾₂ → z⁽²⁾₁ → ŷ₃ → L, each z where the way forks."""
    return Translation(notation, network.sizes).words(" → ".join(_nodes(network, path)))


def _broken(factors: list[str]) -> str:
    """Return a product in lines short enough for a phone, from the second on with the dot in front."""
    lines = [r" \cdot ".join(factors[start : start + PER_LINE]) for start in range(0, len(factors), PER_LINE)]
    return r"\\[4pt] &\cdot ".join(lines)


def _nodes(network: Network, path: Path) -> Iterator[str]:
    last, start = len(network.layers), path.factors[0]
    yield "1" if start.source is None else plain.activation(start.source, last)
    for f in path.factors:
        if f.kind == "activation":
            # in a softmax the way leaves from a z to any output
            yield from [plain.of_neuron("z", f.source)] if f.source not in (None, f.to) else []
            yield plain.activation(f.to, last)
        elif f.kind == "joint":
            yield plain.of_neuron("z", f.to)
    yield "L"


def _symbol(network: Network, f: Factor) -> str:
    if f.source is None:
        return "1" if f.kind == "start" else derivative(_z(f.to) if f.kind == "joint" else _a(network, f.to))
    if f.kind == "start":
        return _a(network, f.source)
    if f.kind == "weight":
        return weight(f.to.layer, f.to.number, f.source.number)
    return rf"\frac{{\partial {_a(network, f.to)}}}{{\partial {_z(f.source)}}}"


def _a(network: Network, neuron: Neuron) -> str:
    return activation(network, neuron.layer, neuron.number)


def _z(neuron: Neuron) -> str:
    return of_neuron("z", neuron.layer, neuron.number)


def _number(f: Factor) -> str:
    return gradient(f.value) if f.kind in ("loss", "joint") else value(f.value)
