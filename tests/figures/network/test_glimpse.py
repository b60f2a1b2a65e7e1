"""A glimpse is the picture that another experiment's animation has at the same step, to the letter."""

from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment
from engine.backprop.learning_step import learning_step
from engine.backprop.trace import Detail, trace
from engine.formulas.numbers import text
from engine.network.editing import number_at, with_numbers
from engine.network.places import Bias, Given, Input, Target, Weight
from pages.figures.markup import classed
from pages.figures.network.animation import animation
from pages.figures.network.canvas import Patch, apply
from pages.figures.network.glimpse import Glimpse, View, glimpses
from pages.figures.theme import DARK, LIGHT, Theme
from tests.figures.network.played import CASES, bare, every_case, every_detail, states
from tests.strategies import experiments, given_places


def changes(glimpse: Glimpse) -> Patch:
    return [(trace, path, value) for trace, paths in glimpse.patch.items() for path, value in paths.items()]


def holds(experiment: Experiment, theme: Theme, detail: Detail, step: int, place: Given, number: float) -> None:
    """The law."""
    other = with_numbers(experiment, {place: number})
    (glimpse,) = glimpses(View(experiment, theme, detail, step), place, [number])
    patched = apply(states(experiment, theme, detail)[step], changes(glimpse))
    assert bare(patched) == bare(states(other, theme, detail)[step])
    frame = animation(other, theme, detail).frames[step - 1]
    assert (glimpse.formula, glimpse.why) == (classed(frame.line, theme), frame.why)
    loss = learning_step(other).backward.loss
    assert (glimpse.number, glimpse.loss, glimpse.text) == (number, loss, text(loss))


@every_detail
@every_case
def test_at_every_step_the_patch_gives_the_other_experiments_picture(name: str, detail: Detail) -> None:
    experiment = CASES[name]
    layers = len(experiment.network.layers)
    chosen = ((Weight(1, 1, 1), -1.7), (Bias(layers, 1), 0.3), (Input(1), 2.5), (Target(1), 0.25))
    count = len(trace(experiment, detail))
    # of a wide network not each neuron's step
    for turn, step in enumerate(range(1, count + 1, 1 + count // 80)):
        holds(experiment, LIGHT, detail, step, *chosen[turn % len(chosen)])


@settings(max_examples=60)
@given(experiment=experiments(), data=st.data())
def test_so_it_is_for_all_networks_places_and_numbers(experiment: Experiment, data: st.DataObject) -> None:
    detail = data.draw(st.sampled_from(get_args(Detail)))
    place, number = data.draw(st.sampled_from(given_places(experiment))), data.draw(st.floats(0, 1))
    step = data.draw(st.integers(1, len(trace(experiment, detail))))
    holds(experiment, data.draw(st.sampled_from((LIGHT, DARK))), detail, step, place, number)


def test_only_what_differs_is_in_the_patch() -> None:
    experiment, place = CASES["worked-example"], Weight(3, 1, 1)
    view = View(experiment, LIGHT, "neuron", 6)
    (same,) = glimpses(view, place, [number_at(experiment, place)])
    # by step 6 only the first layer is computed, and the last layer's weight is an edge of another width
    (other,) = glimpses(view, place, [5.0])
    assert same.patch == {}
    paths = {path for values in other.patch.values() for path in values}
    assert paths == {"x", "y"}


def test_numbers_that_cannot_be_drawn_are_left_out() -> None:
    experiment = CASES["xor"]
    view = View(experiment, LIGHT, "neuron", 3)
    asked: list[Any] = [float("nan"), 1e308, 1e101, 0.5]
    assert [found.number for found in glimpses(view, Weight(1, 1, 1), asked)] == [0.5]
    entropy = View(CASES["worked-example"], LIGHT, "neuron", 3)
    assert [found.number for found in glimpses(entropy, Target(1), [-3.0, 0.5])] == [0.5]
    assert glimpses(view, Target(1), []) == []


def test_a_place_that_the_network_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidExperiment, match="no x"):
        glimpses(View(CASES["xor"], LIGHT, "neuron", 1), Input(9), [0.5])
