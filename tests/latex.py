r"""Reads the engine's LaTeX back as arithmetic, as strictly as a reader has to who sees it typeset.

`\V{...}` and `\G{...}` only colour what they hold, so `2 - \V{-1}` is two signs in a row here as it is on paper.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

import autograd.numpy as np
from autograd.scipy import special, stats

from engine.formulas.steps import put
from engine.network.activations import ACTIVATIONS, Activation

SELU_SCALE, SELU_ALPHA = 1.0507009873554804934193349852946, 1.6732632423543772848170429916717
# a row of a matrix may ask for more space, \\[6pt]
_TOKEN = re.compile(r"\\\\\[\d+pt\]|\\(?:begin|end|operatorname)\{\w+\}|\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|\S")
_MARKED = re.compile(r"\\[VG]\{((?:[^{}]|\{[^{}]*\})*)\}")
_CLOSERS = {"}": "{", r"\right": r"\left"}
TRANSPOSED = r"\transposed"
_SPACE = {r"\,", r"\left", r"\right"}
_CLOSING = {"(": ")", "[": "]", "|": "|", "{": "}"}
_CONSTANTS = {r"\lambda": SELU_SCALE, r"\alpha": SELU_ALPHA, "e": np.e}
_RELATIONS: dict[str, Callable[[Any, Any], Any]] = {
    ">": np.greater, "<": np.less, r"\le": np.less_equal, r"\ge": np.greater_equal,
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    r"\ln": np.log,
    "erf": special.erf,
    r"\Phi": stats.norm.cdf,
    r"\varphi": stats.norm.pdf,
    "sign": np.sign,
    r"\rho": lambda r: np.where(np.abs(r) <= 1.0, 0.5 * r * r, np.abs(r) - 0.5),
}


class NotReadable(AssertionError):
    """A formula that has no meaning, or two, as it would be typeset."""


def marked(latex: str) -> list[str]:
    """The numbers that a formula marks for colour, as written."""
    return _MARKED.findall(latex)


def number_of(written: str) -> float:
    """The number that was written as one, or as one times a power of ten."""
    return float(written.replace(r"\cdot 10^{", "e").replace("}", ""))


def require_balanced(latex: str) -> None:
    r"""Every brace, environment and \left is closed by its own kind."""
    unclosed: list[str] = []
    for token in re.findall(r"\\(?:begin|end)\{\w+\}|\\left\b|\\right\b|[{}]", latex):
        opener = _CLOSERS.get(token) or (token.replace("end", "begin") if "end" in token else "")
        if not opener:
            unclosed.append(token)
        else:
            assert unclosed and unclosed.pop() == opener, latex
    assert not unclosed, latex


def evaluate(latex: str, parameter: float | None = None, **known: Any) -> Any:
    """What a formula comes to: a number, or an array for a matrix. `parameter` is that of a named activation."""
    formula, *wheres = _MARKED.sub(r"\1", latex).replace(r"^{\top}", TRANSPOSED).split(r",\quad")
    for where in wheres:
        name, definition = where.split("=", 1)
        known[name.strip()] = evaluate(definition, parameter, **known)
    reader = _Reader(formula, parameter, known)
    value = reader.sum()
    if reader.token:
        raise NotReadable(f"{reader.token!r} is left over in {latex}")
    return value


def function(record: Activation) -> Callable[[Any, float | None], Any]:
    """The function that an activation's formula says, of z and the parameter; a softmax's formula has indices."""
    if record.name == "softmax":
        return lambda z, _: np.exp(z - special.logsumexp(z, axis=-1, keepdims=True))
    latex, default = put(record.latex, z="z", p=r"\p"), record.parameter.default if record.parameter else 0.0

    def value(z: Any, own: float | None) -> Any:
        # of one row, as the reader takes tables for matrices
        return np.reshape(evaluate(latex, z=np.ravel(z), **{r"\p": default if own is None else own}), np.shape(z))

    return value


def _bare(name: str) -> str:
    return name.removeprefix(r"\operatorname{").removesuffix("}")


_NAMED = {_bare(record.symbol): function(record) for record in ACTIVATIONS.values()}


class _Reader:
    def __init__(self, latex: str, parameter: float | None, known: dict[str, Any]) -> None:
        self.latex, self.parameter, self.known = latex, parameter, _CONSTANTS | known
        self.tokens: Iterator[str] = (
            token.split("[")[0] if token.startswith(r"\\") else token
            for token in _TOKEN.findall(latex)
            if token not in _SPACE
        )
        self.token = ""
        self.next()

    def next(self) -> str:
        before, self.token = self.token, next(self.tokens, "")
        return before

    def expect(self, token: str) -> None:
        if self.next() != token:
            raise NotReadable(f"no {token!r} where it should be in {self.latex}")

    def sum(self) -> Any:
        sign = -1.0 if self.token == "-" and self.next() else 1.0
        value = sign * self.product()
        while self.token in ("+", "-"):
            sign = 1.0 if self.next() == "+" else -1.0
            value = value + sign * self.product()
        return value

    def product(self) -> Any:
        value = self.power()
        number = self.was_number
        while self.token and self.token not in ("+", "-", ",", "&", "=", *_RELATIONS, *")]}|", r"\\"):
            if self.token.startswith(r"\end"):
                break
            dot = self.next() if self.token in (r"\cdot", r"\odot") else ""
            factor = self.power()
            if not dot and number and self.was_number:
                raise NotReadable(f"two numbers side by side in {self.latex}")
            number = self.was_number
            value = value @ factor if _is_matrix_product(value, factor, dot) else value * factor
        return value

    def power(self) -> Any:
        number = self.token[:1].isdigit()
        value = self.atom()
        if self.token == TRANSPOSED and self.next():
            value = np.transpose(value)
        value = value ** self.exponent()
        if self.token == "^":
            raise NotReadable(f"a power of a power in {self.latex}")
        self.was_number = number
        return value

    def group(self) -> Any:
        if self.token == "{":
            return self.bracket()
        token = self.next()
        return self.known[token] if token in self.known else float(token)

    def bracket(self) -> Any:
        closing = _CLOSING[self.next()]
        value = self.sum()
        self.expect(closing)
        return np.abs(value) if closing == "|" else value

    def atom(self) -> Any:
        if self.token in _CLOSING:
            return self.bracket()
        if self.token.startswith(r"\begin"):
            return self.cases() if self.token == r"\begin{cases}" else self.matrix()
        token = self.next()
        if token[:1].isdigit():
            return float(token)
        return self.known[token] if token in self.known else self.command(token)

    def command(self, token: str) -> Any:
        if token in (r"\frac", r"\tfrac"):
            return self.group() / self.group()
        if token == r"\sqrt":
            return np.sqrt(self.group())
        if token in (r"\max", r"\min"):
            return self.extreme(np.maximum if token == r"\max" else np.minimum)
        return self.called(_bare(token))

    def called(self, name: str) -> Any:
        power = self.exponent()
        argument = self.atom()
        if name in _FUNCTIONS:
            return _FUNCTIONS[name](argument) ** power
        if name not in _NAMED:
            raise NotReadable(f"{name!r} is unknown in {self.latex}")
        if np.ndim(argument) == 2 and np.shape(argument)[0] == 1:
            return _NAMED[name](argument, self.parameter) ** power
        # a column runs down, a layer along the last axis
        return np.transpose(_NAMED[name](np.transpose(argument), self.parameter)) ** power

    def exponent(self) -> Any:
        return self.group() if self.token == "^" and self.next() else 1.0

    def extreme(self, choose: Callable[[Any, Any], Any]) -> Any:
        self.expect("(")
        first = self.sum()
        self.expect(",")
        value = choose(first, self.sum())
        self.expect(")")
        return value

    def rows(self) -> Iterator[list[Any]]:
        kind = self.next()[7:-1]
        while self.token != rf"\end{{{kind}}}":
            row = [self.cell()]
            while self.token == "&" and self.next():
                row.append(self.cell())
            yield row
            if self.token == r"\\":
                self.next()
        self.next()

    def cell(self) -> Any:
        value = self.sum()
        return _RELATIONS[self.next()](value, self.sum()) if self.token in _RELATIONS else value

    def matrix(self) -> Any:
        return np.array(list(self.rows()))

    def cases(self) -> Any:
        rows = list(self.rows())
        if not np.all(sum(np.where(holds, 1, 0) for _, holds in rows) == 1):
            raise NotReadable(f"no case, or two, in {self.latex}")
        return sum(np.where(holds, value, 0.0) for value, holds in rows)


def _is_matrix_product(left: Any, right: Any, dot: str) -> bool:
    return dot != r"\odot" and np.ndim(left) == 2 and np.ndim(right) == 2
