"""Names taken apart, in the notations that books and libraries use: a letter, whether it is a slope, and numbers.

z1, Z[1], net_h1, δ⁽²⁾, dL_dW2, fc1.weight.grad, nabla_b[0], y_hat, E_total, new_W1, w5 (numbered through the layers).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from engine.practice.pasted.cells import OF

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
    "x", "i", "y", "η", "eta", "lr", "rate", "learning", "epoch", "input", "inputs", "target", "targets", "t",
    "iteration", "iter", "seed",
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
    if "η" in words or {"x", "i"} & set(of):
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
        # as a whole and of no layer
        or words in (["out"], ["grad", "out"])
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
