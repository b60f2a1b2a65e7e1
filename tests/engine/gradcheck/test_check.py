"""The gradient check is judged from both sides: right gradients pass whatever the network, wrong ones are caught."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine import (
    PRESETS,
    Experiment,
    InvalidExperiment,
    Layer,
    Network,
    backward,
    check_gradients,
    forward,
)
from engine.gradcheck.check import TOLERANCE, GradientReport, affordable, flat_gradients
from engine.gradcheck.schemes import SCHEMES
from engine.network.parameters import parameters
from engine.network.places import Bias, Weight
from tests import oracles
from tests.nasty import NASTY
from tests.samples import EXAMPLE, passes
from tests.strategies import Batch, batches, experiments

# largest error of a right gradient with each scheme's own step, in a network of moderate size
ACCURACY = {"one_sided": 1e-4, "central": 1e-6, "fourth_order": 1e-8}


def wide(
    activation: str = "tanh", depth: int = 4, width: int = 5, gain: float = 1.0
) -> tuple[Network, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(1)
    layers = [
        Layer(rng.standard_normal((width, width)) * gain / np.sqrt(width), rng.standard_normal(width) * 0.3, activation)
        for _ in range(depth)
    ]
    return Network(layers, "half_squared_error"), rng.standard_normal(width), rng.standard_normal(width)


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_preset_passes_and_its_numeric_gradients_are_those_of_autograd(name: str) -> None:
    e = PRESETS[name].experiment
    report = check_gradients(e.network, e.x, e.y)
    _, expected, _ = oracles.gradients(e.network, e.x, e.y)
    flat = np.concatenate([np.column_stack(pair).ravel() for pair in expected])
    judged = report.judged
    oracles.assert_close(report.numeric[judged], flat[judged], rtol=1e-8, atol=1e-10)
    # nine digits, unless the gradient is what is left of larger parts, as of XNOR's; then as many as are certain
    apart = np.abs(report.analytic - report.numeric)[judged]
    assert (apart <= np.maximum(1e-9 * np.abs(report.analytic), report.uncertainty)[judged]).all()
    assert report.largest_relative_error < 1e-8 and report.passed


@given(experiments(max_layers=4))
def test_a_right_gradient_passes_in_any_network(e: Experiment) -> None:
    assert check_gradients(e.network, e.x, e.y).largest_relative_error <= TOLERANCE


@pytest.mark.parametrize("loss", ["huber", "half_squared_error"])
@pytest.mark.parametrize("error", [1e-8, 1e-15, 1e-20, 1e-60, 3e-142])
def test_a_right_gradient_passes_however_close_to_the_bottom(loss: str, error: float) -> None:
    network = Network([Layer([[0.0]], [error], "identity")], loss)
    assert check_gradients(network, [0.0], [0.0]).passed


@given(batches())
@settings(max_examples=30)
def test_a_right_gradient_of_a_batch_passes(batch: Batch) -> None:
    report = check_gradients(batch.network, batch.x, batch.y)
    assert report.largest_relative_error <= TOLERANCE
    assert len(report) == sum(layer.W.size + layer.b.size for layer in batch.network.layers)


def check_wrong(e: Experiment, layer: int) -> tuple[GradientReport, np.ndarray]:
    """The check with the weights' gradients of a layer, from 0, wrong by half a thousandth, and which those are."""
    made = passes(e)[1]
    with np.errstate(under="ignore"):
        wrong = replace(made, dW=tuple(dW * 1.0005 if k == layer else dW for k, dW in enumerate(made.dW)))
    report = check_gradients(e.network, e.x, e.y, wrong)
    return report, np.array([place.layer == layer + 1 and isinstance(place, Weight) for place in report.places])


@given(experiments(), st.data())
def test_a_gradient_wrong_by_half_a_thousandth_is_caught_at_its_place(e: Experiment, data: st.DataObject) -> None:
    report, wrong = check_wrong(e, data.draw(st.integers(0, len(e.network.layers) - 1)))
    caught = report.error > TOLERANCE
    # the quotient's own error, and twice that for what is let pass, take less than half a thousandth
    seen = np.abs(report.analytic) > 6_250 * report.uncertainty
    assert not caught[report.judged & ~wrong].any()
    assert caught[report.judged & wrong & seen].all()


