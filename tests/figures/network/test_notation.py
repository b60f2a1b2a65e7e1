"""The picture, its cards and its lines in other notations: other letters, the same numbers."""

import re

import pytest

from engine import PRESETS, Experiment, trace
from engine.backprop.learning_step import Computed
from engine.formulas.notations import NOTATIONS, OURS, Notation
from engine.network.editing import resized, with_numbers
from engine.network.places import Weight
from engine.reasons import why
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Patch, apply
from pages.figures.network.cards import cards
from pages.figures.network.glimpse import View, glimpses
from pages.figures.network.message import version
from pages.figures.theme import LIGHT
from tests.samples import EXAMPLE

MAZUR = PRESETS["mazur"].experiment
OTHERS = [notation for notation in NOTATIONS.values() if notation != OURS]
every_other = pytest.mark.parametrize("notation", OTHERS, ids=lambda notation: notation.name)
# a number as it is written, with its exponent
NUMBER = re.compile(r"(?<![\w\[⁽₀-₉])[+−]?\d+\.?\d*(?:×10[⁻⁰-⁹]+|e−?\d+)?(?![\w\]])")


def played(experiment: Experiment, notation: Notation) -> list[list[dict]]:
    figure = animation(experiment, LIGHT, "neuron", notation)
    states = [figure.traces]
    for frame in figure.frames:
        for patch in (frame.setup, frame.move, frame.reveal):
            states.append(apply(states[-1], patch))
    return states


def texts(traces: list[dict]) -> list[str]:
    return [re.sub(r"<[^>]*>", " ", str(text)).strip() for trace in traces for text in trace.get("text", ())]


@every_other
def test_the_picture_shows_the_same_numbers_at_every_step(notation: Notation) -> None:
    for ours, other in zip(played(MAZUR, OURS)[::5], played(MAZUR, notation)[::5], strict=True):
        numbers = [[NUMBER.findall(text) for text in texts(traces)] for traces in (ours, other)]
        assert numbers[0] == numbers[1]


@every_other
def test_cards_and_reasons_tell_the_same_numbers(notation: Notation) -> None:
    ours, other = (cards(EXAMPLE, LIGHT, "neuron", one) for one in (OURS, notation))
    assert ours.keys() == other.keys()
    for place in ours:
        rows = [[(since, re.findall(r"(?<=>)[^<]*(?=</span>)", text)) for since, text in found[place].rows]
                for found in (ours, other)]  # fmt: skip
        assert rows[0] == rows[1], place
    for step in trace(EXAMPLE):
        said = [NUMBER.findall(why(step, Computed(EXAMPLE), one)) for one in (OURS, notation)]
        assert said[0] == said[1], why(step, Computed(EXAMPLE), notation)


def test_captions_and_cards_have_the_letters_of_the_notation() -> None:
    last = texts(played(MAZUR, NOTATIONS["mazur"])[-4])
    assert any(text.startswith("net ") for text in last) and not any(text.startswith("z ") for text in last)
    found = cards(MAZUR, LIGHT, "neuron", NOTATIONS["mazur"])
    assert (
        found["w.2.1.1"].title == "w₅" and found["x.1"].title == "Input i₁" and found["y.2"].title == "Target target_o2"
    )
    rows = [re.sub(r"<[^>]*>", "", text) for _, text in cards(MAZUR, LIGHT, "neuron", NOTATIONS["ng"])["n.1.1"].rows]
    assert [row.partition(" = ")[0] for row in rows] == ["z", "a", "da", "sigmoid′(0.3775)", "dz", "new z", "new a"]


@pytest.mark.parametrize("name", ["mazur", "keras"])
def test_a_glimpse_is_in_the_notation_too(name: str) -> None:
    notation, place = NOTATIONS[name], Weight(1, 1, 1)
    other = with_numbers(MAZUR, {place: 0.9})
    for step in (1, 12, 20, len(trace(MAZUR))):
        (glimpse,) = glimpses(View(MAZUR, LIGHT, "neuron", step, notation), place, [0.9])
        patch: Patch = [(trace, path, value) for trace, paths in glimpse.patch.items() for path, value in paths.items()]
        mine, theirs = apply(played(MAZUR, notation)[3 * step], patch), played(other, notation)[3 * step]
        assert texts(mine) == texts(theirs)
        assert glimpse.rows == cards(other, LIGHT, "neuron", notation)[place.text].rows
        assert glimpse.why == animation(other, LIGHT, "neuron", notation).frames[step - 1].why


def test_another_notation_is_another_message() -> None:
    versions = {version(MAZUR, LIGHT, "neuron", notation) for notation in NOTATIONS.values()}
    assert len(versions) == len(NOTATIONS)


@every_other
def test_a_large_network_is_drawn_in_any(notation: Notation) -> None:
    large = resized(EXAMPLE, (3, 11, 3))
    ours, other = (animation(large, LIGHT, "layer", one) for one in (OURS, notation))
    assert len(ours.frames) == len(other.frames)
    assert [frame.title for frame in ours.frames] == [frame.title for frame in other.frames]
