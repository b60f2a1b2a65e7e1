"""What the text claims of a network is true of it: at kinks, with zeros, ties, flat ends, no rate and one too high."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings

from engine import ACTIVATIONS, Experiment, InvalidExperiment, Layer, backward, forward, sgd_step
from engine.derivation import book
from engine.derivation.blocks import Chapter, Formula, Prose
from engine.derivation.chapters.ch09_mistakes import mistake_details, possible
from engine.gradcheck.check import flat_gradients
from tests.latex import evaluate
from tests.nasty import NASTY, loss_after
from tests.strategies import awkward

SIDE = 1e-7
NEURONS = re.compile(r"Neurons? ([\d, and]+): (?:here |at )(.*?)(?=Neurons? \d|$)")


def slopes(layer: Layer, z: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The slopes of a layer's activation on the left and on the right of each z, by quotients."""
    f = ACTIVATIONS[layer.activation].f
    left, there, right = (f(z + move, layer.parameter) for move in (-SIDE, 0.0, SIDE))
    return (there - left) / SIDE, (right - there) / SIDE


def said(chapters: tuple[Chapter, ...], anchor: str) -> str:
    return " ".join(b.text for c in chapters if c.anchor == anchor for b in c.blocks if isinstance(b, Prose))


def require_neurons(experiment: Experiment, words: str, number: int) -> None:
    """Of each neuron it is said that it is flat or at a kink where it is, and nowhere else."""
    layer, there = experiment.network.layers[number - 1], forward(experiment.network, experiment.x)
    back = backward(experiment.network, there, experiment.y)
    z = there.z[number - 1]
    left, right = slopes(layer, z)
    # too close to a kink for the quotients
    if any(((abs(z - k) > 0) & (abs(z - k) < 10 * SIDE)).any() for k in ACTIVATIONS[layer.activation].kinks):
        return
    kinked, flat = set(), set()
    for who, what in NEURONS.findall(words):
        (kinked if "kink" in what else flat).update(int(n) - 1 for n in re.findall(r"\d+", who))
        if "no gradient passes through" in what:
            assert not any(back.delta[number - 1][int(n) - 1] for n in re.findall(r"\d+", who))
    assert kinked == set(np.flatnonzero(abs(right - left) > 1e-4)), words
    assert flat <= set(np.flatnonzero((abs(left) < 1e-6) & (abs(right) < 1e-6))), words
    exactly = ACTIVATIONS[layer.activation].df(there.z[number - 1], layer.parameter) == 0
    assert flat == set(np.flatnonzero(exactly)) - kinked


def require_shares(experiment: Experiment, words: str, number: int) -> None:
    a = forward(experiment.network, experiment.x).a[number]
    one, several = re.search(r"largest is that of neuron (\d+)", words), re.search(r"([\d, and]+) have the larg", words)
    top = set(np.flatnonzero(np.isclose(a, a.max(), rtol=1e-9, atol=0)) + 1)
    claimed = {int(n) for found in (one, several) if found for n in re.findall(r"\d+", found[1])}
    all_equal = len(a) > 1 and len(top) == len(a)
    assert ("All are equal" in words) == all_equal, words
    assert claimed == (top if len(a) > 1 and not all_equal else set()), words
    wanted = re.search(r"The target is neuron (\d+)", words)
    if wanted or "also the target" in words:
        assert sorted(experiment.y)[-1] == 1.0 and int(experiment.y.argmax()) + 1 == (
            int(wanted[1]) if wanted else next(iter(top))
        )


def require_outcome(experiment: Experiment, words: str) -> None:
    before, after = loss_after(experiment, 0.0), loss_after(experiment, experiment.learning_rate)
    smaller = [loss_after(experiment, experiment.learning_rate * 0.5**k) for k in range(1, 100)]
    assert ("loss falls" in words) == (after < before) and ("is still" in words) == (after == before)
    if "rate is too high" in words or "smaller rate can end lower" in words:
        assert after == np.inf or min(smaller) < before
    if "No smaller rate" in words:
        assert min(smaller) >= before
    if "no parameter changes" in words:
        made = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
        new = sgd_step(experiment.network, made, experiment.learning_rate, experiment.update_biases)
        assert new == experiment.network


