"""The judge: an answer against the engine's numbers, against what each slip gives, and against the learner's own.

A later answer that follows rightly from an earlier one that is off is right from there on.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.arrays import Array
from engine.errors import InvalidExperiment
from engine.formulas.notations import COLUMNS, OURS, Layout, Notation, Translation
from engine.gradcheck.mistakes import SLIPS
from engine.practice.own import Own
from engine.practice.question import TOGETHER, Question
from engine.practice.rounding import rounded
from engine.practice.tolerance import DIGITS, NOISE, hits, same
from engine.practice.typed import read_number, read_shape, read_table

RIGHT, ROUNDED, SLIP, WRONG, INVALID = "right", "rounded", "slip", "wrong", "invalid"
BEFORE = "That is what it was before the learning step."


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What is said of an answer: kind is "right", "rounded", "slip", "wrong" or "invalid"; slip the mistake's name."""

    kind: str
    message: str
    slip: str | None = None


def judge(
    question: Question, text: str, given: Mapping[str, object] | None = None, notation: Notation = OURS
) -> Verdict:
    """Return the verdict on what was typed; `given` are the learner's own earlier answers by place, typed or read.

    Tables that were typed run as they do in the notation. Never raises for what was typed: that is "invalid", with the
    reason, and costs no attempt.
    """
    try:
        typed = read(question, text, notation.layout)
    except InvalidExperiment as error:
        return Verdict(kind=INVALID, message=str(error))
    if same(typed, question.value, question.value):
        return Verdict(kind=RIGHT, message="Right.")
    own = Own.of(question, given or {}, notation)
    return (
        _by_slip(typed, question, own, Translation(notation, question.problem.network.sizes).words)
        or _by_rounding(typed, question)
        or _by_shape(typed, question, notation.layout)
        or Verdict(kind=WRONG, message=_how_wrong(typed, question))
    )


def _by_slip(typed: Array, question: Question, own: Own | None, say: Callable[[str], str]) -> Verdict | None:
    if own and same(typed, own.value, own.value):
        return Verdict(kind=RIGHT, message=own.message("right from there on"))
    if name := _slip(typed, question.slips, question.value):
        return Verdict(kind=SLIP, slip=name, message=f"That is what comes out when {said(name, say)}.")
    if own and (name := _slip(typed, own.slips, own.value)):
        return Verdict(kind=SLIP, slip=name, message=own.message(f"but from there on {said(name, say)}"))
    return None


def _by_rounding(typed: Array, question: Question) -> Verdict | None:
    message = rounded(question, typed)
    if message and _is_before_step(typed, question):
        message = f"{BEFORE} To fewer digits it is the new one, too: {DIGITS} significant digits are asked for."
    return Verdict(kind=ROUNDED, message=message) if message else None


def _is_before_step(typed: Array, question: Question) -> bool:
    """Whether it is the weights or biases as they are before the learning step that is asked for."""
    if question.asked is None or question.kind not in ("new_w", "new_b"):
        return False
    layer = question.problem.layer(question.asked.layer)
    before = question.asked.within(layer.W if question.kind == "new_w" else layer.b, question.problem)
    return typed.shape == before.shape and np.array_equal(typed, before)


def said(name: str, say: Callable[[str], str] = str) -> str:
    """Return what is said of a slip, or of several that give the same, in the notation that `say` puts it into."""
    return ", or ".join(say(SLIPS[one].said) for one in name.split(TOGETHER))


def read(question: Question, text: str, layout: Layout = COLUMNS) -> Array:
    """Return what was typed, in a layout, as the engine has it; raise InvalidExperiment for what is no answer."""
    if question.is_shape:
        return question.laid_out(read_shape(text), layout)
    if not question.is_table:
        return np.array(read_number(text))
    return question.laid_out(read_table(text, question.laid_out(question.value, layout).shape), layout)


def _slip(typed: Array, slips: Mapping[str, float | Array], right: Array) -> str | None:
    return next((name for name, value in slips.items() if same(typed, np.asarray(value), right)), None)


def _by_shape(typed: Array, question: Question, layout: Layout) -> Verdict | None:
    value = question.value
    if typed.shape == value.shape:
        return None
    if same(typed.T, value, value):
        return Verdict(kind=SLIP, slip="transposed", message=f"The numbers are right, but {said('transposed')}.")
    asked, there = (" × ".join(map(str, question.laid_out(array, layout).shape)) for array in (value, typed))
    return Verdict(kind=INVALID, message=f"The table has {there} numbers; {asked} are asked for.")


def _how_wrong(typed: Array, question: Question) -> str:
    value = question.value
    if _is_before_step(typed, question):
        return BEFORE
    if typed.ndim:
        count = int((~hits(typed, value, value)).sum())
        return f"Not right: {count} of {value.size} numbers {'is' if count == 1 else 'are'} off."
    # what only rounding made is 0 by hand, and has no sign
    if min(abs(value), abs(typed)) > NOISE and np.sign(typed) != np.sign(value):
        return "Not right: the sign is another one, and the size too."
    return "Not right yet: look at the rule, and compute it once more."
