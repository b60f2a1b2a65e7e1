"""Every loss against autograd, and the joint forms against 80-digit decimals and against the general route."""

from collections.abc import Callable
from decimal import Decimal, localcontext
from itertools import product

import numpy as np
import pytest
import scipy.special as special
from autograd import elementwise_grad
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from engine import Experiment, Layer, Network, backward, forward
from engine.network.activations import ACTIVATIONS
from engine.network.losses import LOSSES, Loss
from tests import oracles
from tests.oracles import assert_close

PLAIN = [name for name, record in LOSSES.items() if not record.only_joint]
JOINT = [(loss, activation) for loss, record in LOSSES.items() for activation in record.joint]
Vector = list[Decimal]


def _log_sum(terms: Vector) -> Decimal:
    top = max(terms)
    return top + sum(((term - top).exp() for term in terms), Decimal(0)).ln()


# ln a and ln(1 - a) from z: of 80 digits, 1 + e^-z and its like keep all that a float can show
def _logs(activation: str, z: Vector) -> tuple[Vector, Vector]:
    if activation == "sigmoid":
        return [-(1 + (-v).exp()).ln() for v in z], [-(1 + v.exp()).ln() for v in z]
    total = _log_sum(z)
    rests = [_log_sum(z[:i] + z[i + 1 :]) - total for i in range(len(z))]
    return [v - total for v in z], rests


def _decimal_loss(loss: str, activation: str, z: Vector, y: Vector) -> Decimal:
    logs, rests = _logs(activation, z)
    value = -sum((t * log for t, log in zip(y, logs, strict=True)), Decimal(0))
    if loss == "binary_cross_entropy":
        value -= sum(((1 - t) * rest for t, rest in zip(y, rests, strict=True)), Decimal(0))
    return value


def _decimal_delta(loss: str, activation: str, z: Vector, y: Vector, j: int) -> Decimal:
    h = Decimal("1e-25")
    up, down = ([v + sign * h if i == j else v for i, v in enumerate(z)] for sign in (1, -1))
    return (_decimal_loss(loss, activation, up, y) - _decimal_loss(loss, activation, down, y)) / (2 * h)


def _truth(loss: str, activation: str, z: tuple[float, ...], y: tuple[float, ...]) -> tuple[float, list[float]]:
    with localcontext(prec=80):
        exact_z, exact_y = [Decimal(v) for v in z], [Decimal(v) for v in y]
        value = _decimal_loss(loss, activation, exact_z, exact_y)
        deltas = [_decimal_delta(loss, activation, exact_z, exact_y, j) for j in range(len(z))]
        return float(value), [float(delta) for delta in deltas]


FAR = (*product((-1e6, 0.0, 1e6), repeat=2), (1e6, 1e6 - 1), (-1e6, 1e6, 1e6), (1e6, 40.0, -40.0), (30.0, -30.0, 0.5))


@pytest.mark.parametrize(("loss", "activation"), JOINT)
@pytest.mark.parametrize("z", FAR)
def test_entropies_are_right_however_far_out_z_lies(loss: str, activation: str, z: tuple[float, ...]) -> None:
    for y in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.3, 0.7, 0.0), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)):
        target = y[: len(z)]
        network = Network([Layer(np.eye(len(z)), np.zeros(len(z)), activation)], loss)
        gradients = backward(network, forward(network, np.array(z)), np.array(target))
        value, deltas = _truth(loss, activation, z, target)
        assert gradients.loss == pytest.approx(value, rel=1e-13, abs=1e-15)
        assert_close(gradients.delta[0], deltas, rtol=1e-13, atol=1e-15)
        assert np.isfinite(gradients.da[0]).all()


def test_cross_entropy_of_softmax_agrees_with_scipy_log_softmax() -> None:
    rng = np.random.default_rng(0)
    z, y = rng.normal(0, 5, (6, 4)), rng.uniform(0, 1, (6, 4))
    joint = LOSSES["cross_entropy"].joint["softmax"]
    assert_close(joint.value(z, y), -(y * special.log_softmax(z, axis=-1)).sum(axis=-1), rtol=1e-14)


