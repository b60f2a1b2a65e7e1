"""A chain-rule path written out: as a formula with this network's numbers, and in plain text as the way it takes."""

from collections.abc import Iterator

from engine.analysis.paths import Factor, Path
from engine.formulas.symbols import activation, derivative, factor, gradient, of_neuron, value, weight
from engine.network.model import Network

# factors of a product beside each other
PER_LINE = 5
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def path_formula(network: Network, path: Path) -> str:
    r"""Return the factors as symbols, then as numbers with their product; \V and \G mark the numbers for colouring."""
    symbols = _broken([_symbol(network, f) for f in path.factors])
    numbers = _broken([factor(_number(f)) for f in path.factors])
    lines = rf"&{symbols}\\[6pt] ={{}} &{numbers}\\[2pt] ={{}} &{gradient(path.product)}"
    return rf"\begin{{aligned}} {lines} \end{{aligned}}"


def way(network: Network, path: Path) -> str:
    """Return the nodes that a path passes, in plain text: x₃ → a⁽¹⁾₂ → z⁽²⁾₁ → ŷ₃ → L, each z where the way forks."""
    return " → ".join(_nodes(network, path))


def _broken(factors: list[str]) -> str:
    """Return a product in lines short enough for a phone, from the second on with the dot in front."""
    lines = [r" \cdot ".join(factors[start : start + PER_LINE]) for start in range(0, len(factors), PER_LINE)]
    return r"\\[4pt] &\cdot ".join(lines)


def _nodes(network: Network, path: Path) -> Iterator[str]:
    start = path.factors[0]
    yield "1" if start.source is None else _name(network, start.layer - 1, start.source)
    for f in path.factors:
        if f.kind == "activation":
            # in a softmax the way leaves from a z to any output
            yield from [_z(f.layer, f.source)] if f.source not in (None, f.to) else []
            yield _name(network, f.layer, f.to)
        elif f.kind == "joint":
            yield _z(f.layer, f.to)
    yield "L"


def _name(network: Network, layer: int, neuron: int) -> str:
    index = str(neuron).translate(_SUBSCRIPTS)
    if layer == 0:
        return f"x{index}"
    return f"ŷ{index}" if layer == len(network.layers) else f"a⁽{str(layer).translate(_SUPERSCRIPTS)}⁾{index}"


def _z(layer: int, neuron: int | None) -> str:
    return f"z⁽{str(layer).translate(_SUPERSCRIPTS)}⁾{str(neuron).translate(_SUBSCRIPTS)}"


def _symbol(network: Network, f: Factor) -> str:
    if f.kind == "start":
        return "1" if f.source is None else activation(network, f.layer - 1, f.source)
    if f.kind == "weight":
        return weight(f.layer, f.to, f.source or 0)
    if f.kind == "activation":
        a, z = activation(network, f.layer, f.to), of_neuron("z", f.layer, f.source)
        return rf"\frac{{\partial {a}}}{{\partial {z}}}"
    return derivative(of_neuron("z", f.layer, f.to) if f.kind == "joint" else activation(network, f.layer, f.to))


def _number(f: Factor) -> str:
    return gradient(f.value) if f.kind in ("loss", "joint") else value(f.value)
