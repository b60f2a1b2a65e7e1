r"""What is written in our notation, formulas and words, put into another one. In ours it stays as it is."""

import re
from dataclasses import dataclass, replace

from engine.formulas.notations.record import Notation, Sizes
from engine.formulas.notations.registry import OURS
from engine.formulas.notations.spoken import in_plain_text, respoken
from engine.formulas.notations.symbol import Symbol, rewritten
from engine.formulas.plain import activation, short_activation
from engine.network.places import Neuron

_MATH = re.compile(r"\$([^$]+)\$")
# what delta is, where it has a name of its own
_DEFINED = re.compile(
    r"\\delta(?P<rest>(?:_(?:\{[^{}]*\}|\w))?(?:\^\{\([^()]*\)\})?) = "
    r"(?:\\frac\{\\partial L\}\{\\partial z(?P=rest)\}|\\partial L / \\partial z(?P=rest)(?![_^]))"
)
_POWER = re.compile(r"(?<![a-zA-Z\\])([zaxy](?:_(?:\w|\{[^{}]*\}))?)\^(\d)")
_FROM_SOURCE = re.compile(r"w_\{[^{}]*i[^{}]*\}")
# a sign that no formula has
_BETWEEN = "\x1f"
_BY_Z = r"\frac{d}{dz}"
_SUM = re.compile(r"\\sum_i(?![a-zA-Z])")


@dataclass(frozen=True)
class Translation:
    """Puts texts about a network of these sizes into a notation.

    `example` is the number of the example of a batch whose deltas they are about: where delta is written as a gradient,
    it is one of that example's loss.
    """

    notation: Notation
    sizes: Sizes
    example: str = ""

    def formula(self, latex: str) -> str:
        """Return a formula in LaTeX."""
        if self.notation == OURS:
            return latex
        return self._formula(latex, self._running(latex))

    def _formula(self, latex: str, running: str) -> str:
        if latex == "i":
            return running
        if not self.notation.letters.delta:
            latex = _DEFINED.sub(r"\\delta\g<rest>", latex)
        if not any(self.notation.brackets):
            # what stands above a letter there is a layer
            latex = _POWER.sub(r"(\1)^\2", latex)
        written = _SUM.sub(rf"\\sum_{running}", rewritten(latex, lambda symbol: self._written(symbol, running)))
        return written.replace(_BY_Z, _BY_Z.replace("z", self.notation.letters.z))

    def formulas(self, *parts: str) -> tuple[str, ...]:
        """Return the sides of an equation, whose running indices are the same ones."""
        return tuple(self.formula(_BETWEEN.join(parts)).split(_BETWEEN))

    def prose(self, markdown: str) -> str:
        """Return a text with its formulas, which stand between dollar signs, and its names in plain letters."""
        if self.notation == OURS:
            return markdown
        # text, formula, text and so on
        parts = _MATH.split(markdown)
        parts[::2] = map(self.words, parts[::2])
        # an index is the same one throughout the text
        running = self._running(" ".join(parts[1::2]))
        parts[1::2] = (f"${self._formula(part, running)}$" for part in parts[1::2])
        return "".join(parts)

    def words(self, text: str) -> str:
        """Return a text with names in plain letters, such as z⁽¹⁾₂, w⁽¹⁾₂₃ and ∂L/∂a."""
        if self.notation == OURS:
            return text
        return respoken(text, self.sizes, lambda symbol: in_plain_text(self.notation.write(symbol, self.sizes)))

    def letter(self, ours: str) -> str:
        """Return a letter, or its gradient as δ or ∂a, where there is little room."""
        short = self.notation.short
        if short and (ours == "δ" or ours.startswith("∂")):
            return short + self.words("z" if ours == "δ" else ours[1:])
        return self.words(ours)

    def neuron(self, place: Neuron) -> str:
        """Return the name of a neuron's activation in plain letters, where its layer is said beside it."""
        last = len(self.sizes) - 1
        return short_activation(place, last) if self.notation == OURS else self.words(activation(place, last))

    def _running(self, latex: str) -> str:
        """Return what the index i is called, which with us runs over what a weight comes from."""
        letter = self.notation.source
        if letter == "i" or not _FROM_SOURCE.search(latex):
            return "i"
        # on the way back k runs over what follows, and i is any neuron
        return "j" if r"\sum_k" in latex else letter

    def _written(self, symbol: Symbol, running: str) -> str:
        indices = tuple(running if index == "i" else index for index in symbol.indices)
        example = self.example if symbol.letter == r"\delta" else symbol.example
        return self.notation.write(replace(symbol, indices=indices, example=example), self.sizes)
