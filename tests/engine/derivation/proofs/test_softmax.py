"""Every line about the softmax is its entry of the Jacobian."""

import numpy as np
import pytest
from autograd import jacobian

from engine.derivation.proofs.activations import SLOPES
from engine.formulas.steps import put
from tests import oracles
from tests.engine.derivation.calculus import at, worth

CLOSE = {"rtol": 1e-7, "atol": 1e-9}
Z = np.array([0.3, -0.8, 1.1])
INDICES = (1, 2, 3)


@pytest.mark.parametrize(("i", "j"), [(1, 1), (3, 3), (1, 2), (3, 1)])
def test_every_line_for_the_softmax_is_its_entry_of_the_jacobian(i: int, j: int) -> None:
    case = SLOPES["softmax"].cases[0 if i == j else 1]
    exact = jacobian(lambda z: oracles.ACTIVATIONS["softmax"](z, None))(Z)[i - 1, j - 1]
    a = oracles.ACTIVATIONS["softmax"](Z, None)
    values = {f"z_{k}": Z[k - 1] for k in INDICES} | {f"a_{k}": a[k - 1] for k in INDICES}
    for line in case.lines:
        found = worth(at(put(line.latex, z="z"), i=i, j=j), values, n=3)
        np.testing.assert_allclose(found, exact, err_msg=line.latex, **CLOSE)
