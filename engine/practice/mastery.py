"""How far a learner has come: a queue a topic, what is mastered, streak and time, and which slips were made how often.

Kept as one value, which can be written to a file and read from it; nothing of it is on a server.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.errors import InvalidExperiment
from engine.files import strict_json
from engine.gradcheck.mistakes import SLIPS
from engine.network.model import Experiment
from engine.practice.judging import INVALID, RIGHT, ROUNDED, Verdict
from engine.practice.levels import LEVELS
from engine.practice.question import TOGETHER, Question
from engine.practice.sheet import worksheet

IN_A_ROW, TABLES = 3, 4
MOST_QUEUED, MOST_TRIES, ON_A_SHEET = 20, 200, 8
MOST_COUNT = 1_000_000
FORMAT = "backprop-practice-1"


@dataclass(frozen=True)
class Topic:
    """A level's queue: kinds of question, the next one first; right answers in a row; and whether it is mastered."""

    queue: tuple[str, ...] = ()
    row: int = 0
    mastered: bool = False


@dataclass(frozen=True, kw_only=True)
class Mastery:
    """A learner's progress; `seed` is that of the next question, so that every question has new numbers."""

    seed: int = 0
    topics: Mapping[str, Topic] = field(default_factory=dict)
    slips: Mapping[str, int] = field(default_factory=dict)
    answered: int = 0
    right: int = 0
    streak: int = 0
    best: int = 0
    seconds: float = 0.0

    def topic(self, level: str) -> Topic:
        """Return the state of a level."""
        return self.topics.get(level, Topic(LEVELS[level].kinds))

    def opened(self) -> tuple[str, ...]:
        """Return the levels that are open: the first, and each after one that is mastered."""
        levels = list(LEVELS)
        return tuple(level for index, level in enumerate(levels) if not index or self.topic(levels[index - 1]).mastered)

    def next(self, level: str, experiment: Experiment | None = None) -> Question:
        """Return the next question of a level's queue, of fresh numbers or the network at hand."""
        kind = (self.topic(level).queue or LEVELS[level].kinds)[0]
        for seed in range(self.seed, self.seed + MOST_TRIES):
            # a sheet has as many kinds as its network lets it
            sheet = worksheet(seed, level, ON_A_SHEET, experiment)
            fitting = [one for one in sheet if kind_of(one) == kind] or [*sheet] * (experiment is not None)
            # a table now and then
            cells = [one for one in fitting if not one.value.ndim] if (self.answered + 1) % TABLES else []
            if fitting:
                return (cells or fitting)[seed % len(cells or fitting)]
        raise InvalidExperiment("No question was found. Choose another topic.")

    def after(self, level: str, question: Question, verdict: Verdict, seconds: float) -> "Mastery":
        """Return the progress after the first answer to a question; one that is no answer changes nothing."""
        if verdict.kind == INVALID:
            return self
        right = verdict.kind in (RIGHT, ROUNDED)
        streak = self.streak + 1 if right else 0
        return replace(
            self,
            seed=self.seed + MOST_TRIES,
            topics={**self.topics, level: self._asked(level, kind_of(question), right)},
            slips=_counted(self.slips, verdict.slip),
            answered=self.answered + 1,
            right=self.right + right,
            streak=streak,
            best=max(self.best, streak),
            seconds=self.seconds + max(0.0, seconds),
        )

    def again(self, verdict: Verdict) -> "Mastery":
        """Return the progress after another answer to the same question: only the slip counts that was made in it."""
        return replace(self, slips=_counted(self.slips, verdict.slip))

    def _asked(self, level: str, kind: str, right: bool) -> Topic:
        before = self.topic(level)
        queue = list(before.queue or LEVELS[level].kinds)
        if kind in queue:
            queue.remove(kind)
        # a missed one comes back at the end; a queue that is done begins anew
        queue += [] if right else [kind]
        row = before.row + 1 if right else 0
        return Topic(tuple(queue or LEVELS[level].kinds)[:MOST_QUEUED], row, before.mastered or row >= IN_A_ROW)


def kind_of(question: Question) -> str:
    """Return what a question is in its level's queue: its kind, or which shape is asked for."""
    return ".".join(question.place.split(".")[:2]) if question.place.startswith("shape.") else _plain(question)


def _plain(question: Question) -> str:
    return "transpose" if question.place.startswith("transpose") else question.kind


def _counted(slips: Mapping[str, int], made: str | None) -> dict[str, int]:
    names = made.split(TOGETHER) if made else []
    return {**slips, **{name: slips.get(name, 0) + 1 for name in names}}


def written(mastery: Mastery) -> str:
    """Return progress as the text of a file."""
    topics = {
        level: {"queue": list(topic.queue), "row": topic.row, "mastered": topic.mastered}
        for level, topic in mastery.topics.items()
    }
    numbers = {name: getattr(mastery, name) for name in _NUMBERS}
    return json.dumps({"format": FORMAT, **numbers, "topics": topics, "slips": dict(mastery.slips)}, indent=1) + "\n"


_NUMBERS = ("seed", "answered", "right", "streak", "best", "seconds")


def read(text: str) -> Mastery:
    """Return the progress that a file holds; raise InvalidExperiment for one that holds none.

    Levels and slips that this app does not know are left out.
    """
    document = strict_json.parse(text)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InvalidExperiment("This file holds no progress of the Practice page.")
    topics, slips = (document.get(name) for name in ("topics", "slips"))
    if not isinstance(topics, dict) or not isinstance(slips, dict):
        raise InvalidExperiment("The file of the Practice page is damaged: topics or slips are missing.")
    numbers = {name: _count(document.get(name), name) for name in _NUMBERS}
    if numbers["right"] > numbers["answered"]:
        raise InvalidExperiment("The file of the Practice page is damaged: more answers are right than were given.")
    return Mastery(
        seed=int(numbers["seed"]),
        answered=int(numbers["answered"]),
        right=int(numbers["right"]),
        streak=int(numbers["streak"]),
        best=int(numbers["best"]),
        seconds=numbers["seconds"],
        topics={level: _topic(level, topics[level]) for level in LEVELS if level in topics},
        slips={name: int(_count(slips[name], name)) for name in SLIPS if name in slips},
    )


def _topic(level: str, given: Any) -> Topic:
    if not isinstance(given, dict) or not isinstance(given.get("queue"), list):
        raise InvalidExperiment(f"The file of the Practice page is damaged at the topic {level}.")
    queue = tuple(kind for kind in given["queue"][:MOST_QUEUED] if kind in LEVELS[level].kinds)
    return Topic(queue, int(_count(given.get("row"), "row")), given.get("mastered") is True)


def _count(given: Any, name: str) -> float:
    if isinstance(given, bool) or not isinstance(given, int | float) or not 0 <= given <= 1e9:
        raise InvalidExperiment(f"The file of the Practice page is damaged at “{name[:40]}”.")
    return float(given)
