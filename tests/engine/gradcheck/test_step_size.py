"""The V-curve has the slopes of numerical analysis: h to the order of the scheme on one side, 1/h on the other."""

import numpy as np
import pytest

from engine import PRESETS, InvalidExperiment, Layer, Network
from engine.gradcheck.check import FEWEST, affordable
from engine.gradcheck.mistakes import MISTAKES
from engine.gradcheck.schemes import SCHEMES
from engine.gradcheck.step_size import v_curve

# the worked example: smooth around its own numbers, since no ReLU is near its kink
EXAMPLE = next(iter(PRESETS.values())).experiment


def slope(scheme: str, large: float, small: float) -> float:
    curve = v_curve(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, scheme)
    inside = [k for k, h in enumerate(curve.steps) if small <= h <= large]
    return float(np.polyfit(np.log10(np.array(curve.steps)[inside]), np.log10(curve.errors[inside]), 1)[0])


@pytest.mark.parametrize(
    ("scheme", "truncation", "rounding"),
    [
        ("one_sided", (1e-2, 1e-5), (1e-9, 1e-13)),
        ("central", (1e-1, 1e-3), (1e-7, 1e-13)),
        ("fourth_order", (1e-1, 1e-2), (1e-5, 1e-13)),
    ],
)
def test_error_falls_with_the_order_of_the_scheme_and_rises_again_with_rounding(scheme, truncation, rounding) -> None:
    assert slope(scheme, *truncation) == pytest.approx(SCHEMES[scheme].order, rel=0.05)
    assert slope(scheme, *rounding) == pytest.approx(-1.0, abs=0.15)


def test_a_better_scheme_has_a_lower_best_at_a_larger_step_near_its_own() -> None:
    curves = [v_curve(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, scheme) for scheme in SCHEMES]
    steps, errors = zip(*(curve.best for curve in curves), strict=True)
    assert sorted(steps) == list(steps) and sorted(errors, reverse=True) == list(errors)
    for curve in curves:
        assert 1 / 30 < curve.best[0] / SCHEMES[curve.scheme].h < 30


def test_a_large_network_is_represented_by_some_of_its_parameters() -> None:
    rng = np.random.default_rng(0)
    layers = [Layer(rng.standard_normal((200, 200)) / 14, np.zeros(200), "tanh")] * 2
    network = Network(layers, "huber")
    assert FEWEST <= len(affordable(network, 1130)) < 2 * 200 * 201 / 100
    curve = v_curve(network, rng.standard_normal(200), np.ones(200), "central", (1e-5, 1e-6))
    assert curve.errors[0] < 1e-6


def test_against_a_wrong_backward_pass_no_step_helps() -> None:
    wrong = MISTAKES["no_slope"].backward(EXAMPLE)
    curve = v_curve(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, "central", backward_pass=wrong)
    assert curve.best[1] > 0.01


def test_numbers_that_overflow_are_refused() -> None:
    network = Network([Layer([[1.0]], [0.0], "identity")], "half_squared_error")
    with pytest.raises(InvalidExperiment, match="too large"):
        v_curve(network, [1e153], [0.0], "central", (1e300, 1e301))
