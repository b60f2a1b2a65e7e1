r"""Evaluates a line of a derivation: d/dz, sums over an index, [i = j] and indexed names, on top of tests/latex.py.

Derivatives are taken by difference quotients, so a line is judged by nothing that was used to write it.
"""

import math
import re
from collections.abc import Mapping
from itertools import count
from string import ascii_letters
from typing import Any

import numpy as np

from tests.latex import evaluate

_DERIVATIVE = re.compile(r"\\frac\{(?:d|\\partial)\}\{(?:d|\\partial )(?P<of>[^{}]+(?:\{y\}_\w)?)\}(?:\\,)?")
_SUM = re.compile(r"\\sum_(?:(?P<index>[a-z])|\{(?P<other>[a-z]) \\ne (?P<without>\w)\})\s*")
_NAMED = re.compile(r"(?P<name>z|y|a|\\hat\{y\})_(?P<number>\d)")
_OPEN, _CLOSE = ("{", "(", "[", r"\begin"), ("}", ")", "]", r"\end")
H = 1e-3

Values = Mapping[str, Any]


def worth(latex: str, values: Values, n: int = 1) -> float:
    r"""What a line comes to: `values` holds z or z_1, a_1, \hat{y}_1, y_1, ... (indices are numbers by then)."""
    return _worth(_signs(_sums(latex, n)), dict(values))


def at(latex: str, **indices: int) -> str:
    """The line with its free indices put in."""
    for index, number in indices.items():
        latex = re.sub(rf"_{index}(?![a-zA-Z])", f"_{number}", latex)
        latex = re.sub(rf"(?<=\[){index}(?= =)|(?<== ){index}(?=\])|(?<=\\ne ){index}(?=\}})", str(number), latex)
    return latex


def operand(latex: str) -> str:
    """The product at the start of `latex`: up to a sign, a cell's end or a closing bracket outside all brackets."""
    depth, place = 0, 1 if latex.startswith("-") else 0
    while place < len(latex):
        rest = latex[place:]
        if rest.startswith(_OPEN):
            depth += 1
        elif rest.startswith(_CLOSE):
            depth -= 1
        if depth < 0 or (depth == 0 and rest.startswith((" + ", " - ", " & ", r"\\"))):
            # a closing \right) belongs to the bracket around
            return latex[:place].removesuffix(r"\right")
        place += 1
    return latex


def _sums(latex: str, n: int) -> str:
    while found := _SUM.search(latex):
        body, index = operand(latex[found.end() :]), found["index"] or found["other"]
        numbers = [k for k in range(1, n + 1) if str(k) != found["without"]]
        terms = " + ".join(rf"\left({at(body, **{index: k})}\right)" for k in numbers)
        latex = rf"{latex[: found.start()]}\left({terms}\right){latex[found.end() + len(body) :]}"
    return re.sub(r"\[(\d) = (\d)\]", lambda pair: rf"({int(pair[1] == pair[2])})", latex)


def _signs(latex: str) -> str:
    return re.sub(r"\\operatorname\{sign\}\(([^()]*)\)", r"\\frac{\1}{|\1|}", latex)


def _worth(latex: str, values: dict[str, Any]) -> float:
    names = (f"\\{'Q' * (1 + number // 52)}{ascii_letters[number % 52]}" for number in count())
    known: dict[str, float] = {}
    while found := _DERIVATIVE.search(latex):
        body, name = operand(latex[found.end() :]), next(names)
        known[name] = _quotient(body, found["of"], values)
        latex = f"{latex[: found.start()]}{name} {latex[found.end() + len(body) :]}"
    for written in sorted({match[0] for match in _NAMED.finditer(latex)}):
        name = next(names)
        known[name] = values[written]
        latex = latex.replace(written, f"{name} ")
    known |= {token: value for token, value in values.items() if "_" not in token and token != "parameter"}
    return float(np.squeeze(evaluate(latex, values.get("parameter"), **known)))


def _quotient(body: str, of: str, values: dict[str, Any]) -> float:
    """Five points, with an error of H to the fourth."""
    f = [_worth(body, values | {of: values[of] + k * H}) for k in (-2, -1, 1, 2)]
    return math.fsum((f[0], -8 * f[1], 8 * f[2], -f[3])) / (12 * H)
