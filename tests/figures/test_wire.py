"""What travels to the player: small, and unpacked it is the animation to the last number."""

import base64
import gzip
import json
from typing import Any, get_args

import pytest

from engine import PRESETS
from engine.trace import Detail
from pages.figures.animation import animation
from pages.figures.canvas import Trace, apply
from pages.figures.markup import classed
from pages.figures.theme import DARK, LIGHT
from pages.figures.wire import packed

WORKED = PRESETS["worked-example"].experiment


def unpacked(text: str) -> dict[str, Any]:
    return json.loads(gzip.decompress(base64.b64decode(text)))


def as_in_the_browser(traces: list[Trace], patch: list[list[Any]]) -> list[Trace]:
    """JSON has no numbers as keys: the player reads an object as changes of the items of a list."""
    numbered = [
        (index, path, {int(key): item for key, item in value.items()} if isinstance(value, dict) else value)
        for index, path, value in patch
    ]
    return apply(traces, numbered)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("detail", get_args(Detail))
@pytest.mark.parametrize("name", PRESETS)
def test_unpacked_and_replayed_it_is_the_animation(name: str, detail: Detail, theme: Any) -> None:
    experiment = PRESETS[name].experiment
    figure, received = animation(experiment, theme, detail), unpacked(packed(experiment, theme, detail))
    assert received["layout"] == figure.layout
    ours, theirs = figure.traces, received["traces"]
    for frame, sent in zip(figure.frames, received["frames"], strict=True):
        assert (sent["title"], sent["phase"], sent["column"]) == (frame.title, frame.phase, frame.column)
        assert sent["formula"] == classed(frame.line, theme)
        for patch, sent_patch in zip((frame.setup, frame.move, frame.reveal), sent["patches"], strict=True):
            ours, theirs = apply(ours, patch), as_in_the_browser(theirs, sent_patch)
        assert theirs == ours


def test_the_colours_of_the_formulas_classes_travel_along() -> None:
    for theme in (LIGHT, DARK):
        colours = unpacked(packed(WORKED, theme))["colours"]
        for kind, palette in (("v", theme.value), ("g", theme.gradient)):
            assert (colours[f"{kind}p"], colours[f"{kind}n"]) == (palette.ink(1.0), palette.ink(-1.0))


def test_the_default_network_is_at_most_60_kilobytes() -> None:
    text = packed(WORKED, LIGHT)
    assert len(text) <= 60_000
    assert len(text) < len(json.dumps(unpacked(text))) / 4


def test_the_same_experiment_is_the_same_text_so_that_nothing_is_sent_again() -> None:
    first = packed(WORKED, LIGHT)
    packed.cache_clear()
    animation.cache_clear()
    assert packed(WORKED, LIGHT) == first
