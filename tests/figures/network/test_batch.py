"""A batch in the picture: one example is drawn, the gradients of all meet, and glimpses follow the whole batch."""

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import Experiment, Layer, Network, trace
from engine.backprop.learning_step import learning_step
from engine.backprop.trace import Level
from engine.formulas.equations import line_with_places, title
from engine.network.editing import with_numbers
from engine.network.places import Bias, Weight
from pages.figures.markup import classed
from pages.figures.network.animation import animation
from pages.figures.network.canvas import apply
from pages.figures.network.cards import cards
from pages.figures.network.glimpse import View, glimpses
from pages.figures.network.message import document
from pages.figures.network.picture import Numbers, blank
from pages.figures.theme import LIGHT
from tests.figures.network.played import bare, states
from tests.samples import RNG
from tests.strategies import given_places, several

LEVELS = get_args(Level)
every_level = pytest.mark.parametrize("level", LEVELS)
WEIGHTS = RNG(3).normal(size=(3, 2)), RNG(4).normal(size=(2, 3))
NETWORK = Network([Layer(WEIGHTS[0], np.zeros(3), "tanh"), Layer(WEIGHTS[1], np.zeros(2), "softmax")], "cross_entropy")
BATCH = Experiment(NETWORK, [[0, 0], [0, 1], [1, 0], [1, 1.5]], [[1, 0], [0, 1], [0, 1], [1, 0]], 0.5)


@every_level
def test_every_step_has_its_frame(level: Level) -> None:
    looked_at = BATCH.in_batch(3)
    steps, frames = trace(BATCH, level, 3), animation(looked_at, LIGHT, level).frames
    assert [frame.title for frame in frames] == [title(step, looked_at) for step in steps]
    assert [frame.phase for frame in frames] == [step.phase for step in steps]
    assert [frame.line for frame in frames] == [line_with_places(step, looked_at) for step in steps]


def test_the_gradients_of_all_examples_flow_into_one_on_every_edge() -> None:
    looked_at = BATCH.in_batch(2)
    names = list(blank(Numbers(looked_at), LIGHT))
    pulses = names.index("pulses")
    shown = states(looked_at, LIGHT, "neuron")
    frames = animation(looked_at, LIGHT, "neuron").frames
    for number, step in enumerate(trace(BATCH, "neuron", 2)):
        if step.op != "batch_weight_gradient":
            continue
        started = apply(shown[number], frames[number].setup)[pulses]
        arrived = shown[number + 1][pulses]
        assert len(started["x"]) == BATCH.examples * step.value.size
        ends = list(zip(arrived["x"], arrived["y"], strict=True))
        assert len(set(ends)) == step.value.size < len(set(zip(started["x"], started["y"], strict=True)))


def test_the_loss_shown_at_the_end_of_the_way_is_the_example_s_and_then_the_batch_s() -> None:
    looked_at = BATCH.in_batch(2)
    answers = list(blank(Numbers(looked_at), LIGHT)).index("answers")
    shown, steps = states(looked_at, LIGHT, "neuron"), trace(BATCH, "neuron", 2)
    for op, value in (
        ("joint_loss", learning_step(BATCH.example(2)).backward.loss),
        ("batch_loss", learning_step(BATCH).backward.loss),
    ):
        number = next(k for k, step in enumerate(steps, start=1) if step.op == op)
        assert shown[number][answers]["text"][-1] == f"<b>{value:.3g}</b>"


@settings(max_examples=40)
@given(batch=several(), data=st.data())
def test_a_glimpse_is_the_picture_of_the_other_batch(batch: Experiment, data: st.DataObject) -> None:
    level, example = data.draw(st.sampled_from(LEVELS)), data.draw(st.integers(1, batch.examples))
    experiment = batch.in_batch(example)
    place, number = data.draw(st.sampled_from(given_places(experiment))), data.draw(st.floats(0, 1))
    step = data.draw(st.integers(1, len(trace(batch, level))))
    other = with_numbers(experiment, {place: number})
    (glimpse,) = glimpses(View(experiment, LIGHT, level, step), place, [number])
    changed = [(trace, path, value) for trace, paths in glimpse.patch.items() for path, value in paths.items()]
    assert bare(apply(states(experiment, LIGHT, level)[step], changed)) == bare(states(other, LIGHT, level)[step])
    frame = animation(other, LIGHT, level).frames[step - 1]
    assert (glimpse.formula, glimpse.why) == (classed(frame.line, LIGHT), frame.why)
    assert glimpse.loss == pytest.approx(learning_step(other).gradients.loss, rel=1e-12, abs=1e-12)


@every_level
def test_a_card_tells_what_all_examples_make_of_a_gradient(level: Level) -> None:
    whole = learning_step(BATCH).backward
    told = cards(BATCH.in_batch(4), LIGHT, level)
    for place in (Weight(1, 2, 1), Weight(2, 1, 3), Bias(2, 1)):
        gradient = place.of(whole.db) if isinstance(place, Bias) else place.of(whole.dW)
        ((since, row),) = [row for row in told[place.text].rows if "mean of all 4" in row[1]]
        assert f"{abs(gradient):.4g}" in row
        step = trace(BATCH, level, 4)[since - 1]
        assert step.op.endswith("_gradient") and (step.phase == "examples" or step.stacked)


@every_level
def test_the_whole_message_of_a_batch_can_be_made(level: Level) -> None:
    made = document(BATCH.in_batch(1), LIGHT, level)
    assert len(made["frames"]) == len(trace(BATCH, level))


@every_level
def test_cards_say_that_gradients_are_of_one_example_alone(level: Level) -> None:
    """Without that two gradients of one loss would differ, and the matrices of the batch show others again."""
    for place, card in cards(BATCH.in_batch(3), LIGHT, level).items():
        slopes = [text for _, text in card.rows if text.startswith(("∂L/∂", "δ"))]
        whose = ("example 3 alone", "mean of all 4")
        assert place == "loss" or all(any(words in text for words in whose) for text in slopes), slopes
    alone = cards(BATCH.example(3), LIGHT, "layer")
    assert not any("alone" in text for card in alone.values() for _, text in card.rows)
