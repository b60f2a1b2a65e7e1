r"""Formulas for the two places that draw them: KaTeX on the page, and Plotly's pseudo-HTML inside a figure.

Both come from the same LaTeX (engine/formulas/equations.py), whose `\V{...}` and `\G{...}` become the palettes'
colours. Plotly in Streamlit has no MathJax, so the LaTeX that the engine writes, and no more than that, is turned into
tags. The names of places at numbers (engine/formulas/marks.py) are kept in `classed` only.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import escape
from itertools import chain
from string import ascii_letters

from engine.formulas.equations import unmarked
from engine.formulas.plain import GREEK
from engine.memory import remembered
from pages.figures.theme import Theme

# as in TeX, the space after a command's name only ends the name; a row may ask for more space, \\[6pt]; a coloured
# number whose digits are blanked is one token, and so is one's command with the place of the number
_TOKEN = re.compile(
    r"\\[VG](?:\[[a-z\d.]+\])?\{-?\0\}|\\[VG]\[[a-z\d.]+\]"
    r"|\\\\\[\d+pt\]|\\begin\{\w+\}|\\end\{\w+\}|\\[a-zA-Z]+\s*|\\.|\s+|.",
    re.DOTALL,
)
_NUMBER = re.compile(r"\\([VG])\{((?:[^{}]|\{[^{}]*\})*)\}")
# the digits of a coloured number without an exponent, as most are, and what stands for them
_DIGITS = re.compile(r"(\\[VG](?:\[[a-z\d.]+\])?\{-?)([\d.]+)(?=\})")
_BLANK = "\0"
_SYMBOLS = {
    **GREEK, r"\cdot": " · ", r"\odot": " ⊙ ", r"\partial": "∂", r"\sum": "Σ", r"\top": "⊤",
    r"\dots": "…", r"\cdots": "…", r"\vdots": "…", r"\ddots": "…", r"\,": " ", r"\quad": " ",
    r"\approx": " ≈ ", r"\to": "→", r"\nabla": "∇", r"\lVert": "‖", r"\rVert": "‖",
    r"\times": " × ", r"\mathbf": "", r"\le": " ≤ ", r"\ge": " ≥ ", r"\leftarrow": " ← ", r"\left": "", r"\right": "",
    r"\max": "max", r"\min": "min", r"\tanh": "tanh", r"\ln": "ln ",
    "<": "&lt;", ">": "&gt;", "-": "−", "'": "′", "&": " ",
}  # fmt: skip
_PLAIN = (
    _SYMBOLS | {letter: f"<i>{letter}</i>" for letter in ascii_letters} | {sign: sign for sign in "0123456789.,=+ "}
)


def katex(latex: str, theme: Theme) -> str:
    """Return the LaTeX with its marked numbers in the theme's colours."""
    return _NUMBER.sub(lambda m: rf"\textcolor{{{_ink(m[1], m[2], theme)}}}{{{m[2]}}}", unmarked(latex))


def html(latex: str, theme: Theme) -> str:
    """Return the formula in Plotly's pseudo-HTML: <i>, <b>, <sub>, <sup> and coloured spans only."""
    return _filled(unmarked(latex), theme, short=False)


def classed(latex: str, theme: Theme) -> str:
    """Return the formula as HTML whose numbers have the classes vp, vn, gp and gn instead of colours: much shorter.

    Numbers with a place have its name as their `data-of`.
    """
    return _filled(latex, theme, short=True)


def literal(text: str) -> str:
    """Return text that is not ours, such as a column's name, so that Plotly shows it letter by letter."""
    return escape(text, quote=False)


def shortened(name: str, most: int) -> str:
    """Return a name that is not ours for little room, its end kept too, which tells it from others; shown literally.

    The whole of it is to stand in a tooltip.
    """
    if len(name) <= most:
        return literal(name)
    end = (most - 1) // 2
    return literal(f"{name[: most - 1 - end]}…{name[len(name) - end :]}")


def _filled(latex: str, theme: Theme, short: bool) -> str:
    # After an edit most formulas differ in their digits only, so a formula is read once with its digits blanked.
    # text, opening, digits, and so on, at last a text
    pieces = _DIGITS.split(latex)
    digits = pieces[2::3]
    pieces[2::3] = [_BLANK] * len(digits)
    first, *others = _template("".join(pieces), theme, short)
    return first + "".join(chain.from_iterable(zip(digits, others, strict=True)))


@remembered
def _template(latex: str, theme: Theme, short: bool) -> tuple[str, ...]:
    written = _tidy(_Reader(latex, theme).sequence())
    if short:
        for name, palette in (("v", theme.value), ("g", theme.gradient)):
            for sign, colour in (("p", palette.positive_text), ("n", palette.negative_text)):
                written = written.replace(f'<span style="color:{colour}"', f"<span class={name}{sign}")
    return tuple(written.split(_BLANK))


