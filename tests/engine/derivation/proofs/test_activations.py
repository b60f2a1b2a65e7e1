"""Every line of every activation's derivation is its slope, judged by autograd and by difference quotients."""

import numpy as np
import pytest
from autograd import grad

from engine import ACTIVATIONS
from engine.derivation.proofs.activations import SLOPES
from engine.formulas.steps import put
from tests import oracles
from tests.engine.derivation.calculus import worth

# away from the corners at -1, 0 and 1
PLACES = (-2.3, -0.7, -0.2, 0.4, 0.9, 1.8)
CLOSE = {"rtol": 1e-7, "atol": 1e-9}
ELEMENTWISE = [name for name, record in ACTIVATIONS.items() if record.elementwise]


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


def test_a_line_that_is_slightly_wrong_is_found() -> None:
    slope = grad(oracles.ACTIVATIONS["sigmoid"])(0.4, None)
    assert worth(r"\sigma(z)\,(1 - \sigma(z))", {"z": 0.4}) == pytest.approx(slope, rel=1e-9)
    assert worth(r"\sigma(z)\,(1 + \sigma(z))", {"z": 0.4}) != pytest.approx(slope, rel=1e-3)
