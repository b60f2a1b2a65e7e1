"""Claims hold at kinks, zeros, ties and flat ends: each is taken from the sentence and held against the engine."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings

from engine import ACTIVATIONS, Experiment, InvalidExperiment, Layer, Step, backward, forward, trace
from engine.backprop.learning_step import Computed
from engine.reasons import why
from tests.nasty import NASTY, loss_after
from tests.strategies import awkward

few = settings(max_examples=40)
SINGLE = [name for name, experiment in NASTY.items() if experiment.examples == 1]
SIDE = 1e-7


def told(experiment: Experiment) -> list[tuple[Step, str]]:
    try:
        return [(step, why(step, Computed(experiment))) for step in trace(experiment, "neuron")]
    except InvalidExperiment:
        assume(False)
        raise


def sides(layer: Layer, z: float) -> tuple[float, float]:
    """The slopes of an activation on the left and on the right of a z, by quotients."""
    f = ACTIVATIONS[layer.activation].f
    left, there, right = (float(f(np.array(z + move), layer.parameter)) for move in (-SIDE, 0.0, SIDE))
    return (there - left) / SIDE, (right - there) / SIDE


def lowered(experiment: Experiment) -> bool:
    """Whether some smaller rate gives a lower loss: looked for on a finer grid than the engine's."""
    before = loss_after(experiment, 0.0)
    return any(loss_after(experiment, experiment.learning_rate * 0.5**k) < before for k in range(1, 100))


def require_true(experiment: Experiment) -> None:
    there = forward(experiment.network, experiment.x)
    back = backward(experiment.network, there, experiment.y)
    for step, words in told(experiment):
        assert not re.search(r"nan|inf|-\d", words), words
        require_by_size(step, words)
        for claim in re.finditer(r"(ŷ\S+) is (too high|too low)", words):
            k = last_index(claim[1])
            assert (there.output[k] > experiment.y[k]) == (claim[2] == "too high"), words
        # only an output has a target
        assert not re.search(r"z\S+ is too \w+, [\d.]", words), words
        if step.op == "activation" and ACTIVATIONS[step.operands[0]].elementwise:
            require_slope(experiment, step, words, float(back.delta[step.layer - 1][(step.neuron or 1) - 1]))
        if step.op == "new_loss":
            require_the_outcome(experiment, words, step.value < step.operands[0], step.value == step.operands[0])
        if "nothing to improve" in words:
            assert back.loss == 0 and not any(dW.any() for dW in back.dW)


def last_index(symbol: str) -> int:
    """The last index of a symbol, counted from 0."""
    return int(symbol[-1].translate(str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789"))) - 1


def require_by_size(step: Step, words: str) -> None:
    if "no gradient comes through" in words or "So the gradient of" in words:
        assert step.value == 0
    if step.op == "weighted_sum" and "brings" in words and "No input" not in words:
        sizes = np.sort(np.abs(step.operands[0] * step.operands[1]))[::-1]
        tie = len(sizes) > 1 and np.isclose(sizes[0], sizes[1], rtol=1e-9, atol=0.0)
        assert ("the most" in words) == (len(sizes) > 1 and not tie)
    if "The largest δ" in words:
        sizes = np.sort(np.abs(step.value))[::-1]
        assert sizes[0] > sizes[1]


def require_slope(experiment: Experiment, step: Step, words: str, delta: float) -> None:
    z, own = float(step.operands[2]), experiment.network.layers[step.layer - 1]
    left, right = sides(own, z)
    near = any(0 < abs(z - kink) < 10 * SIDE for kink in ACTIVATIONS[own.activation].kinks)
    assert near or ("kink" in words) == (abs(right - left) > 1e-4), (words, left, right)
    assert delta == 0 or "no gradient will come back" not in words


def require_the_outcome(experiment: Experiment, words: str, fell: bool, stayed: bool) -> None:
    assert words.startswith("The loss stayed" if stayed else "The loss went down" if fell else "The loss went up")
    if "make the learning rate smaller" in words:
        assert lowered(experiment)
    if "No smaller rate" in words:
        assert not lowered(experiment)
    if "lies on a kink" in words:
        z = forward(experiment.network, experiment.x).z
        at = zip(experiment.network.layers, z, strict=True)
        assert any(abs(np.subtract(*sides(layer, float(one)))) > 1e-4 for layer, some in at for one in some)


@few
@given(awkward())
@np.errstate(all="ignore")
def test_what_is_said_of_an_awkward_network_is_true(experiment: Experiment) -> None:
    require_true(experiment)


@pytest.mark.parametrize("name", SINGLE)
@np.errstate(all="ignore")
def test_what_is_said_of_these_is_true(name: str) -> None:
    require_true(NASTY[name])


@few
@given(awkward())
@np.errstate(all="ignore")
def test_what_a_rising_activation_pushes_goes_that_way(experiment: Experiment) -> None:
    network, there = experiment.network, forward(experiment.network, experiment.x)
    for step, words in told(experiment):
        claim = re.search(r"A rising \S+ pushes (\S+) (up|down)", words)
        if claim:
            following, j = network.layers[step.layer], (step.neuron or 1) - 1
            moved = following.W @ (there.a[step.layer] + 1e-3 * np.eye(network.sizes[step.layer])[j]) + following.b
            both = np.stack([there.z[step.layer], moved])
            if claim[1].startswith("ŷ"):
                both = ACTIVATIONS[following.activation].f(both, following.parameter)
            change = float(np.diff(both, axis=0)[0, last_index(claim[1])])
            assert change * (1 if claim[2] == "up" else -1) >= 0, words
