"""A worksheet in GIFT, a plain text that Moodle and other quiz systems read: numerical questions with a tolerance.

The format: https://docs.moodle.org/en/GIFT_format
"""

import re

from engine.formulas.notations import OURS, Notation
from engine.network.model import Experiment
from engine.practice.exports.parts import Part, parts, tolerance
from engine.practice.exports.sheet import Sheet

_SPECIAL = re.compile(r"([~=#{}:\\])")


def as_gift(sheet: Sheet, experiment: Experiment | None = None, notation: Notation = OURS) -> str:
    """Return the worksheet's questions, each slip an answer of 0 % with its sentence."""
    return "\n\n".join(_question(part) for part in parts(sheet, experiment, notation)) + "\n"


def _question(part: Part) -> str:
    answers = [_answer(100, part.answer, part.tolerance, "Right.")]
    answers += [_answer(0, value, tolerance(value), part.sentence(slip)) for slip, value in part.slips.items()]
    return f"::{escaped(part.name)}::{escaped(part.text)} {{#\n" + "\n".join(answers) + "\n}"


def _answer(percent: int, value: float, off: float, feedback: str) -> str:
    return f"\t=%{percent}%{value!r}:{off:.6g}#{escaped(feedback)}"


def escaped(text: str) -> str:
    """Return a text in which no sign has a meaning; a question is one paragraph, so its lines are kept as \\n."""
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")
