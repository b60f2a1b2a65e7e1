"""Practice: questions with numbers to be worked out by hand, and a judge who knows the classical slips."""

from engine.practice import exports, mastery, modes, pasted
from engine.practice.judging import Verdict, judge
from engine.practice.levels import LEVELS
from engine.practice.question import Question
from engine.practice.sheet import worksheet

__all__ = ["LEVELS", "Question", "Verdict", "exports", "judge", "mastery", "modes", "pasted", "worksheet"]
