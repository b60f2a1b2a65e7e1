r"""A symbol of our formulas, taken apart: its letter, the layer above it, the indices below it.

Formulas are written once, in our own notation; other notations write the same symbols with other names.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

_INDICES = r"(?:_(?:\{(?P<lower>(?:[^{}]|\\text\{new\})*)\}|(?P<one>[a-z\d])))?"
_LAYER = r"(?:\^\{\((?P<layer>[^(){}]*|\\text\{out\})\)(?P<transposed>\\top)?\})?"
_SYMBOL = (
    r"(?P<letter>\\hat\{[yY]\}|\\(?:delta|Delta(?!\\theta)|eta|alpha)(?![a-zA-Z])"
    r"|(?<![a-zA-Z\\])(?:[WwbzaxyLJZAXY](?![a-zA-Z])|f(?='|\(|\Z)))"
    rf"(?P<again>\^\{{\\text\{{new\}}\}})?{_INDICES}(?P<later>\^\{{\\text\{{new\}}\}})?{_LAYER}"
)
# names of functions and environments, words, places at numbers, and all other commands
_OTHER = (
    r"\\(?:operatorname|text|begin|end|mathcal)\{[^{}]*\}|\\[VG]\[[^\]]*\]"
    r"|(?!\\hat\{[yY]\}|\\(?:delta|Delta(?!\\theta)|eta|alpha)(?![a-zA-Z]))\\[a-zA-Z]+"
)
_NESTED = r"(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*"
_GRADIENT = (
    rf"\\frac\{{\\partial L(?:_\{{(?P<example>[^{{}}]*)\}})?\}}\{{\\partial (?P<below>{_NESTED})\}}"
    r"|\\partial L / \\partial (?P<beside>[^ ,]+)"
)
_TOKEN = re.compile(f"{_GRADIENT}|(?P<other>{_OTHER})|{_SYMBOL}")
_ALONE = re.compile(_SYMBOL)
_NEW = re.compile(r"(?:,\\,)?\\text\{new\}")
# the deltas of Kronecker have two letters below
_KRONECKER = re.compile("[a-z]{2}")


@dataclass(frozen=True)
class Symbol:
    r"""A symbol: `letter` is ours in LaTeX, W w b z a x \hat{y} y \delta L J f \alpha or \eta; the rest as written.

    Capital Z A X \hat{Y} Y \Delta are those of all examples of a batch. `gradient` is whether it is the gradient of the
    loss by this, `example` of whose loss if it is one example's, `new` whether it is what comes after the update.
    """

    letter: str
    layer: str = ""
    indices: tuple[str, ...] = ()
    new: bool = False
    gradient: bool = False
    example: str = ""


def rewritten(latex: str, write: Callable[[Symbol], str]) -> str:
    """Return a formula of ours with each of its symbols as `write` has it."""

    def one(match: re.Match[str]) -> str:
        of = match["below"] or match["beside"]
        if match["other"]:
            return match[0]
        if of is None:
            return _written(match, write)
        alone = _ALONE.fullmatch(of)
        if alone is None or _is_kronecker(alone):
            return rf"\frac{{\partial {write(Symbol('L'))}}}{{\partial {rewritten(of, write)}}}"
        return write(replace(_read(alone), gradient=True, example=match["example"] or ""))

    return _TOKEN.sub(one, latex)


def _written(match: re.Match[str], write: Callable[[Symbol], str]) -> str:
    if _is_kronecker(match):
        return match[0]
    written = write(_read(match))
    return rf"{{{written}}}^{{\top}}" if match["transposed"] else written


def _read(match: re.Match[str]) -> Symbol:
    lower = match["lower"] or match["one"] or ""
    bare = _NEW.sub("", lower)
    return Symbol(
        letter=match["letter"],
        layer=match["layer"] or "",
        indices=_indices(match["letter"], bare),
        new=bare != lower or bool(match["again"] or match["later"]),
    )


def _indices(letter: str, lower: str) -> tuple[str, ...]:
    if letter not in ("w", "J") or not lower:
        return (lower,) if lower else ()
    return tuple(lower.split(",")) if "," in lower else tuple(lower)


def _is_kronecker(match: re.Match[str]) -> bool:
    two = _KRONECKER.fullmatch(match["lower"] or "")
    return match["letter"] == r"\delta" and bool(two) and not match["layer"]
