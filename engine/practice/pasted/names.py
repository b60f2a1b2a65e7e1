"""Which number of a learning step a name means, in the notations that books and libraries use.

z1, Z[1], net_h1, δ⁽²⁾, dL_dW2, fc1.weight.grad, nabla_b[0], y_hat, E_total, new_W1, w5 (numbered through the layers).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from engine.arrays import Array
from engine.gradcheck.by_hand import Problem
from engine.practice.pasted.scanning import OF
from engine.practice.quantity import Quantity

# what has been given, and is not asked for
GIVEN_W, GIVEN_B = "W", "b"

_LETTERS = {
    word: letter
    for letter, words in {
        "z": "z zs net logit logits preactivation pre in sum",
        "a": "a out h o act activation activations output outputs yhat ypred ŷ pred preds prediction predictions probs",
        "delta": "delta deltas δ",
        "w": "w weight weights kernel coef coefs",
        "b": "b bias biases intercept intercepts",
        "loss": "loss l cost c j e error etotal mse bce ce",
    }.items()
    for word in words.split()
}
# names of what is the output's, whatever number they have
_OF_OUTPUT = {
    "yhat", "ypred", "ŷ", "pred", "preds", "prediction", "predictions", "output", "outputs", "probs", "logit",
    "logits", "o",
}  # fmt: skip
_GRADIENTS = {"z": "delta", "a": "da", "w": "dw", "b": "db", "delta": "delta"}
_NEW = {"new", "updated", "after", "next"}
_SLOPES = {"grad", "gradient", "gradients", "nabla", "∇", "d"}
_HIDDEN, _OUTPUT = {"hidden", "hid"}, {"output", "out", "last", "final"}
# words that say nothing here, of which names of modules are made
_SILENT = {
    "layer", "layers", "fc", "linear", "lin", "dense", "model", "self", "the", "of", "total", "neuron", "parameter",
    "step", "module", "params", "grads", "cache", "values", "value", "numbers", "first", "weighted",
}  # fmt: skip
# what a calculation begins with
_NOT_ASKED = {
    "x", "y", "η", "eta", "lr", "rate", "learning", "epoch", "input", "inputs", "target", "targets", "t", "iteration",
    "iter", "seed",
}  # fmt: skip

_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
_SUPERSCRIPT = re.compile("⁽?([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾?")
_SUBSCRIPT = re.compile("([₀₁₂₃₄₅₆₇₈₉]+)")
_POWER = re.compile(r"\^\s*[\[({]*\s*(\d{1,2})\s*[\])}]*|(?<=\w)\((\d{1,2})\)")
_FRACTION = re.compile(
    r"(?:∂|d|partial)\s*_?(?:loss|cost|error|etotal|e_total|[lcje])\s*[/_]+\s*(?:∂|d|partial)\s*_?", re.IGNORECASE
)
_WORD = re.compile(r"@\d+|\d+|[^\W\d_]+|∇|∂")
_PLUS = re.compile(r"\+\s*$")


@dataclass(frozen=True, kw_only=True)
class Named:
    """A name taken apart: the letter it means, whether it is a slope or after the step, and its numbers."""

    letter: str
    word: str
    slope: bool
    new: bool
    # a layer that is written as such, z⁽²⁾, and all other numbers
    layer: int | None
    numbers: tuple[int, ...]
    hidden: bool
    output: bool


def named(text: str) -> Named | None:
    """Return a name taken apart; None where nothing in it says what it means."""
    head, of, label = text.partition(OF)
    if of and (named_in_row := _of_row(head, label)) is not None:
        return named_in_row or None
    return _named(_words(text))


def not_asked(text: str) -> bool:
    """Return whether a name is of what a calculation begins with, or of a part that nobody asks for."""
    words = _words(text)
    letters = [word for word in words if word in _LETTERS and word not in ("in", "input")]
    return bool(_NOT_ASKED & set(words)) and (OF in text or not letters)


def _of_row(head: str, label: str) -> "Named | Literal[False] | None":
    """A cell of a table: the heading says which number, the row of what. False for none that is asked for."""
    words, of = _words(head), _words(label)
    if "η" in words or "x" in of:
        return False
    if not any(word in _LETTERS for word in words):
        return None
    found, row = _named(words), _named(of)
    if found is None or row is None:
        return None
    return replace(found, layer=row.layer, numbers=row.numbers, hidden=row.hidden, output=row.output)


def _named(words: list[str]) -> Named | None:
    letter = _letter(words)
    # one output's part of the loss is none of ours
    if letter is None or (_LETTERS[letter] == "loss" and "o" in words):
        return None
    layers = [int(word[1:]) for word in words if word.startswith("@")]
    return Named(
        letter=_LETTERS[letter],
        word=letter,
        slope=any(word in _SLOPES for word in words),
        new=any(word in _NEW for word in words),
        layer=layers[0] if layers else None,
        numbers=tuple(int(word) for word in words if word.isdecimal()),
        hidden=any(word in _HIDDEN for word in words) or ("h" in words and letter != "h"),
        output=letter in _OF_OUTPUT
        or any(word in _OUTPUT and word != letter for word in words)
        or ("o" in words and letter != "o"),
    )


def _letter(words: list[str]) -> str | None:
    """The word that says which number is meant; h and o beside another one say which layer."""
    letters = [word for word in words if word in _LETTERS]
    of_places = [word for word in letters if word not in ("h", "o", "in", "out", "output", "outputs")]
    if not of_places:
        first = [word for word in letters if word not in ("h", "o")]
        return next(iter(first or letters), None)
    no_loss = [word for word in of_places if _LETTERS[word] != "loss"]
    return (no_loss or of_places)[-1]


def _words(text: str) -> list[str]:
    text = text.replace("y_hat", "yhat").replace("y_pred", "ypred").replace("E_total", "etotal").replace("Δ", "δ")
    text = _PLUS.sub(" new", text)
    text = _SUPERSCRIPT.sub(lambda match: f" @{match[1].translate(_RAISED)} ", text[:120])
    text = _SUBSCRIPT.sub(lambda match: f" {match[1].translate(_LOWERED)} ", text)
    text = unicodedata.normalize("NFKC", text)
    text = _POWER.sub(lambda match: f" @{match[1] or match[2]} ", text)
    text = _FRACTION.sub(" grad ", text).replace("∂", " grad ").casefold()
    words = list[str]()
    for word in _WORD.findall(text):
        words += _unfolded(word)
    return [word for word in words if word not in _SILENT]


def _unfolded(word: str) -> list[str]:
    """A word, or the d of dW, dz, db and the letter behind it; z of zh1."""
    if word in _LETTERS or word in _NEW or word in _SLOPES | _HIDDEN | _OUTPUT | _SILENT:
        return [word]
    if word.startswith("d") and word[1:] in _LETTERS:
        return ["grad", word[1:]]
    if word.startswith("new") and word[3:] in _LETTERS:
        return ["new", word[3:]]
    if word.endswith("new") and word[:-3] in _LETTERS:
        return [word[:-3], "new"]
    return [word]


def quantity(name: Named, values: Array, problem: Problem, zero_based: bool) -> Quantity | None:
    """Return what of a problem a name means, with kind "W" or "b" for what was given; None for nothing.

    zero_based: whether the names that go with it count layers from 0.
    """
    if name.letter == "loss" and not name.slope:
        return Quantity("loss")
    kind = _kind(name)
    if kind is None:
        return None
    if values.ndim == 0:
        return _cell(name, kind, problem, zero_based)
    layer = _layer(name, problem, zero_based)
    return None if layer is None else Quantity(kind, layer)


def _kind(name: Named) -> str | None:
    if name.letter in ("w", "b"):
        if name.slope:
            return _GRADIENTS[name.letter]
        return f"new_{name.letter}" if name.new else {"w": GIVEN_W, "b": GIVEN_B}[name.letter]
    return _GRADIENTS.get(name.letter) if name.slope else name.letter if name.letter != "loss" else None


def _layer(name: Named, problem: Problem, zero_based: bool) -> int | None:
    last = len(problem.network.layers)
    if name.layer is not None:
        found = name.layer + (zero_based and name.layer < last)
    elif name.numbers:
        found = name.numbers[0] + (zero_based and name.numbers[0] < last)
    elif name.output or last == 1:
        found = last
    elif name.hidden and last == 2:
        found = 1
    else:
        return None
    return found if 1 <= found <= last else None


def _cell(name: Named, kind: str, problem: Problem, zero_based: bool) -> Quantity | None:
    """One neuron's or weight's number: layer and indices, or numbered through all layers."""
    last, numbers = len(problem.network.layers), _digits(name)
    wanted = 2 if kind in ("dw", "new_w", GIVEN_W) else 1
    layer = name.layer
    if layer is None and (name.output or name.hidden):
        layer = last if name.output else 1
    if layer is not None and len(numbers) == wanted:
        return _checked(Quantity(kind, layer, *numbers), problem)
    if layer is not None and not numbers and problem.layer(min(layer, last)).n_out == 1 and wanted == 1:
        return _checked(Quantity(kind, layer, 1), problem)
    if len(numbers) == wanted + 1:
        return _checked(Quantity(kind, *numbers), problem)
    if len(numbers) == 1:
        return _counted(kind, numbers[0], problem)
    return None


def _digits(name: Named) -> tuple[int, ...]:
    # the indices of w₂₁ are written side by side
    numbers = name.numbers
    if len(numbers) == 1 and numbers[0] > 10 and (name.layer is not None or name.letter in ("w", "z", "a")):
        return tuple(int(digit) for digit in str(numbers[0]))
    if len(numbers) == 2 and numbers[1] > 10 and name.letter == "w":
        return (numbers[0], *(int(digit) for digit in str(numbers[1])))
    return numbers


def _checked(found: Quantity, problem: Problem) -> Quantity | None:
    plain = replace(found, kind={GIVEN_W: "dw", GIVEN_B: "db"}.get(found.kind, found.kind))
    return found if plain.within_network(problem) else None


def _counted(kind: str, number: int, problem: Problem) -> Quantity | None:
    """The number-th weight, or neuron, of all layers one after the other, as w₅ is in Mazur's text."""
    layers = list(enumerate(problem.network.layers, start=1))
    if kind in ("dw", "new_w", GIVEN_W):
        places = [Quantity(kind, n, to, s) for n, own in layers for to in _upto(own.n_out) for s in _upto(own.n_in)]
    else:
        places = [Quantity(kind, n, to) for n, own in layers for to in _upto(own.n_out)]
    one_each = all(own.n_out == 1 for _, own in layers)
    if one_each and kind not in ("dw", "new_w", GIVEN_W) and number <= len(layers):
        return Quantity(kind, number, 1)
    return places[number - 1] if 1 <= number <= len(places) else None


def _upto(count: int) -> range:
    return range(1, count + 1)


def counting_from_zero(texts: Iterable[str]) -> frozenset[str]:
    """Return the beginnings of names whose numbers begin with 0, as in a list of Python or in layers.0.weight."""
    return frozenset(beginning(text) for text in texts if _first_number(text) == 0)


def beginning(text: str) -> str:
    """Return what of a name stands before its first number, whatever letter it ends with: nabla_* of nabla_w_0."""
    before = re.split(r"\d", text, maxsplit=1)[0]
    words = re.split(r"([^\W\d_]+)", before)
    return "".join("*" if _unfolded(word.casefold())[-1] in _LETTERS else word for word in words)


def _first_number(text: str) -> int | None:
    match = re.search(r"\d+", text)
    return int(match[0]) if match else None
