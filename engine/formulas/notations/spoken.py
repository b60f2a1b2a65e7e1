r"""Symbols in plain text, as in menus, tables and sentences: ours are read there, and any are written."""

import re
from collections.abc import Callable
from functools import lru_cache

from engine.formulas.notations.record import Sizes
from engine.formulas.notations.symbol import Symbol
from engine.formulas.plain import GREEK

_RAISED, _LOWERED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "₀₁₂₃₄₅₆₇₈₉"
_DIGITS = str.maketrans(_RAISED + _LOWERED, "-0123456789" + "0123456789")
_RAISE, _LOWER = str.maketrans("-0123456789()", _RAISED + "⁽⁾"), str.maketrans("0123456789", _LOWERED)
# letters that are symbols wherever they stand alone, that are with a layer or an index, and that are no words of
# English; an a is a symbol before a sign of equality, after a ∂, in italics or norms, or where
# there is nothing else, an A where it is transposed or multiplied, has a shape or holds something, and an f before
# its argument
_LETTER = (
    rf"(?<![\w’′])(?:[ŷŶδηαΔX](?=ᵀ|\W|\Z)|[ŷδWwbzaxyZA](?=[⁽{_LOWERED}])|[Wwbzxy](?=ᵀ|[^\w’]|\Z)"
    r"|A(?=ᵀ| is \d| holds)|(?<=[=ᵀ] )A(?!\w)|a(?= = |$|[ ,]·|‖|</i>| instead of z)|f(?=[’′(]))"
    r"|(?<=[∂Δ])[Wwbzaxy](?!\w)|(?<=∇)L|(?<=→ )L(?!\w)|\AL\Z"
)
_PLAIN = re.compile(
    r"(?P<defined>δ = ∂L/∂z(?![\w⁽]))|(?P<gradient>∂L/∂|∂(?=[Wwbzax](?!\w)))?"
    rf"(?P<letter>{_LETTER})(?:⁽(?P<layer>[{_RAISED}]+)⁾)?(?P<lower>[{_LOWERED}]+(?:,[{_LOWERED}]+)*)?"
)
_LETTERS = {"ŷ": r"\hat{y}", "Ŷ": r"\hat{Y}", "δ": r"\delta", "Δ": r"\Delta", "η": r"\eta", "α": r"\alpha"}

_FRACTION = re.compile(r"\\frac\{\\partial ((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}\{\\partial (.*)\}")
_SCRIPTS = re.compile(r"(?:_\{(?P<below>[^{}]*)\})?(?:\^\{(?P<above>[^{}]*)\})?$")


def respoken(text: str, sizes: Sizes, write: Callable[[Symbol], str]) -> str:
    """Return a text with each of our symbols in it as `write` has it."""

    def one(match: re.Match[str]) -> str:
        if match["defined"]:
            delta, slope = write(Symbol(r"\delta")), write(Symbol("z", gradient=True))
            return delta if delta == slope else f"{delta} = {slope}"
        written = write(_read(match, sizes))
        # a ∂ alone is short for the whole
        return re.sub(r"∂[^/]*/∂", "∂", written) if match["gradient"] == "∂" else written

    return _PLAIN.sub(one, text)


def _read(match: re.Match[str], sizes: Sizes) -> Symbol:
    letter, lower = _LETTERS.get(match["letter"], match["letter"]), (match["lower"] or "").translate(_DIGITS)
    layer = (match["layer"] or "").translate(_DIGITS)
    if letter == "a" and lower and not layer and len(sizes) == 3:
        # of the only hidden layer
        layer = "1"
    if letter == "w":
        indices = tuple(lower.split(",")) if "," in lower else tuple(lower)
    else:
        indices = (lower,) if lower else ()
    return Symbol(letter, layer, indices, gradient=bool(match["gradient"]))


@lru_cache(maxsize=4096)
def in_plain_text(latex: str) -> str:
    r"""Return a symbol, as a notation writes it, in plain text: w⁽¹⁾₂₃ for w_{23}^{(1)}, net_h1 for \text{net}_{h1}."""
    if fraction := _FRACTION.fullmatch(latex):
        above, below = in_plain_text(fraction[1]), in_plain_text(fraction[2])
        return f"∂{above}/∂{below}"
    if latex.startswith(r"\nabla_{"):
        below, _, loss = latex.removeprefix(r"\nabla_{").rpartition("} ")
        # in words it is one of the numbers that is meant
        return f"∂{loss}/∂{in_plain_text(below)}"
    scripts = _SCRIPTS.search(latex)
    assert scripts is not None
    return _bare(latex[: scripts.start()]) + _above(scripts["above"] or "") + _below(scripts["below"] or "")


def _bare(letter: str) -> str:
    r"""Return a letter without its marks: dŷ for d\hat{y}, weight.grad for \text{weight.grad}."""
    plain = (
        re.sub(r"_\{\\text\{total\}\}|\\text\{([^{}]*)\}", r"\1", letter)
        .replace(r"\hat{y}", "ŷ")
        .replace(r"\hat{Y}", "Ŷ")
    )
    return re.sub(r"\\[a-zA-Z]+", lambda match: GREEK.get(match[0], match[0]), plain)


def _above(written: str) -> str:
    plain = _bare(written)
    return plain.translate(_RAISE) if re.fullmatch(r"\d+|\(\d+\)", plain) else f"^{plain}" if plain == "L" else plain


def _below(written: str) -> str:
    plain = written.replace(r" \to ", "→")
    return plain.translate(_LOWER) if re.fullmatch(r"[\d,]*", plain) else f"_{plain}"
