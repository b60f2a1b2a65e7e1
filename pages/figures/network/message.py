"""The animated figure as it travels to the player: JSON, which the connection compresses to an eighth.

Not compressed here: the browser would unpack it only when it has nothing else to do, and an edit would show late.
"""

import json
import zlib
from dataclasses import dataclass
from typing import Any

from engine import Experiment
from engine.backprop.trace import Level, trace
from engine.formulas.equations import asking_for_shapes
from engine.formulas.notations import OURS, Notation
from engine.memory import remembered
from engine.training.next_step import NextStep
from pages.figures.markup import classed
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Patch
from pages.figures.network.cards import cards
from pages.figures.network.frames import Animation, Frame
from pages.figures.network.headings import choices, headings
from pages.figures.network.run_step import run_step
from pages.figures.network.spots import spots
from pages.figures.size import is_large
from pages.figures.theme import Theme


def message(
    experiment: Experiment,
    theme: Theme,
    detail: Level,
    notation: Notation = OURS,
    *,
    until: int | None = None,
    shapes: bool = True,
    **others: Any,
) -> bytes:
    """Return what pages/widgets/network/player.js takes: a line of JSON with `others`, and the animation as JSON.

    The line's `version` tells whether the animation is another one than before; if not, the player leaves it unread.
    Its `height`, in pixels, is the room that the player keeps until it can draw. With `until` there are the steps up to
    that one only, counted from 1; without `shapes` that one, when it is asked for, asks for those of its matrices.
    """
    return _with(_sent(experiment, theme, detail, notation, until, shapes), others)


def message_of_run(made: NextStep, theme: Theme, notation: Notation = OURS, **others: Any) -> bytes:
    """Return the same for a run's next step, in whose picture nothing can be selected or changed."""
    return _with(_sent_of_run(made, theme, notation), others)


def _with(sent: "_Sent", others: dict[str, Any]) -> bytes:
    head = json.dumps(others | {"version": sent.version, "height": sent.height})
    return head.encode() + b"\n" + sent.figure


def version(experiment: Experiment, theme: Theme, detail: Level, notation: Notation = OURS) -> int:
    """Return what tells an animation from another one."""
    return _sent(experiment, theme, detail, notation, None, True).version


def written(experiment: Experiment, theme: Theme, detail: Level = "neuron", notation: Notation = OURS) -> bytes:
    """Return the animation of an experiment as JSON."""
    return _sent(experiment, theme, detail, notation, None, True).figure


@dataclass(frozen=True)
class _Sent:
    """An animation as JSON, what tells it from another one, and its height in pixels."""

    figure: bytes
    version: int
    height: int


@remembered
def _sent(
    experiment: Experiment,
    theme: Theme,
    detail: Level,
    notation: Notation,
    until: int | None,
    shapes: bool,
) -> _Sent:
    made = document(experiment, theme, detail, notation)
    made["frames"] = made["frames"][:until]
    if not shapes:
        last = trace(experiment, detail)[len(made["frames"]) - 1]
        made["frames"][-1]["asking"] = classed(asking_for_shapes(last, experiment, notation), theme)
    return _packed(made)


@remembered
def _sent_of_run(made: NextStep, theme: Theme, notation: Notation) -> _Sent:
    return _packed(_plain(run_step(made, theme, notation), theme))


def _packed(made: dict[str, Any]) -> _Sent:
    figure = json.dumps(made, separators=(",", ":"), ensure_ascii=False).encode()
    return _Sent(figure, zlib.crc32(figure), made["layout"]["height"])


def document(
    experiment: Experiment, theme: Theme, detail: Level = "neuron", notation: Notation = OURS
) -> dict[str, Any]:
    """Return the animation as plain data, with what can be selected and changed in it; a large one has nothing."""
    plain = _plain(animation(experiment, theme, detail, notation), theme)
    return plain | ({} if is_large(experiment.network.sizes) else _changeable(experiment, theme, detail, notation))


def _plain(figure: Animation, theme: Theme) -> dict[str, Any]:
    return {
        "traces": figure.traces,
        "layout": figure.layout,
        "frames": [_frame(frame, theme) for frame in figure.frames],
        "colours": {
            "vp": theme.value.positive_text,
            "vn": theme.value.negative_text,
            "gp": theme.gradient.positive_text,
            "gn": theme.gradient.negative_text,
        },
    }


def _changeable(experiment: Experiment, theme: Theme, detail: Level, notation: Notation) -> dict[str, Any]:
    said = cards(experiment, theme, detail, notation)
    return {
        "spots": spots(experiment),
        "headings": headings(experiment.network),
        "choices": choices(),
        "cards": {place: {"title": card.title, "rows": card.rows} for place, card in said.items()},
    }


def _frame(frame: Frame, theme: Theme) -> dict[str, Any]:
    return {
        "title": frame.title,
        "phase": frame.phase,
        "formula": classed(frame.line, theme),
        "why": frame.why,
        "column": frame.column,
        "patches": [_by_trace(patch) for patch in (frame.setup, frame.move, frame.reveal)],
    }


def _by_trace(patch: Patch) -> dict[int, dict[str, Any]]:
    """Return a patch as {trace: {path: value}}."""
    traces: dict[int, dict[str, Any]] = {}
    for index, path, value in patch:
        traces.setdefault(index, {})[path] = value
    return traces