@pytest.mark.parametrize("layer", [0, 1, 2])
def test_in_the_worked_example_every_one_is_caught(layer: int) -> None:
    report, wrong = check_wrong(EXAMPLE, layer)
    assert ((report.error > TOLERANCE) == (wrong & (report.analytic != 0))).all()


@pytest.mark.parametrize(("activation", "gain"), [("sigmoid", 1.5), ("softsign", 0.4), ("mish", 0.4)])
def test_gradients_that_vanish_through_eight_layers_are_resolved_not_drowned_in_rounding(
    activation: str, gain: float
) -> None:
    network, x, y = wide(activation, depth=8, gain=gain)
    made = backward(network, forward(network, x), y)
    assert np.abs(made.dW[0]).max() < 1e-3 * np.abs(made.dW[-1]).max()
    assert check_gradients(network, x, y).largest_relative_error <= TOLERANCE
    wrong = replace(made, dW=(made.dW[0] * 1.0005, *made.dW[1:]))
    assert check_gradients(network, x, y, wrong).largest_relative_error > 10 * TOLERANCE


@pytest.mark.parametrize(
    ("scale", "width"), [(1e-6, 3), (1e3, 3), (40.0, 1)], ids=["tiny", "large", "one neuron a layer"]
)
@pytest.mark.parametrize("activation", ["identity", "sigmoid", "relu", "softmax", "gelu"])
def test_inputs_and_weights_of_any_size_pass(scale: float, width: int, activation: str) -> None:
    rng = np.random.default_rng(3)
    layers = [Layer(rng.standard_normal((width, width)) * scale, rng.standard_normal(width), activation)] * 2
    report = check_gradients(Network(layers, "mean_squared_error"), rng.standard_normal(width) * scale, np.ones(width))
    assert report.judged.all() and report.largest_relative_error <= TOLERANCE


def test_gradients_too_small_for_any_quotient_are_said_to_be() -> None:
    network, x, y = wide("sigmoid", depth=20)
    report = check_gradients(network, x, y)
    layer = np.array([p.layer for p in parameters(network)])
    assert report.passed and report.resolved[layer == 20].all() and not report.resolved[layer == 1].any()


def test_a_neuron_exactly_at_a_kink_is_not_judged_and_the_others_are() -> None:
    # z = (0, 1): the first ReLU has no derivative, and only the parameters that move it are affected
    network = Network([Layer([[1.0, -1.0], [1.0, 0.0]], [0.0, 0.0], "relu")], "half_squared_error")
    report = check_gradients(network, [1.0, 1.0], [3.0, 3.0])
    assert report.judged.tolist() == [False] * 3 + [True] * 3
    assert report.largest_relative_error < 1e-9
    # the quotient is the mean of both slopes, 0 and -3
    oracles.assert_close(report.numeric[:3], [-1.5] * 3, rtol=1e-5)


@pytest.mark.parametrize(("alpha", "judged"), [(1.0, True), (2.0, False)])
def test_an_elu_has_a_kink_only_where_its_two_slopes_differ(alpha: float, judged: bool) -> None:
    network = Network([Layer([[1.0]], [-1.0], "elu", alpha)], "half_squared_error")
    report = check_gradients(network, [1.0], [3.0])
    assert report.judged.tolist() == [judged] * 2
    assert report.largest_relative_error <= TOLERANCE


def test_a_kink_within_the_first_step_is_avoided_by_a_smaller_one() -> None:
    network = Network([Layer([[1.0]], [-1.0 + 1e-5], "relu")], "half_squared_error")
    report = check_gradients(network, [1.0], [3.0])
    assert report.judged.all() and report.h.max() < 1e-5 and report.largest_relative_error < 1e-8


def test_a_step_of_ones_own_that_crosses_a_kink_is_said_to() -> None:
    network = Network([Layer([[1.0]], [-0.99], "relu")], "half_squared_error")
    assert check_gradients(network, [1.0], [3.0], h=1e-3).judged.all()
    assert not check_gradients(network, [1.0], [3.0], h=1e-2).judged.any()


