"""What is said about the steps along one parameter is true of their losses, whatever the network and the rate."""

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine import Experiment, InvalidExperiment, Layer, Network
from engine.arrays import Array
from engine.landscape import Descent, Landscape, along
from pages.widgets.landscape.course import course, has_valley
from pages.widgets.landscape.walking import RATES
from tests.strategies import experiments

Numbers = tuple[Descent, Array]
# Of a loss: less than this is rounding
TINY = 1e-12


def changes(descent: Descent) -> Array:
    """How much the loss rises with each step; rounding is no rise."""
    change = np.diff(descent.loss)
    return np.where(np.abs(change) > TINY * np.abs(descent.loss).max(), change, 0.0)


def lengths(descent: Descent) -> Array:
    return np.abs(np.diff(descent.points[:, 0]))


def falls(descent: Descent, _: Array) -> bool:
    return bool((changes(descent) <= 0).all()) and descent.loss[-1] < descent.loss[0]


def turns(slopes: Array) -> int:
    return sum((before < 0 < after) or (after < 0 < before) for before, after in pairwise(slopes))


def shrinks(descent: Descent, _: Array) -> bool:
    steps = lengths(descent)
    return bool((steps[1:] <= steps[:-1] * (1 + 1e-6)).all()) and steps[-1] < steps[0]


def ends_higher(descent: Descent, _: Array) -> bool:
    return bool(descent.loss[-1] > descent.loss[0])


def ends_no_higher(descent: Descent, _: Array) -> bool:
    return not ends_higher(descent, _)


# each claim that a sentence can make, and how to see whether it is so
CLAIMS: dict[str, Callable[..., bool]] = {
    r"step (\d+) leaves for infinity": lambda d, _, step: d.diverged and len(d.points) == int(step),
    "No step leaves the start": lambda d, _: bool((d.points == d.points[0]).all()),
    "less than a billionth of itself": lambda d, _: bool(np.ptp(d.loss) <= 1e-9 * np.abs(d.loss).max()),
    r"the slope (?:at the start|there) is 0\.$": lambda _, slopes: slopes[0] == 0,
    "get no lower": lambda d, _: bool(d.loss.min() >= d.loss[0] - 1e-9 * np.abs(d.loss).max()),
    "swing from side to side": lambda _, slopes: turns(slopes) > 0,
    r"(\d+) of (\d+) overshoot": lambda d, slopes, some, every: (
        turns(slopes) == int(some) and len(slopes) - 1 == int(every)
    ),
    "none goes uphill": falls,
    r"it rises in (\d+) of (\d+) steps": lambda d, _, some, every: (
        (changes(d) > 0).sum() == int(some) and len(changes(d)) == int(every)
    ),
    "ends higher than it began": ends_higher,
    "ends no higher than it began": ends_no_higher,
    "steps? goe?s? down": falls,
    r"The step goes down": lambda d, _: len(d.loss) == 2,
    "the slope is .* before it and .* after it": lambda d, _: len(d.loss) == 2,
    r"Step (\d+) goes nearly all of the way": lambda d, _, step: bool(
        (np.delete(lengths(d), int(step) - 1) * 999 < lengths(d)[int(step) - 1]).all()
    ),
    r"the last is (\d+)% as long": lambda d, slopes, share: (
        slopes[-2] != 0 and abs(lengths(d)[-1] / lengths(d).max() - int(share) / 100) < 0.0051
    ),
    "become smaller as the slope does": shrinks,
    "the last is at most half as long": lambda d, _: bool(lengths(d)[-1] <= lengths(d).max() / 2),
}


def walked(experiment: Experiment, index: int, start: float, rate: float, steps: int) -> Numbers:
    network = experiment.network
    landscape = Landscape(network, experiment.x, experiment.y, along(network, index)[np.newaxis])
    descent = landscape.descend(np.array([start]), optimizer="sgd", learning_rate=rate, steps=steps)
    return descent, np.array([landscape.gradient(point)[0] for point in descent.points])


