"""The verdicts of the Gradients page are true of the network: on vanishing, and on what the gradient check found."""

import re

import numpy as np
import pytest
from hypothesis import assume, given, settings

from engine import Experiment, InvalidExperiment, Layer, Network, backward, check_gradients, forward
from engine.analysis.flow import layer_flows
from engine.gradcheck.mistakes import MISTAKES
from pages.widgets.gradients.vanishing import verdict
from pages.widgets.gradients.verdict import largest_first, manner, said, words_for
from tests.nasty import NASTY
from tests.strategies import awkward

DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
SINGLE = [name for name, experiment in NASTY.items() if experiment.examples == 1]


def evaluated(shown: str) -> float:
    """A number as texts have it."""
    return float(re.sub(r"×10([⁻⁰-⁹¹²³]+)", lambda power: "e" + power[1].translate(DIGITS), shown))


def require_flow_true(experiment: Experiment) -> None:
    network, there = experiment.network, forward(experiment.network, experiment.x)
    back = backward(network, there, experiment.y)
    words = verdict(experiment.x, layer_flows(experiment))
    which = 0 if "first layer are 0" in words or "weights of the first" in words else -1
    dW, db = back.dW[which], back.db[which]
    if "learns nothing" in words:
        assert not dW.any() and not db.any()
    if "no gradient" in words:
        assert not dW.any() and db.any()
        assert there.a[which if which == 0 else -2].any() == ("too small" in words)
    ratio = re.search(r"\*\*(?:(\S+) times|(?:about )?as large as)\*\*", words)
    norms = [np.linalg.norm(one) for one in (back.dW[0], back.dW[-1], back.delta[0], back.delta[-1])]
    assert bool(ratio) == (len(network.layers) > 1 and bool(norms[0]) and bool(norms[1]))
    if ratio and np.isfinite(norms).all():
        assert np.isclose(evaluated(ratio[1] or "1"), norms[0] / norms[1], rtol=5e-3, atol=0)
    if "vanishing" in words:
        assert norms[0] * 100 < norms[1] and norms[2] * 100 < norms[3]
    if "exploding" in words:
        assert norms[0] > 100 * norms[1] and norms[2] > 100 * norms[3]


def require_check_true(experiment: Experiment, mistake: str, h: float | None) -> None:
    wrong = MISTAKES[mistake].backward(experiment) if mistake else None
    report = check_gradients(experiment.network, experiment.x, experiment.y, wrong, h=h)
    words, changed = said(report, bool(mistake)), ~np.isclose(report.analytic, report.right, rtol=1e-6, atol=0)
    if "changes nothing that was checked" in words:
        assert not changed.any()
    if "wrong, but by so little" in words:
        assert (changed & report.judged).sum() == int(re.search(r"made (\d+) of them", words)[1])  # type: ignore[index]
    if "at a kink" in words:
        assert (changed & ~report.judged).any()
    if "rounding hides all" in words:
        seen = report.analytic[report.judged] * (
            report.uncertainty[report.judged] < 1e-4 * abs(report.analytic[report.judged])
        )
        assert not seen.any() and manner(report, bool(mistake)) == "open"
    if "The gradients are right" in words:
        assert not mistake
    count = re.search(r"(The gradient agrees|Both gradients agree|All (\d+) gradients agree)", words)
    all_agree = {"The gradient agrees": 1, "Both gradients agree": 2}.get(count[1], count[2]) if count else 0
    assert int(all_agree) == (report.judged.sum() if report.passed else 0)
    if wrong_ones := re.search(r"(\d+) of \d+ gradients (disagrees?)", words):
        assert (wrong_ones[1] == "1") == (wrong_ones[2] == "disagrees")
    assert (manner(report, bool(mistake)) == "passes") <= (report.passed and not changed.any())
    for one, word in zip(largest_first(report), words_for(report), strict=True):
        assert (word == "WRONG") <= changed[report.places.index(one.parameter)]


@settings(max_examples=40)
@given(awkward(3))
@np.errstate(all="ignore")
def test_what_is_said_of_vanishing_is_true(experiment: Experiment) -> None:
    require_flow_true(experiment)


@pytest.mark.parametrize("name", SINGLE)
@np.errstate(all="ignore")
def test_so_it_is_of_these(name: str) -> None:
    require_flow_true(NASTY[name])


def test_a_small_input_is_not_called_a_vanishing_gradient() -> None:
    layers = [Layer([[1.0]], [1.0], "identity"), Layer([[1.0]], [0.0], "identity")]
    small = Experiment(Network(layers, "half_squared_error"), [1e-6], [0.0], 0.1)
    assert "vanishing" not in verdict(small.x, layer_flows(small))


@settings(max_examples=25)
@given(awkward())
@np.errstate(all="ignore")
def test_what_is_said_of_the_check_is_true_with_every_mistake(experiment: Experiment) -> None:
    for name in ("", *(name for name, mistake in MISTAKES.items() if mistake.applies(experiment.network))):
        for h in (None, 1e-5, 1.0):
            try:
                require_check_true(experiment, name, h)
            except InvalidExperiment:
                assume(False)


def test_where_the_step_is_bad_the_quotient_is_blamed() -> None:
    mazur = NASTY["input 0"]
    report = check_gradients(mazur.network, mazur.x, mazur.y, h=1e-13)
    assert "The gradients are right" in said(report, False) and "WRONG" not in words_for(report)


def test_where_nothing_can_be_judged_nothing_is_said_to_agree() -> None:
    kinked = NASTY["hard tanh at 1"]
    report = check_gradients(kinked.network, kinked.x, kinked.y)
    assert said(report, False) == "No gradient could be judged." and manner(report, False) == "open"


def test_a_check_that_sees_nothing_is_not_said_to_pass() -> None:
    layers = [Layer([[1e-6]], [41.0], "sigmoid")]
    saturated = Experiment(Network(layers, "squared_error"), [1.0], [0.0], 0.1)
    report = check_gradients(saturated.network, saturated.x, saturated.y)
    assert manner(report, False) == "open" and "says nothing" in said(report, False)
    require_check_true(saturated, "", None)
