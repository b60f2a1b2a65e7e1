r"""What stands below and above a letter: indices and layer as most books have them, or names as on Mazur's picture."""

from itertools import pairwise

from engine.formulas.notations.record import Notation, Sizes
from engine.formulas.notations.symbol import Symbol


def layered(notation: Notation, symbol: Symbol, sizes: Sizes) -> tuple[str, str]:
    """Return the indices, and the layer in its brackets: w_{23}^{(1)}."""
    indices = tuple(reversed(symbol.indices)) if notation.source_first and symbol.letter == "w" else symbol.indices
    comma = "," if any(len(index) > 1 for index in indices) else ""
    below, above = comma.join(indices), notation.layer(symbol.layer) if symbol.layer else ""
    return _with_new(notation, symbol, below, above)


def _with_new(notation: Notation, symbol: Symbol, below: str, above: str) -> tuple[str, str]:
    if not symbol.new:
        return below, above
    if symbol.letter in (r"\hat{y}", r"\hat{Y}"):
        return below, rf"{above},\,{notation.new}" if above else notation.new
    return rf"{below},\,{notation.new}" if below else notation.new, above


def numbered(notation: Notation, symbol: Symbol, sizes: Sizes) -> tuple[str, str]:
    """Return weights numbered through the whole network and neurons called i, h and o: w_{5}, net_{h1}, out_{o2}.

    Weights are counted layer by layer, in a layer neuron by neuron, at each from its first input to its last; the
    neurons of a second hidden layer are counted on from those of the first.
    """
    below = _KINDS.get(symbol.letter.lower(), _neuron)(symbol, sizes)
    whole = symbol.layer if not symbol.indices and symbol.layer != "L" else ""
    above = [notation.layer(whole)] if whole else []
    return below, ",".join([*above, *([notation.new] if symbol.new else [])])


def _weight(symbol: Symbol, sizes: Sizes) -> str:
    if not symbol.indices:
        return ""
    to, source = symbol.indices
    if not (to.isdecimal() and source.isdecimal()):
        # one neuron of many, as in a sum
        return rf"{_called(source, _before(symbol.layer), sizes)} \to {_called(to, symbol.layer, sizes)}"
    layer = int(symbol.layer)
    earlier = sum(n_in * n_out for n_in, n_out in pairwise(sizes[:layer]))
    return str(earlier + (int(to) - 1) * sizes[layer - 1] + int(source))


def _bias(symbol: Symbol, sizes: Sizes) -> str:
    # his one bias of a layer is here each neuron's own
    return ",".join([*([symbol.layer] if symbol.layer and symbol.indices else []), *symbol.indices])


def _input(symbol: Symbol, sizes: Sizes) -> str:
    return "".join(symbol.indices)


def _output(symbol: Symbol, sizes: Sizes) -> str:
    return "".join(_called(index, str(len(sizes) - 1), sizes) for index in symbol.indices)


def _neuron(symbol: Symbol, sizes: Sizes) -> str:
    return "".join(_called(index, symbol.layer, sizes) for index in symbol.indices)


def _none(symbol: Symbol, sizes: Sizes) -> str:
    return "".join(symbol.indices)


_KINDS = {"w": _weight, "b": _bias, "x": _input, r"\hat{y}": _output, "y": _output, "j": _none, "l": _none}


def _called(index: str, layer: str, sizes: Sizes) -> str:
    """Return what a neuron is called: h3 for the third hidden one; a letter stands for any."""
    if not (index.isdecimal() and layer.isdecimal()):
        return index
    number, last = int(layer), len(sizes) - 1
    if number == 0:
        return f"i{index}"
    return f"o{index}" if number == last else f"h{sum(sizes[1:number]) + int(index)}"


def _before(layer: str) -> str:
    return str(int(layer) - 1) if layer.isdecimal() else layer