@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_each_scheme_is_as_accurate_as_its_order_allows(scheme: str) -> None:
    network, x, y = wide()
    assert check_gradients(network, x, y, scheme=scheme).largest_relative_error < ACCURACY[scheme]
    order = SCHEMES[scheme].order
    # ten times the step, 10^order times the error, where truncation rules
    coarse, fine = (check_gradients(network, x, y, scheme=scheme, h=h).error for h in (0.1, 0.01))
    ratio = np.median(coarse / fine)
    assert 0.3 * 10**order < ratio < 3 * 10**order


def test_a_parameter_without_influence_has_a_numeric_gradient_of_exactly_zero() -> None:
    network = Network([Layer([[1.0], [1.0]], [-5.0, 0.3], "relu"), Layer([[1.0, 0.7]], [0.1], "tanh")], "huber")
    report = check_gradients(network, [1.0], [0.2])
    # the dead neuron's weight and bias, and the weight that carries its activation of 0
    assert [k for k, numeric in enumerate(report.numeric) if numeric == 0.0] == [0, 1, 4]


def test_names_and_numbers_of_a_report_belong_together() -> None:
    network, x, y = wide()
    report = check_gradients(network, x, y)
    made = backward(network, forward(network, x), y)
    for check in report.parameters:
        place = check.parameter
        assert check.analytic == place.of(made.db if isinstance(place, Bias) else made.dW)
    assert [check.parameter for check in report] == list(parameters(network))
    np.testing.assert_array_equal(report.analytic, flat_gradients(made))


def test_some_parameters_alone_give_the_same_numbers_as_among_all() -> None:
    network, x, y = wide("gelu")
    everything, chosen = check_gradients(network, x, y), np.array([0, 7, 35, 119])
    some = check_gradients(network, x, y, chosen=chosen)
    assert some.places == tuple(everything.places[index] for index in chosen)
    np.testing.assert_array_equal(some.analytic, everything.analytic[chosen])
    oracles.assert_close(some.numeric, everything.numeric[chosen], rtol=1e-9)
    assert some.passed and affordable(network, 8).tolist() == list(range(120))


@pytest.mark.parametrize("h", [0.0, -1e-5, float("nan"), float("inf"), "1e-5", None, True])
def test_a_step_that_is_no_positive_number_is_refused(h: object) -> None:
    network, x, y = wide()
    if h is None:
        assert check_gradients(network, x, y, scheme="central", h=None).passed
        return
    with pytest.raises(InvalidExperiment, match="step h"):
        check_gradients(network, x, y, h=h)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda n, x, y: check_gradients(n, x[:2], y), "input x"),
        (lambda n, x, y: check_gradients(n, x, [*y, 1.0]), "target y"),
        (lambda n, x, y: check_gradients(n, x, y, scheme="sixth"), "difference scheme"),
        (lambda n, x, y: check_gradients(n, x * 1e160, y), "too large"),
        (lambda n, x, y: check_gradients(n, x, y, h=1e308), "too large"),
    ],
)
def test_what_cannot_be_checked_is_said(make, words: str) -> None:
    rng = np.random.default_rng(0)
    network = Network([Layer(rng.standard_normal((3, 3)), np.zeros(3), "identity")] * 2, "half_squared_error")
    with pytest.raises(InvalidExperiment, match=words):
        make(network, rng.standard_normal(3), rng.standard_normal(3))


@pytest.mark.parametrize("name", ["ReLU at 0", "leaky ReLU at 0", "hard tanh at 1", "batch, sum, at kinks"])
def test_at_a_kink_the_error_is_the_plain_one(name: str) -> None:
    experiment = NASTY[name]
    report = check_gradients(experiment.network, experiment.x, experiment.y)
    aside = ~report.judged & (report.analytic != report.numeric)
    larger = np.maximum(np.abs(report.analytic), np.abs(report.numeric))[aside]
    assert aside.any()
    np.testing.assert_allclose(report.error[aside], np.abs(report.analytic - report.numeric)[aside] / larger)
