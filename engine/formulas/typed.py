"""A number as it is typed: with a decimal point or comma, as a fraction, or as a little arithmetic.

Read by rules of its own and never evaluated as code; length, depth and size are bounded.
"""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from engine.errors import InvalidExperiment

MAX_CHARACTERS, MAX_DEPTH = 100, 20
# of a pasted block
MAX_CELLS = 10_000
EXAMPLES = "0.5, 0,5, −1e-3, 1/3 or sqrt(2)/2"

Argument = TypeVar("Argument")
Function = Callable[[float], float]
# a function of several numbers, which are separated by semicolons
Several = Callable[[Sequence[float]], float]
FUNCTIONS: Mapping[str, Function] = {
    "sqrt": math.sqrt,
    "exp": math.exp,
    "ln": math.log,
    "log10": math.log10,
    "abs": abs,
    "tanh": math.tanh,
}
CONSTANTS: Mapping[str, float] = {"pi": math.pi, "π": math.pi, "e": math.e}

# what keyboards, spreadsheets and this app itself write for the plain signs
_SIGNS = str.maketrans({
    "−": "-", "–": "-", "‐": "-", "‑": "-", "－": "-", "﹣": "-", "＋": "+",
    "×": "*", "·": "*", "⋅": "*", "∗": "*", "÷": "/", "∕": "/", "⁄": "/", "，": ",", "．": ".",
})  # fmt: skip
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹", "-+0123456789")
_POWER = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
# [[0.1, 0.2], [0.3, 0.4]], perhaps as array(…) or tensor(…)
_LIST = re.compile(r"\s*(?:(?:np\.|torch\.)?(?:array|tensor)\()?\s*\[")
_ROW = re.compile(r"\[([^\[\]]*)\]")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?)(?![0-9.,])"
    r"|(?P<name>[a-zA-Zπ]+(?:10)?)|(?P<sign>\*\*|[-+*/^();]))"
)


def parse_number(
    text: str,
    functions: Mapping[str, Function] = FUNCTIONS,
    *,
    more: Mapping[str, Function] | None = None,
    several: Mapping[str, Several] | None = None,
) -> float:
    """Return the number that a text says; `functions` are those it may use, by name, and `more` further ones.

    `several` are functions of several numbers, which semicolons separate. A comma is a decimal comma. Raises
    InvalidExperiment, naming the text, for anything that is not a finite number.
    """
    if not isinstance(text, str):
        raise InvalidExperiment("A number must be given as text.")
    if len(text) > MAX_CHARACTERS:
        raise InvalidExperiment(
            f"“{text[:20]}…” has {len(text):,} characters; a number may be written with up to {MAX_CHARACTERS}."
        )
    return _Reader(text, {**functions, **(more or {})}, several or {}).whole()


