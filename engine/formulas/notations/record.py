r"""What a notation consists of: its letters, and how it writes layers, indices, gradients and vectors."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from engine.formulas.notations.layout import COLUMNS, Layout
from engine.formulas.notations.symbol import Symbol

# what delta is the gradient by, and what an output is one of
_OF_Z = {r"\delta": "z", r"\Delta": "Z"}
_ACTIVATIONS = {r"\hat{y}": "a", r"\hat{Y}": "A"}
_LAST = r"\text{out}"
# neurons of each layer, the input's first
Sizes = tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Letters:
    r"""What stands for each letter of ours, in LaTeX.

    Without a letter for the `output` it is the activation of the last layer; without one for `delta` the gradient by z.
    """

    weights: str = "W"
    weight: str = "w"
    bias: str = "b"
    z: str = "z"
    activation: str = "a"
    input: str = "x"
    output: str = r"\hat{y}"
    target: str = "y"
    delta: str = r"\delta"
    loss: str = "L"
    jacobian: str = "J"
    function: str = "f"
    parameter: str = r"\alpha"
    rate: str = r"\eta"

    def of(self, ours: str) -> str:
        """Return what stands for a letter of ours; the capitals of a batch are those of an example's letters."""
        if small := _SMALL.get(ours):
            return _capital(self.of(small))
        return {
            "W": self.weights, "w": self.weight, "b": self.bias, "z": self.z, "a": self.activation, "x": self.input,
            r"\hat{y}": self.output, "y": self.target, r"\delta": self.delta, "L": self.loss, "J": self.jacobian,
            "f": self.function, r"\alpha": self.parameter, r"\eta": self.rate,
        }[ours]  # fmt: skip


_SMALL = {"Z": "z", "A": "a", "X": "x", r"\hat{Y}": r"\hat{y}", "Y": "y", r"\Delta": r"\delta"}


def _capital(letter: str) -> str:
    """Return a letter as a capital: Z, \\hat{Y}, \\Delta, \text{Net}."""
    return re.sub(r"^(\\(?:text|hat)\{|\\)?([a-z])", lambda match: (match[1] or "") + match[2].upper(), letter)


@dataclass(frozen=True, kw_only=True)
class Notation:
    """A way to write the same numbers.

    first: the number of the first layer with weights. brackets: around the number of a layer. source_first: whether the
    index of where a weight comes from stands before that of where it leads; `source` is the letter of the former.
    one_number: whether a weight has one number instead, counted through all layers.
    `labels` says what stands below and above a letter, `gradient` how a derivative of the loss is written, and `short`
    the sign before a letter for that where there is little room, if it has a shorter one; `new` is the mark of what
    comes after the update. `words` explains it to a reader, formulas between dollar signs.
    """

    name: str
    title: str
    words: str
    url: str = ""
    letters: Letters = Letters()
    layout: Layout = COLUMNS
    brackets: tuple[str, str] = ("(", ")")
    first: int = 1
    source_first: bool = False
    one_number: bool = False
    source: str = "i"
    new: str = r"\text{new}"
    short: str = ""
    labels: "Labels"
    gradient: "Gradient"

    def write(self, symbol: Symbol, sizes: Sizes) -> str:
        """Return a symbol in LaTeX; a network of these sizes is what it belongs to."""
        if symbol.letter in _OF_Z and not self.letters.delta:
            symbol = replace(symbol, letter=_OF_Z[symbol.letter], gradient=True)
        if not self.letters.output:
            symbol = _numbered_last(symbol, sizes)
        if symbol.gradient:
            return self.gradient(self, replace(symbol, gradient=False), sizes)
        return self.lettered(self.letters.of(symbol.letter), symbol, sizes)

    def lettered(self, letter: str, symbol: Symbol, sizes: Sizes) -> str:
        """Return a letter with what stands below and above it."""
        below, above = self.labels(self, symbol, sizes)
        if below and letter.endswith("}") and "_{" in letter:
            # it has something below it already
            letter, below = letter.partition("_{")[0], rf"{letter.partition('_{')[2][:-1]},\,{below}"
        return letter + (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")

    def layer(self, written: str) -> str:
        """Return the number of a layer, or a letter for one, as it is counted here, in its brackets."""
        number = str(int(written) + self.first - 1) if written.isdecimal() else written
        return f"{self.brackets[0]}{number}{self.brackets[1]}"


def _numbered_last(symbol: Symbol, sizes: Sizes) -> Symbol:
    """Return a symbol of the last layer with that layer's number, which is L where no network is known."""
    if symbol.letter not in _ACTIVATIONS and symbol.layer != _LAST:
        return symbol
    last = str(len(sizes) - 1) if sizes else "L"
    return replace(symbol, letter=_ACTIVATIONS.get(symbol.letter, symbol.letter), layer=last)


Labels = Callable[[Notation, Symbol, Sizes], tuple[str, str]]
Gradient = Callable[[Notation, Symbol, Sizes], str]
