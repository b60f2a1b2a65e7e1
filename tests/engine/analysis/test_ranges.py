"""A range of values at a place: the loss of each is the loss, the promise is its slope, and the words say both."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import PRESETS, Experiment, InvalidExperiment, backward, forward
from engine.analysis.ranges import evaluated, gradient, note, note_between
from engine.network.editing import number_at, with_numbers
from engine.network.places import Bias, Given, Input, Target, Weight
from tests.samples import EXAMPLE

XOR, MAZUR = PRESETS["xor"].experiment, PRESETS["mazur"].experiment
EVERY = (Weight(1, 2, 1), Bias(2, 1), Input(2), Target(1))


def loss(experiment: Experiment) -> float:
    return backward(experiment.network, forward(experiment.network, experiment.x), experiment.y).loss


@pytest.mark.parametrize("place", EVERY, ids=lambda place: place.text)
def test_the_losses_are_those_of_the_experiments_with_these_numbers(place: Given) -> None:
    stack, allowed = evaluated(XOR, place, [0.25, 0.5, 0.75])
    assert allowed == (0.25, 0.5, 0.75)
    assert stack.loss.tolist() == [loss(XOR), *(loss(with_numbers(XOR, {place: number})) for number in allowed)]


def test_numbers_that_cannot_stand_there_are_left_out() -> None:
    assert evaluated(EXAMPLE, Target(1), [2.0, 0.5, -1.0])[1] == (0.5,)
    assert evaluated(XOR, Weight(1, 1, 1), [float("nan"), 0.5, float("inf")])[1] == (0.5,)
    stack, allowed = evaluated(EXAMPLE, Weight(1, 1, 1), [1e308, 0.5])
    assert allowed == (1e308, 0.5) and len(stack.loss) == 3


def test_a_place_that_the_network_does_not_have_is_refused() -> None:
    with pytest.raises(InvalidExperiment, match=r"no w\.9\.1\.1"):
        evaluated(XOR, Weight(9, 1, 1), [0.5])


@pytest.mark.parametrize("experiment", [EXAMPLE, MAZUR], ids=["example", "mazur"])
@pytest.mark.parametrize("place", EVERY[:3], ids=lambda place: place.text)
def test_the_gradient_is_the_slope_of_the_loss(place: Given, experiment: Experiment) -> None:
    own, far = number_at(experiment, place), 1e-5
    low, high = (loss(with_numbers(experiment, {place: own + step})) for step in (-far, far))
    assert gradient(experiment, place) == pytest.approx((high - low) / (2 * far), rel=1e-6, abs=1e-9)


def test_a_target_has_no_gradient() -> None:
    assert gradient(XOR, Target(1)) is None


def test_the_words_say_how_the_loss_went_and_what_the_gradient_promised() -> None:
    assert note(Weight(1, 1, 1), (1.617, 1.602), -0.153, 0.1) == (
        "loss 1.617 → 1.602, −0.0150; the gradient promised ∂L/∂w · Δw = −0.0153"
    )
    assert note(Bias(1, 1), (0.5, 0.5), 0.0, 0.1) == ("loss 0.5000 → 0.5000, 0; the gradient promised ∂L/∂b · Δb = 0")
    assert note(Input(1), (2.0, 2.5), 1.0, 1.0).endswith("+0.500; the gradient promised ∂L/∂x · Δx = +1.00")
    assert note(Target(1), (2.0, 1.5), None, 0.5) == "loss 2.000 → 1.500, −0.500; training never changes a target"
    assert note(Weight(1, 1, 1), (1.617, 1.617), -0.153, 0.0) == "loss 1.617; nothing has changed yet"


def test_the_words_for_an_edit_are_those_for_its_numbers() -> None:
    place = Weight(1, 1, 1)
    after = with_numbers(EXAMPLE, {place: 0.6})
    slope = gradient(EXAMPLE, place)
    assert note_between(EXAMPLE, after, place) == note(place, (loss(EXAMPLE), loss(after)), slope, 0.6 - 0.1)


@given(st.floats(1e-6, 1e6), st.floats(1e-9, 10), st.booleans())
def test_the_losses_are_written_so_that_the_difference_is_seen(before: float, share: float, up: bool) -> None:
    after = before * (1 + share) if up else before / (1 + share)
    words = note(Weight(1, 1, 1), (before, after), 1.0, 1.0)
    numbers = re.match(r"loss (\S+) → (\S+), (\S+);", words)
    assert numbers
    first, second, change = (read(text) for text in numbers.groups())
    assert abs((second - first) - (after - before)) <= 0.1 * abs(after - before) + 1e-15 * before
    assert change == pytest.approx(after - before, rel=6e-3)


def read(text: str) -> float:
    """A number as it is written for readers."""
    mantissa, _, power = text.replace("−", "-").partition("×10")
    return float(mantissa) * 10.0 ** int(power.translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")) or 0)