def split_block(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the cells of a block from a spreadsheet, row by row, all rows of the same length.

    Cells are separated by tabs, semicolons or commas; the commas are decimal ones where tabs or semicolons separate. A
    list of Python's, or what NumPy prints, has a row in each pair of brackets, in which commas or spaces separate.
    Raises InvalidExperiment for rows of different lengths and for more than MAX_CELLS cells.
    """
    rows = (_LIST.match(text) and _in_brackets(text)) or _in_lines(text)
    if not rows or len({len(row) for row in rows}) > 1:
        raise InvalidExperiment("The rows of what was pasted are not equally long.")
    if len(rows) * len(rows[0]) > MAX_CELLS:
        raise InvalidExperiment(f"Up to {MAX_CELLS:,} numbers can be pasted at once; these are {len(rows)} rows.")
    return rows


def _in_lines(text: str) -> tuple[tuple[str, ...], ...]:
    lines = text.strip("\r\n").splitlines()
    separator = next((sign for sign in "\t;" if sign in text), "," if _commas_separate(lines) else "\t")
    return tuple(tuple(line.split(separator)) for line in lines)


def _in_brackets(text: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(cell for cell in re.split(r"[,;\s]+", row) if cell) for row in _ROW.findall(text))


def _commas_separate(lines: Sequence[str]) -> bool:
    # one comma in a line may be a decimal one, unless a point or a space says otherwise
    return any(line.count(",") > 1 or ("," in line and ("." in line or ", " in line)) for line in lines)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str


class _Reader:
    """Reads by the grammar sum → product → signed → power → single, one method each."""

    def __init__(self, text: str, functions: Mapping[str, Function], several: Mapping[str, Several]) -> None:
        self._text, self._functions, self._several, self._depth = text.strip(), functions, several, 0
        self._tokens = self._split(_POWER.sub(_plain_power, text).translate(_SIGNS).strip())
        self._next = 0

    def whole(self) -> float:
        """Return the number, if the text is one from its first to its last sign."""
        number = self._sum()
        if self._next < len(self._tokens):
            self._fail()
        return number

    def _split(self, text: str) -> list[_Token]:
        tokens, at = [], 0
        while at < len(text):
            match = _TOKEN.match(text, at)
            if not match:
                self._fail()
            tokens.append(_Token(match.lastgroup or "", match[match.lastgroup or 0]))
            at = match.end()
        return tokens

    def _sum(self) -> float:
        number = self._product()
        while sign := self._taken("+", "-"):
            other = self._product()
            number = self._finite(number + other if sign == "+" else number - other)
        return number

    def _product(self) -> float:
        number = self._signed()
        while sign := self._taken("*", "/"):
            other = self._signed()
            if sign == "/" and other == 0:
                self._fail("divides by zero")
            number = self._finite(number * other if sign == "*" else number / other)
        return number

    def _signed(self) -> float:
        sign = self._taken("+", "-")
        if not sign:
            return self._power()
        number = self._deeper(self._signed)
        return -number if sign == "-" else number

    def _power(self) -> float:
        base = self._single()
        if not self._taken("^", "**"):
            return base
        return self._applied(lambda exponent: math.pow(base, exponent), self._deeper(self._signed))

    def _single(self) -> float:
        if self._taken("("):
            return self._closed()
        if self._next == len(self._tokens):
            self._fail()
        token = self._tokens[self._next]
        self._next += 1
        if token.kind == "number":
            return self._finite(float(token.text.replace(",", ".")))
        if token.text in CONSTANTS:
            return CONSTANTS[token.text]
        if token.text in self._several and self._taken("("):
            return self._applied(self._several[token.text], self._closed_list())
        if token.text not in self._functions or not self._taken("("):
            self._fail()
        return self._applied(self._functions[token.text], self._closed())

    def _closed(self) -> float:
        number = self._deeper(self._sum)
        if not self._taken(")"):
            self._fail()
        return number

    def _closed_list(self) -> list[float]:
        numbers = [self._deeper(self._sum)]
        while self._taken(";"):
            numbers.append(self._deeper(self._sum))
        if not self._taken(")"):
            self._fail()
        return numbers

    def _applied(self, function: Callable[[Argument], float], given: Argument) -> float:
        try:
            return self._finite(float(function(given)))
        except OverflowError:
            return self._finite(math.inf)
        except ValueError:
            self._fail("has no value")

    def _deeper(self, read: Callable[[], float]) -> float:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail("has too many brackets or signs inside each other")
        number = read()
        self._depth -= 1
        return number

    def _taken(self, *signs: str) -> str:
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        if token is None or token.kind != "sign" or token.text not in signs:
            return ""
        self._next += 1
        return token.text

    def _finite(self, number: float) -> float:
        if not math.isfinite(number):
            self._fail("is too large for 64-bit numbers")
        return number

    def _fail(self, why: str = "") -> NoReturn:
        if not self._text:
            raise InvalidExperiment(f"A number is missing. Write for example {EXAMPLES}.")
        if why:
            raise InvalidExperiment(f"“{self._text}” {why}.")
        raise InvalidExperiment(f"“{self._text}” is not a number. Write for example {EXAMPLES}.")


def _plain_power(match: re.Match[str]) -> str:
    return f"^({match[0].translate(_RAISED)})"
