"""What travels to the player: small, and read back it is the animation to the last number."""

import json
import zlib
from typing import Any, get_args

import pytest

from engine import PRESETS
from engine.backprop.trace import Detail
from engine.memory import SHARED
from engine.network.editing import resized
from pages.figures.markup import classed
from pages.figures.network import message as messages
from pages.figures.network.animation import animation
from pages.figures.network.canvas import apply
from pages.figures.network.cards import cards
from pages.figures.network.message import message, version, written
from pages.figures.theme import DARK, LIGHT
from tests.samples import EXAMPLE
from tests.twins import patch_of


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
@pytest.mark.parametrize("detail", get_args(Detail))
@pytest.mark.parametrize("name", PRESETS)
def test_read_back_and_replayed_it_is_the_animation(name: str, detail: Detail, theme: Any) -> None:
    experiment = PRESETS[name].experiment
    figure, received = animation(experiment, theme, detail), json.loads(written(experiment, theme, detail))
    assert received["layout"] == figure.layout
    ours, theirs = figure.traces, received["traces"]
    for frame, sent in zip(figure.frames, received["frames"], strict=True):
        assert (sent["title"], sent["phase"], sent["column"]) == (frame.title, frame.phase, frame.column)
        assert (sent["formula"], sent["why"]) == (classed(frame.line, theme), frame.why)
        for patch, sent_patch in zip((frame.setup, frame.move, frame.reveal), sent["patches"], strict=True):
            ours, theirs = apply(ours, patch), apply(theirs, patch_of(sent_patch))
        assert theirs == ours


def test_the_colours_of_the_formulas_classes_travel_along() -> None:
    for theme in (LIGHT, DARK):
        colours = json.loads(written(EXAMPLE, theme))["colours"]
        for kind, palette in (("v", theme.value), ("g", theme.gradient)):
            assert (colours[f"{kind}p"], colours[f"{kind}n"]) == (palette.ink(1.0), palette.ink(-1.0))


def test_the_default_network_is_at_most_110_kilobytes_and_13_on_the_way() -> None:
    figure = written(EXAMPLE, LIGHT)
    assert len(figure) <= 113_000
    assert len(zlib.compress(figure)) <= 13_000


def test_every_place_has_its_card_and_a_large_network_none() -> None:
    received = json.loads(written(EXAMPLE, LIGHT))["cards"]
    told = cards(EXAMPLE, LIGHT, "neuron")
    assert received == {
        place: {"title": card.title, "rows": [[since, row] for since, row in card.rows]} for place, card in told.items()
    }
    assert "cards" not in json.loads(written(resized(EXAMPLE, (3, 11, 3)), LIGHT))


def test_the_same_experiment_is_the_same_text_so_that_nothing_is_sent_again() -> None:
    first = message(EXAMPLE, LIGHT, "neuron", step=3)
    SHARED.clear()
    animation.cache_clear()
    assert message(EXAMPLE, LIGHT, "neuron", step=3) == first


def test_the_version_changes_with_the_animation_and_with_nothing_else() -> None:
    def version(name: str, theme: Any = LIGHT, detail: Detail = "neuron", **others: Any) -> int:
        line, _ = message(PRESETS[name].experiment, theme, detail, **others).split(b"\n", 1)
        return int(json.loads(line)["version"])

    first = version("worked-example", step=1, alt="a")
    assert version("worked-example", step=2, alt="b") == first
    others = {version("mazur"), version("worked-example", DARK), version("worked-example", detail="layer")}
    assert len(others) == 3 and first not in others


def test_the_version_of_what_was_sent_is_known_without_making_it_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = message(EXAMPLE, LIGHT, "neuron")
    monkeypatch.delattr(messages, "document")
    assert version(EXAMPLE, LIGHT, "neuron") == json.loads(sent.split(b"\n")[0])["version"]


def test_what_stands_beside_the_animation_is_told_too() -> None:
    line, figure = message(EXAMPLE, LIGHT, "neuron", step=7, alt='"},\n\u2028 δ').split(b"\n", 1)
    told = json.loads(line)
    assert (told["step"], told["alt"]) == (7, '"},\n\u2028 δ')
    assert figure == written(EXAMPLE, LIGHT)
