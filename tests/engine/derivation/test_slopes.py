"""Every line of every derivation is the derivative, judged by autograd and by difference quotients."""

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad, jacobian

from engine import ACTIVATIONS, LOSSES
from engine.derivation.proofs.activations import SLOPES
from engine.derivation.proofs.losses import JOINT_SLOPES, LOSS_SLOPES
from engine.formulas.steps import PLAIN, put
from tests import oracles
from tests.engine.derivation.calculus import at, worth

# away from the corners at -1, 0 and 1
PLACES = (-2.3, -0.7, -0.2, 0.4, 0.9, 1.8)
CLOSE = {"rtol": 1e-7, "atol": 1e-9}
Z = np.array([0.3, -0.8, 1.1])
Y = np.array([0.2, 0.9, 0.4])
ELEMENTWISE = [name for name, record in ACTIVATIONS.items() if record.elementwise]
INDICES = (1, 2, 3)


# the entropies as functions of the output alone
ENTROPIES: dict[str, Callable[[Any, Any], Any]] = {
    "cross_entropy": lambda a, y: -anp.sum(y * anp.log(a)),
    "binary_cross_entropy": lambda a, y: -anp.sum(y * anp.log(a) + (1.0 - y) * anp.log(1.0 - a)),
}


def loss(name: str, a: Any, y: Any) -> Any:
    return ENTROPIES[name](a, y) if name in ENTROPIES else oracles.LOSSES[name]("", None, a, y)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_every_line_for_an_activation_is_its_slope(name: str) -> None:
    parameter = ACTIVATIONS[name].parameter
    own = 0.37 if parameter else None
    (case,) = SLOPES[name].cases
    for place in PLACES:
        slope = grad(oracles.ACTIVATIONS[name])(place, own)
        for line in case.lines:
            latex = put(line.latex, z="z", p=r"\p").replace("(s)", r"(\ln(1 + e^{z}))")
            found = worth(latex, {"z": place, r"\p": own or 0.0, "parameter": own})
            np.testing.assert_allclose(found, slope, err_msg=f"{line.latex} at {place}", **CLOSE)


@pytest.mark.parametrize("name", [name for name in ELEMENTWISE if ACTIVATIONS[name].kinks])
def test_at_a_corner_the_last_line_is_the_slope_that_the_engine_takes(name: str) -> None:
    record = ACTIVATIONS[name]
    own = 0.37 if record.parameter else None
    last = put(SLOPES[name].cases[0].lines[-1].latex, z="z", p=r"\p")
    for kink in record.kinks:
        found = worth(last, {"z": kink, r"\p": own or 0.0})
        np.testing.assert_allclose(found, record.df(np.array(kink), own), err_msg=last, rtol=1e-12)


@pytest.mark.parametrize(("i", "j"), [(1, 1), (3, 3), (1, 2), (3, 1)])
def test_every_line_for_the_softmax_is_its_entry_of_the_jacobian(i: int, j: int) -> None:
    case = SLOPES["softmax"].cases[0 if i == j else 1]
    exact = jacobian(lambda z: oracles.ACTIVATIONS["softmax"](z, None))(Z)[i - 1, j - 1]
    a = oracles.ACTIVATIONS["softmax"](Z, None)
    values = {f"z_{k}": Z[k - 1] for k in INDICES} | {f"a_{k}": a[k - 1] for k in INDICES}
    for line in case.lines:
        found = worth(at(put(line.latex, z="z"), i=i, j=j), values, n=3)
        np.testing.assert_allclose(found, exact, err_msg=line.latex, **CLOSE)


def of_output(latex: str, j: int) -> str:
    return at(put(latex, n="3", a_j=r"\hat{y}_j", y_j="y_j", **PLAIN), j=j)


def named(a: np.ndarray, y: np.ndarray) -> dict[str, float]:
    return {rf"\hat{{y}}_{k}": a[k - 1] for k in INDICES} | {f"y_{k}": y[k - 1] for k in INDICES}


@pytest.mark.parametrize("name", list(LOSSES))
@pytest.mark.parametrize("a", [(0.3, 0.5, 0.8), (0.1, 0.2, 0.6)])
def test_every_line_for_a_loss_is_its_gradient(name: str, a: tuple[float, ...]) -> None:
    # the Huber loss is straight beyond 1
    outputs, targets = (np.array(a) * 4, Y) if name == "huber" else (np.array(a), Y)
    gradient = grad(lambda a: loss(name, a, targets))(outputs)
    for line in LOSS_SLOPES[name].lines:
        for j in INDICES:
            found = worth(of_output(line.latex, j), named(outputs, targets), n=3)
            np.testing.assert_allclose(found, gradient[j - 1], err_msg=line.latex, **CLOSE)


@pytest.mark.parametrize("name", list(JOINT_SLOPES))
@pytest.mark.parametrize("y", [Y, np.array([0.0, 1.0, 0.0])], ids=["any targets", "one class"])
def test_every_line_for_a_joint_form_is_its_delta(name: str, y: np.ndarray) -> None:
    joint = JOINT_SLOPES[name]
    activation = oracles.ACTIVATIONS[joint.activation]
    delta = grad(lambda z: loss(joint.loss, activation(z, None), y))(Z)
    lines = [*joint.lines, *([joint.normalised] if joint.normalised and y.sum() == 1.0 else [])]
    for line in lines:
        for j in INDICES:
            found = worth(of_output(line.latex, j), named(activation(Z, None), y), n=3)
            np.testing.assert_allclose(found, delta[j - 1], err_msg=line.latex, **CLOSE)


def test_a_line_that_is_slightly_wrong_is_found() -> None:
    slope = grad(oracles.ACTIVATIONS["sigmoid"])(0.4, None)
    assert worth(r"\sigma(z)\,(1 - \sigma(z))", {"z": 0.4}) == pytest.approx(slope, rel=1e-9)
    assert worth(r"\sigma(z)\,(1 + \sigma(z))", {"z": 0.4}) != pytest.approx(slope, rel=1e-3)
