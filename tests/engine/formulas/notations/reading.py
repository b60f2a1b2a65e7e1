"""Reads formulas in other notations: the way that numbers run there, names as tokens, and what is left of ours."""

import re
from typing import Any

import numpy as np

from engine.formulas.notations import Notation

# a letter of ours that a notation has no use for, alone and not as a part of a longer name; a new one may have none
NOTHING = "(?!)"
LEFT = {
    "nielsen": r"\\partial L|\\hat|\^\{\([lL\d]",
    "ng": r"\\partial L|\\delta_(?!\{ij)|\\delta\^|\^\{\([lL\d]|\\eta",
    "mazur": r"\\partial L|\\hat|(?<![a-zA-Z\\])[axyz](?![a-zA-Z])|w_\{\w*[ij]\w*\}",
    "pytorch": r"\\partial L|\\delta_(?!\{ij)|\\delta\^|\\eta",
    "keras": r"\^\{\([lL\d]",
}


def shown(values: Any, notation: Notation) -> Any:
    """A column, or a matrix of weights, as the notation has it."""
    values = np.asarray(values)
    if values.ndim != 2:
        return values
    is_vector = values.shape[1] == 1
    return values.T if (notation.layout.rows if is_vector else notation.layout.inputs_first) else values


def with_tokens(written: str, known: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """A formula with each name replaced by a token, longest first, and what the tokens stand for."""
    longest_first = sorted(known, key=len, reverse=True)
    tokens = {name: "\\Q" + "ab"[number % 2] * (number // 2 + 1) for number, name in enumerate(longest_first)}
    name = re.compile(rf"(?<![a-zA-Z])({'|'.join(map(re.escape, longest_first))})(?![a-zA-Z])")
    return name.sub(lambda found: f"{tokens[found[0]]} ", written), {tokens[name]: known[name] for name in known}
