"""Each slip gives the number that its words say, worked out here with plain arithmetic."""

import math

import numpy as np
import pytest

from engine import PRESETS, Experiment, Layer, Network
from engine.arrays import Array
from engine.gradcheck.by_hand import SUM, Problem, computed
from engine.gradcheck.mistakes import MISTAKES, SLIPS
from engine.practice.quantity import Quantity
from tests import oracles

MAZUR = PRESETS["mazur"].experiment
BOTH = PRESETS["worked-example"].experiment


def slips(experiment: Experiment, kind: str, *place: int) -> dict[str, Array]:
    """What each slip gives at a place, by name."""
    return Quantity(kind, *place).slips(computed(Problem.of(experiment)))


def test_slips_of_a_weighted_sum() -> None:
    found = slips(MAZUR, "z", 2, 1)
    h1, h2 = 0.5932699921071872, 0.596884378259767
    expected = {
        "bias_dropped": 0.4 * h1 + 0.45 * h2,
        "activation_forgotten": 0.4 * 0.3775 + 0.45 * 0.3925 + 0.6,
        "transposed": 0.4 * h1 + 0.5 * h2 + 0.6,
        "wrong_layer": 0.15 * h1 + 0.2 * h2 + 0.35,
        "one_path": 0.45 * h2 + 0.6,
        "hadamard": 0.4 * h1 + 0.6,
        "input_for_activation": 0.4 * 0.05 + 0.45 * 0.1 + 0.6,
    }
    assert set(found) == set(expected)
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, rel=1e-12), name


def test_slips_of_a_weights_gradient() -> None:
    found = slips(MAZUR, "dw", 2, 1, 2)
    a, d1, d2 = 0.7513650695523157, 0.138498561628557, -0.03809823651655622
    h1, h2, o2 = 0.5932699921071872, 0.596884378259767, 0.7729284653214625
    expected = {
        "activation_forgotten": d1 * 0.3925,
        "transposed": d2 * h1,
        "hadamard": d1 * h1,
        "input_for_activation": d1 * 0.1,
        "sign": -d1 * h2,
        "no_slope": (a - 0.01) * h2,
        "own_activation": d1 * o2,
    }
    assert set(found) == set(expected)
    for name, value in expected.items():
        assert found[name] == pytest.approx(value, rel=1e-12), name


def test_slips_of_a_loss_and_where_the_way_back_begins() -> None:
    loss = float(computed(Problem.of(MAZUR)).loss)
    found = slips(MAZUR, "loss")
    assert {name: float(value) / loss for name, value in found.items()} == pytest.approx(
        {"factor_two": 2.0, "mean_for_sum": 0.5}
    )
    entropy = slips(BOTH, "loss")
    assert entropy["common_logarithm"] == pytest.approx(-math.log10(0.19844), rel=1e-4)
    first = slips(BOTH, "delta", 3, 2)
    share = 0.28536
    assert first["slope_on_joint"] == pytest.approx(share * share * (1 - share), rel=1e-4)
    assert first["swapped_difference"] == pytest.approx(-share, rel=1e-4)
    assert first["softmax_diagonal"] == 0


def test_slips_of_the_learning_step() -> None:
    found = slips(MAZUR, "new_w", 2, 1, 1)
    g = 0.0821670405642308
    assert found["rate_forgotten"] == pytest.approx(0.4 - g)
    assert found["rate_twice"] == pytest.approx(0.4 - 0.25 * g)
    assert found["added"] == pytest.approx(0.4 + 0.5 * g)


def batch(reduction: str) -> Problem:
    network = Network([Layer([[0.5, -0.2]], [0.1], "identity")], "half_squared_error")
    x, y = np.array([[1.0, 2.0], [3.0, 1.0]]), np.array([[0.0], [1.0]])
    return Problem(network=network, x=x, y=y, learning_rate=0.1, reduction=reduction)


def test_slips_of_a_batch() -> None:
    # z is 0.2 and 1.4, so the deltas are 0.2 and 0.4
    for reduction, right, name, other in (("mean", 0.7, "sum_for_mean", 1.4), (SUM, 1.4, "mean_for_sum", 0.7)):
        worked = computed(batch(reduction))
        asked = Quantity("dw", 1, 1, 1)
        assert asked.of(worked) == pytest.approx(right)
        found = asked.slips(worked)
        assert found[name] == pytest.approx(other)
        assert found["one_example"] == pytest.approx(0.4 * 3)
        share = right / 1.4
        assert found["stale_outputs"] == pytest.approx((0.2 + 0.4) * 3 * share)


@pytest.mark.parametrize("name", ["no_slope", "slope_at_activation", "not_transposed", "updated_weights"])
def test_a_slip_in_one_step_is_the_mistake_of_the_whole_pass_where_it_is_made_first(name: str) -> None:
    whole = MISTAKES[name].backward(MAZUR)
    there = 2 if name == "no_slope" else 1
    local = slips(MAZUR, "delta", there)[name]
    if name == "no_slope":
        local = computed(Problem.of(MAZUR)).da[1][0]
    oracles.assert_close(whole.delta[there - 1], local, rtol=1e-12)


def test_every_slip_says_what_was_done() -> None:
    for slip in SLIPS.values():
        assert slip.said and slip.title
        assert not slip.said.endswith(".")
    assert set(MISTAKES) < set(SLIPS)


@pytest.mark.parametrize("loss", ["cross_entropy", "binary_cross_entropy", "half_squared_error"])
def test_a_softmax_without_the_exponential_is_the_whole_passs_under_every_loss(loss: str) -> None:
    network = Network([Layer([[0.5, 0.2], [0.3, 0.4], [0.1, 0.6]], [0.1, 0.2, 0.1], "softmax")], loss)
    experiment = Experiment(network, [1.0, 0.5], [0.0, 1.0, 0.0], 0.1)
    whole = MISTAKES["softmax_without_exponential"].backward(experiment)
    oracles.assert_close(slips(experiment, "delta", 1)["softmax_without_exponential"], whole.delta[0], rtol=1e-10)
