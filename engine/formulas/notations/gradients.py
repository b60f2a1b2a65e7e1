r"""How the derivative of the loss by something is written: as a fraction, as a nabla, as dW, or as weight.grad."""

from engine.formulas.notations.record import Notation, Sizes
from engine.formulas.notations.symbol import Symbol

_ATTRIBUTES = {"W": "weight", "w": "weight", "b": "bias"}


def fraction(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    r"""Return \frac{\partial L}{\partial w}."""
    return rf"\frac{{\partial {_loss(notation, symbol, sizes)}}}{{\partial {notation.write(symbol, sizes)}}}"


def _loss(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    return notation.write(Symbol("L", indices=(symbol.example,) if symbol.example else ()), sizes)


def nabla(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    r"""Return \nabla_{b^{2}} C of a whole layer, and a fraction of one neuron or of no layer."""
    if symbol.indices or not symbol.layer:
        return fraction(notation, symbol, sizes)
    return rf"\nabla_{{{notation.write(symbol, sizes)}}} {_loss(notation, symbol, sizes)}"


def differential(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    """Return dw."""
    return _of_example(f"d{notation.write(symbol, sizes)}", notation, symbol)


def attribute(notation: Notation, symbol: Symbol, sizes: Sizes) -> str:
    r"""Return \text{weight.grad}, with indices and layer as the weight has them."""
    name = _ATTRIBUTES.get(symbol.letter)
    letter = rf"\text{{{name}.grad}}" if name else rf"{notation.letters.of(symbol.letter)}\text{{.grad}}"
    return _of_example(notation.lettered(letter, symbol, sizes), notation, symbol)


def _of_example(written: str, notation: Notation, symbol: Symbol) -> str:
    """Return a gradient with the example of a batch whose it is, in other brackets than a layer: dW^{[1](2)}."""
    if not symbol.example:
        return written
    mark = f"[{symbol.example}]" if notation.brackets == ("(", ")") else f"({symbol.example})"
    return f"{written[:-1]}{mark}}}" if "^{" in written and written.endswith("}") else f"{written}^{{{mark}}}"