def require_true(sentence: str, descent: Descent, slopes: Array) -> None:
    claims = {pattern: found for pattern in CLAIMS if (found := re.search(pattern, sentence))}
    assert claims, sentence
    for pattern, found in claims.items():
        assert CLAIMS[pattern](descent, slopes, *found.groups()), (sentence, pattern)


@given(experiments(), st.data())
def test_every_sentence_is_true_of_the_losses(experiment: Experiment, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, experiment.network.parameter_count - 1))
    rate, steps = data.draw(st.sampled_from(RATES)), data.draw(st.integers(1, 30))
    try:
        descent, slopes = walked(experiment, index, data.draw(st.floats(-3, 3)), rate, steps)
    except InvalidExperiment:
        assume(False)
    require_true(course(descent, slopes), descent, slopes)


# ½(2w + b − 1)²: along w a parabola of curvature 4, with its bottom at w = ½
PARABOLA = Experiment(Network([Layer([[2.0]], [0.0], "identity")], "half_squared_error"), [2.0], [1.0], 0.1)
# the first neuron of the hidden layer gives 0 whatever its weights are, nearly
DEAD = Experiment(
    Network(
        [Layer([[-2.5, 0.1], [1.0, -0.5]], [-1.0, 0.5], "relu"), Layer([[1.0, 0.5], [-1.0, 0.25]], [0, 0], "softmax")],
        "cross_entropy",
    ),
    [0.55, 0.2],
    [1, 0],
    0.1,
)


@pytest.mark.parametrize(
    ("experiment", "start", "rate", "steps", "words"),
    [
        (DEAD, 0.0, 0.5, 20, "No step leaves the start: the slope there is 0."),
        (PARABOLA, -1.5, 0.5, 20, "No step leaves the start: the slope there is 0."),
        (PARABOLA, -1.5 + 1e-9, 0.001, 1, "The step goes down"),
        (PARABOLA, 0.0, 0.25, 20, "Step 1 goes nearly all of the way"),
        (PARABOLA, 0.0, 0.25, 1, "The step goes down: the slope is 6 before it and 0 after it."),
        (PARABOLA, 0.0, 0.2, 20, "The steps go down and become smaller as the slope does."),
        (PARABOLA, 0.0, 0.001, 20, "have not arrived: the last is 93% as long as the longest"),
        (PARABOLA, 0.0, 0.4, 20, "swing from side to side: 20 of 20 overshoot the bottom, but none goes uphill"),
        (PARABOLA, 0.0, 0.5, 20, "swing from side to side and get no lower"),
        (PARABOLA, 0.0, 0.6, 5, "the loss ends higher than it began"),
        (PARABOLA, 0.0, 200.0, 20, "step 3 leaves for infinity"),
    ],
)
def test_each_course_has_its_sentence(
    experiment: Experiment, start: float, rate: float, steps: int, words: str
) -> None:
    descent, slopes = walked(experiment, 0, start, rate, steps)
    sentence = course(descent, slopes)
    assert words in sentence
    require_true(sentence, descent, slopes)


def test_a_loss_that_cannot_be_computed_is_no_course_of_steps() -> None:
    descent = Descent(np.array([[0.0], [1.0]]), np.array([1.0, np.inf]), diverged=False)
    assert "leaves for infinity" in course(descent, np.array([-1.0, -1.0]))


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=20))
def test_there_is_a_valley_where_a_point_lies_between_two_higher_ones(drawn: list[float]) -> None:
    loss = np.round(drawn, 3)
    between = [(loss[:i] > here).any() and (loss[i + 1 :] > here).any() for i, here in enumerate(loss[:-1]) if i > 0]
    assert has_valley(loss) == any(between)


def test_a_plain_a_slope_and_a_hill_have_no_valley_and_what_is_not_finite_is_high() -> None:
    for none in ([1.0, 1.0, 1.0], [1.0, 2.0, 3.0], [0.0, 2.0, 0.0], [1.0, 2.0, np.inf]):
        assert not has_valley(np.array(none))
    for valley in ([np.inf, 1.0, 2.0], [2.0, 1.0, np.nan, 3.0]):
        assert has_valley(np.array(valley))
