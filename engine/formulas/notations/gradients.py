r"""How the derivative of the loss by something is written: as a fraction, as a nabla, as dW, or as weight.grad."""

from engine.formulas.notations.record import Notation, Sizes
from engine.formulas.notations.symbol import Symbol

_ATTRIBUTES = {"W": "weight", "w": "weight", "b": "bias"}


def fraction(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    r"""Return \frac{\partial L}{\partial w}."""
    return rf"\frac{{\partial {notation.letters.loss}}}{{\partial {notation.write(symbol, sizes)}}}"


def nabla(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    r"""Return \nabla_{b^{2}} C of a whole layer, and a fraction of one neuron or of no layer."""
    if symbol.indices or not symbol.layer:
        return fraction(notation, symbol, sizes)
    return rf"\nabla_{{{notation.write(symbol, sizes)}}} {notation.letters.loss}"


def differential(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    """Return dw."""
    return f"d{notation.write(symbol, sizes)}"


def attribute(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    r"""Return \text{weight.grad}, with indices and layer as the weight has them."""
    name = _ATTRIBUTES.get(symbol.letter)
    letter = rf"\text{{{name}.grad}}" if name else rf"{notation.letters.of(symbol.letter)}\text{{.grad}}"
    return notation.lettered(letter, symbol, sizes)