def require_check(derived: float, chapter: Chapter) -> None:
    """Where the check beside the derivative shows another number, the text says why."""
    shown = [re.search(r"\{2h\} = \\G\{(.*?)\}\\quad", b.latex) for b in chapter.blocks if isinstance(b, Formula)]
    words = " ".join(b.text for b in chapter.blocks if isinstance(b, Prose))
    for match in filter(None, shown):
        number = float(match[1].replace(r"\cdot 10^{", "e").replace("}", ""))
        if not np.isclose(number, derived, rtol=2e-3, atol=0.0):
            assert "differ" in words, (number, derived)


def require_true(experiment: Experiment) -> None:
    try:
        chapters = book(experiment)
    except InvalidExperiment:
        assume(False)
        raise
    back = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    for number, layer in enumerate(experiment.network.layers, 1):
        check = require_neurons if ACTIVATIONS[layer.activation].elementwise else require_shares
        check(experiment, said(chapters, f"forward-{number}"), number)
    update = said(chapters, "update")
    assert ("A rate of 0" in update) == (experiment.learning_rate == 0)
    if experiment.learning_rate:
        assert ("all these gradients are 0" in update) == (not back.dW[-1].any())
    assert ("the biases are kept" in said(chapters, "architecture")) != experiment.update_biases
    output = forward(experiment.network, experiment.x).output
    if "so close to 0 or 1" in said(chapters, "error"):
        assert (np.minimum(output, 1.0 - output) < 1e-4).any()
    require_outcome(experiment, said(chapters, "code"))
    require_check(back.dW[-1][0, 0], next(c for c in chapters if c.anchor == "weight"))


@settings(max_examples=25)
@given(awkward())
@np.errstate(all="ignore")
def test_what_is_claimed_of_an_awkward_network_is_true(experiment: Experiment) -> None:
    require_true(experiment)


@pytest.mark.parametrize("name", [name for name, experiment in NASTY.items() if experiment.examples == 1])
@np.errstate(all="ignore")
def test_what_is_claimed_of_these_is_true(name: str) -> None:
    require_true(NASTY[name])


@settings(max_examples=15)
@given(awkward())
@np.errstate(all="ignore")
def test_what_is_claimed_of_mistakes_is_true(experiment: Experiment) -> None:
    back = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    right = flat_gradients(back)
    for mistake in possible(experiment):
        try:
            wrong, words = (
                mistake.backward(experiment),
                " ".join(block.text for block in mistake_details(experiment, mistake) if isinstance(block, Prose)),
            )
        except InvalidExperiment:
            continue
        same = np.isclose(flat_gradients(wrong), right, rtol=1e-5, atol=1e-6 * np.abs(right).max(initial=0.0))
        if "makes no difference" in words or "all gradients of the parameters are right" in words:
            assert same.all(), words
        if "makes no difference" in words:
            assert np.allclose(flat_gradients(wrong), right, rtol=0.0, atol=1e-12 * np.abs(right).max(initial=0.0)), (
                words
            )
        if (
            "finds it" in words
            or "hardly a difference" in words
            or "cannot find it here. The" in words
            or "rounding hides them" in words
        ):
            assert not np.array_equal(flat_gradients(wrong), right), words


@pytest.mark.parametrize("name", [name for name, experiment in NASTY.items() if experiment.examples == 1])
@np.errstate(all="ignore")
def test_what_is_said_of_the_size_of_an_error_is_true(name: str) -> None:
    for mistake in possible(NASTY[name]):
        words = " ".join(b.text for b in mistake_details(NASTY[name], mistake) if isinstance(b, Prose))
        found = re.search(r"error of \$(.*?)\$ is (far )?above \$(.*?)\$", words)
        if not found:
            continue
        error, limit, made, due = map(evaluate, (found[1], found[3], *re.findall(r"says \$(.*?)\$", words)))
        assert error > limit and bool(found[2]) == (error > 100 * limit)
        if "relative error" in words:
            assert error == pytest.approx(abs(made - due) / max(abs(made), abs(due)), rel=6e-3, abs=2e-3)