def _ink(kind: str, number: str, theme: Theme) -> str:
    palette = theme.value if kind == "V" else theme.gradient
    return palette.ink(-1.0 if number.startswith("-") else 1.0)


class _Reader:
    """A reader of the engine's LaTeX, one token at a time."""

    def __init__(self, latex: str, theme: Theme) -> None:
        self.tokens: Iterator[str] = map(_name, _TOKEN.findall(latex))
        self.theme = theme

    def sequence(self, end: str = "") -> str:
        """Return everything up to the token `end`, or to the last one."""
        parts = []
        for token in self.tokens:
            if token == end:
                break
            parts.append(self._one(token))
        return "".join(parts)

    def _one(self, token: str) -> str:
        plain = _PLAIN.get(token)
        if plain is not None:
            return plain
        if token[:3] in _NUMBERS:
            return self.number(token)
        if token in ("{", "_", "^"):
            return self._group(token)
        if token in _COMMANDS or token.startswith(r"\begin"):
            return _COMMANDS[token](self) if token in _COMMANDS else self._table(token[7:-1])
        return f"<i>{token}</i>" if len(token) == 1 and token.isalpha() else token

    def _group(self, token: str) -> str:
        if token == "{":
            return self.sequence("}")
        tag = "sub" if token == "_" else "sup"
        return f"<{tag}>{self.argument()}</{tag}>"

    def argument(self) -> str:
        """Return the next group or symbol."""
        return self._one(next(self.tokens, ""))

    def plain(self) -> str:
        """Return the next group as upright letters."""
        return re.sub(r"</?i>", "", self.argument())

    def number(self, token: str) -> str:
        """Return a number, of which the digits are blanked or the next group, in the colour of its kind and sign."""
        place, _, digits = token[2:].partition("{")
        written = digits[:-1].replace("-", "−") if digits else self.argument()
        palette = self.theme.value if token[1] == "V" else self.theme.gradient
        colour = palette.ink(-1.0 if written.startswith("−") else 1.0)
        where = f" data-of={place[1:-1]}" if place else ""
        return f'<span style="color:{colour}"{where}>{written}</span>'

    def fraction(self) -> str:
        """Return the next two groups as above/below on one line."""
        above, below = self.argument(), self.argument()
        # 1/2r would be read as one over 2r
        return "½" if (above, below) == ("1", "2") else f"{_bracketed(above)}/{_bracketed(below)}"

    def with_below(self) -> str:
        """Return the next two groups, what stands below first, as the second with the first as its index."""
        below = self.argument()
        return f"{self.argument()}<sub>{below}</sub>"

    def _table(self, kind: str) -> str:
        body = []
        for token in self.tokens:
            if token == rf"\end{{{kind}}}":
                break
            body.append(_SEPARATORS[kind].get(token) or self._one(token))
        written = "".join(body).strip()
        return f"{{{written}}}" if kind == "cases" else f"[{written}]"


@lru_cache(maxsize=1024)
def _name(token: str) -> str:
    if token.startswith(r"\\"):
        return r"\\"
    return token.rstrip() if token[0] == "\\" and token[1:2].isalpha() else token


def _tidy(written: str) -> str:
    return re.sub(r"\s+(?=[,;\]])", "", re.sub(r"\s+", " ", written))


def _bracketed(written: str) -> str:
    bare = re.sub(r"<[^>]*>", "", written)
    return f"({written})" if re.search(r"\s[+−·]\s|\S[+]\S", bare) else written


# what a number whose digits are blanked, or one with a place, begins with
_NUMBERS = (r"\V{", r"\G{", r"\V[", r"\G[")
_SEPARATORS = {"pmatrix": {"&": ", ", r"\\": ", "}, "cases": {"&": " if ", r"\\": "; "}}

_COMMANDS: dict[str, Callable[[_Reader], str]] = {
    r"\V": lambda reader: reader.number(r"\V"),
    r"\G": lambda reader: reader.number(r"\G"),
    r"\frac": _Reader.fraction,
    r"\tfrac": _Reader.fraction,
    r"\operatorname": _Reader.plain,
    r"\text": _Reader.plain,
    r"\mathcal": _Reader.plain,
    # the combining circumflex; on the letter of a prediction a letter of its own exists
    r"\hat": lambda reader: f"<i>{reader.plain()}\u0302</i>".replace("y\u0302", "ŷ"),
    # a matrix with its shape
    r"\underset": _Reader.with_below,
    r"\sqrt": lambda reader: f"√({reader.argument()})",
}
