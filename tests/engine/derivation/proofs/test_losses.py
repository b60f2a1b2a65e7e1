"""Every line of every loss's derivation is its gradient, and of every joint form its delta."""

from collections.abc import Callable
from typing import Any

import autograd.numpy as anp
import numpy as np
import pytest
from autograd import grad

from engine import LOSSES
from engine.derivation.proofs.losses import JOINT_SLOPES, LOSS_SLOPES
from engine.formulas.steps import PLAIN, put
from tests import oracles
from tests.engine.derivation.calculus import at, worth

CLOSE = {"rtol": 1e-7, "atol": 1e-9}
Z = np.array([0.3, -0.8, 1.1])
Y = np.array([0.2, 0.9, 0.4])
INDICES = (1, 2, 3)
# the entropies as functions of the output alone
ENTROPIES: dict[str, Callable[[Any, Any], Any]] = {
    "cross_entropy": lambda a, y: -anp.sum(y * anp.log(a)),
    "binary_cross_entropy": lambda a, y: -anp.sum(y * anp.log(a) + (1.0 - y) * anp.log(1.0 - a)),
}


def loss(name: str, a: Any, y: Any) -> Any:
    return ENTROPIES[name](a, y) if name in ENTROPIES else oracles.LOSSES[name]("", None, a, y)


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