@pytest.mark.parametrize(("loss", "activation"), JOINT)
@given(data=st.data())
def test_the_joint_form_is_the_general_route_where_that_can_be_computed(
    loss: str, activation: str, data: st.DataObject
) -> None:
    """Through a, dL/da and the whole Jacobian of the activation, wherever 1 - a keeps its digits."""
    n = data.draw(st.integers(LOSSES[loss].joint[activation].min_outputs, 4))
    z = data.draw(arrays(np.float64, (2, n), elements=st.floats(-5.0, 5.0)))
    y = data.draw(arrays(np.float64, (2, n), elements=st.sampled_from((0.0, 1.0)) | st.floats(0.0, 1.0)))
    record, joint = LOSSES[loss], LOSSES[loss].joint[activation]
    a = ACTIVATIONS[activation].f(z)
    general = np.einsum("bi,bij->bj", record.gradient(a, y, n), ACTIVATIONS[activation].jacobian(z))
    assert_close(joint.value(z, y), record.value(a, y), rtol=1e-9, atol=1e-11)
    assert_close(joint.delta(z, y), general, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize("loss", PLAIN)
@given(data=st.data())
def test_values_and_gradients_are_those_of_the_plain_formula(loss: str, data: st.DataObject) -> None:
    a, y = (data.draw(arrays(np.float64, (3, 2), elements=st.floats(-4.0, 4.0))) for _ in "ay")
    plain: Callable[[np.ndarray], np.ndarray] = lambda a: oracles.LOSSES[loss]("identity", a, a, y)  # noqa: E731
    with np.errstate(under="ignore"):
        value, gradient = plain(a), elementwise_grad(plain)(a)
    assert_close(LOSSES[loss].value(a, y), value, rtol=1e-13, atol=1e-15)
    assert_close(LOSSES[loss].gradient(a, y, 2), gradient, rtol=1e-13, atol=1e-15)


def test_values_that_can_be_worked_out_by_hand() -> None:
    a, y = np.array([0.25, 0.5]), np.array([1.0, 0.0])
    by_hand = {
        "cross_entropy": np.log(4),
        "binary_cross_entropy": np.log(4) + np.log(2),
        "half_squared_error": 0.40625,
        "squared_error": 0.8125,
        "mean_squared_error": 0.40625,
        "huber": 0.40625,
    }
    assert {name: float(LOSSES[name].value(a, y)) for name in by_hand} == pytest.approx(by_hand)
    assert float(LOSSES["huber"].value(np.array([4.0, -3.0]), np.zeros(2))) == 3.5 + 2.5
    assert LOSSES["huber"].gradient(np.array([4.0, -3.0, 0.5]), np.zeros(3), 3).tolist() == [1.0, -1.0, 0.5]


@pytest.mark.parametrize("loss", ["cross_entropy", "binary_cross_entropy"])
def test_a_prediction_that_is_certain_costs_nothing_when_right_and_a_finite_lot_when_wrong(loss: str) -> None:
    certain = np.array([1.0, 0.0])
    assert float(LOSSES[loss].value(certain, certain)) == 0.0
    assert 700 < float(LOSSES[loss].value(certain, certain[::-1])) < 1500
    assert np.isfinite(LOSSES[loss].gradient(certain, certain[::-1], 2)).all()


def test_one_neuron_alone_has_the_gradient_it_has_among_the_others() -> None:
    a, y = np.array([0.2, 0.7, 0.1]), np.array([0.0, 1.0, 0.5])
    for record in LOSSES.values():
        alone = [float(record.gradient(a[j], y[j], 3)) for j in range(3)]
        assert alone == record.gradient(a, y, 3).tolist()


@pytest.mark.parametrize("record", LOSSES.values(), ids=lambda record: record.name)
def test_every_record_can_explain_itself(record: Loss) -> None:
    assert record.remark.endswith(".") and r"\a" in record.latex and r"\y" in record.gradient_latex


def test_an_experiment_may_start_from_a_saturated_output_and_still_learn() -> None:
    """1/ŷ would be infinite here, and with it the first weight."""
    network = Network([Layer([[1e6], [-1e6]], [0, 0], "softmax")], "cross_entropy")
    experiment = Experiment(network, [1.0], [0.0, 1.0], 0.1)
    gradients = backward(network, forward(network, experiment.x), experiment.y)
    assert gradients.loss == 2e6 and gradients.delta[0].tolist() == [1.0, -1.0]
