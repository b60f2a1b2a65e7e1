"""Every activation against 80-digit decimals, SciPy and the plain definition of a Jacobian."""

import math
from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
import scipy.special as special
from autograd import grad
from hypothesis import given
from hypothesis import strategies as st

from engine.network.activations import ACTIVATIONS, Activation
from tests.latex import function
from tests.oracles import assert_close, difference, precise
from tests.strategies import inputs, parameters

ELEMENTWISE = [name for name, record in ACTIVATIONS.items() if record.elementwise]
# off the kinks, at which a difference has no meaning
GRID = np.concatenate([np.linspace(-30.0, 30.0, 41)[[*range(20), *range(21, 41)]], [-1.5, -0.7, -1e-3, 1e-9, 0.3, 1.1]])


def _exp(z: Decimal) -> Decimal:
    return z.exp()


def _decimal_elu(z: Decimal, alpha: Decimal) -> Decimal:
    return z if z > 0 else alpha * (_exp(z) - 1)


def _decimal_tanh(z: Decimal) -> Decimal:
    return (_exp(2 * z) - 1) / (_exp(2 * z) + 1)


def _decimal_softplus(z: Decimal) -> Decimal:
    return (1 + _exp(z)).ln()


# the definitions, with the parameter's default; decimals have no erf
DEFINITIONS: dict[str, Callable[[Decimal], Decimal]] = {
    "identity": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + _exp(-z)),
    "tanh": _decimal_tanh,
    "relu": lambda z: max(z, Decimal(0)),
    "leaky_relu": lambda z: z if z > 0 else Decimal("0.01") * z,
    "elu": lambda z: _decimal_elu(z, Decimal(1)),
    "selu": lambda z: Decimal("1.0507009873554805") * _decimal_elu(z, Decimal("1.6732632423543772")),
    "silu": lambda z: z / (1 + _exp(-z)),
    "mish": lambda z: z * _decimal_tanh(_decimal_softplus(z)),
    "softplus": _decimal_softplus,
    "softsign": lambda z: z / (1 + abs(z)),
    "hard_tanh": lambda z: max(Decimal(-1), min(Decimal(1), z)),
    "gaussian": lambda z: _exp(-z * z),
}


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(z=st.floats(-20.0, 20.0), data=st.data())
def test_function_and_slope_are_those_of_the_formula(name: str, z: float, data: st.DataObject) -> None:
    record, parameter = ACTIVATIONS[name], data.draw(parameters(name))
    formula = function(record)
    with np.errstate(under="ignore"):
        assert_close(record.f(z, parameter), formula(z, parameter), rtol=1e-12, atol=1e-14)
        if all(abs(z - kink) > 1e-9 for kink in record.kinks):
            assert_close(record.df(z, parameter), grad(formula)(z, parameter), rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("name", DEFINITIONS)
def test_functions_and_slopes_are_right_to_the_last_digits_far_into_the_tails(name: str) -> None:
    f, record = DEFINITIONS[name], ACTIVATIONS[name]
    assert_close(record.f(GRID), [precise(f, z) for z in GRID], rtol=1e-14)
    # a float below 1e-308 has fewer digits
    assert_close(record.df(GRID), [difference(f, z) for z in GRID], rtol=5e-14, atol=1e-310)


def test_gelu_is_z_times_the_normal_distribution_function() -> None:
    z = np.linspace(-12.0, 12.0, 101)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    assert_close(ACTIVATIONS["gelu"].f(z), z * special.ndtr(z), rtol=1e-12)
    assert_close(ACTIVATIONS["gelu"].df(z), special.ndtr(z) + z * density, rtol=1e-11)


def test_sigmoid_softplus_and_softmax_agree_with_scipy() -> None:
    z = np.linspace(-700.0, 700.0, 57)
    assert_close(ACTIVATIONS["sigmoid"].f(z), special.expit(z), rtol=1e-14)
    assert_close(ACTIVATIONS["softplus"].f(z), -special.log_expit(-z), rtol=1e-14)
    rows = z.reshape(19, 3) / 10
    assert_close(ACTIVATIONS["softmax"].f(rows), special.softmax(rows, axis=-1), rtol=1e-14)


def test_at_its_kink_each_activation_has_the_slope_that_its_formula_states() -> None:
    slope = {name: float(ACTIVATIONS[name].df(np.array(0.0))) for name in ("relu", "leaky_relu", "elu", "selu")}
    assert slope == {"relu": 0.0, "leaky_relu": 0.01, "elu": 1.0, "selu": 1.0507009873554805 * 1.6732632423543772}
    assert ACTIVATIONS["hard_tanh"].df(np.array([-1.0, 1.0])).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_kinks_are_where_the_slope_jumps_and_nowhere_else(name: str) -> None:
    record = ACTIVATIONS[name]
    z = np.linspace(-3.0, 3.0, 601)
    jumps = np.abs(record.df(z + 1e-9, 0.5) - record.df(z - 1e-9, 0.5)) > 1e-3
    assert_close(z[jumps], record.kinks, rtol=0, atol=1e-9)


# f(-1e6), f'(-1e6), f(1e6), f'(1e6): the limits, or the formula where the function goes on growing
FAR = {
    "identity": (-1e6, 1, 1e6, 1),
    "sigmoid": (0, 0, 1, 0),
    "tanh": (-1, 0, 1, 0),
    "relu": (0, 0, 1e6, 1),
    "leaky_relu": (-1e4, 0.01, 1e6, 1),
    "elu": (-1, 0, 1e6, 1),
    "selu": (-1.7580993408473766, 0, 1050700.9873554805, 1.0507009873554805),
    "gelu": (0, 0, 1e6, 1),
    "silu": (0, 0, 1e6, 1),
    "mish": (0, 0, 1e6, 1),
    "softplus": (0, 0, 1e6, 1),
    "softsign": (-1e6 / 1000001, 1 / 1000001**2, 1e6 / 1000001, 1 / 1000001**2),
    "hard_tanh": (-1, 0, 1, 0),
    "gaussian": (0, 0, 0, 0),
}


@pytest.mark.parametrize("name", FAR)
def test_far_from_zero_functions_and_slopes_reach_their_limits(name: str) -> None:
    record, z = ACTIVATIONS[name], np.array([-1e6, 1e6])
    found = np.stack([record.f(z), record.df(z)], axis=-1).ravel()
    assert_close(found, FAR[name], rtol=1e-14, atol=0)


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("size", [1e200, 1.7e308])
def test_no_finite_input_makes_an_activation_stumble(name: str, size: float) -> None:
    record, z = ACTIVATIONS[name], np.array([-size, size, 0.0])
    a, dz = record.f(z), record.vjp(z, np.ones(3))
    assert np.isfinite(a).all() and np.isfinite(dz).all()


@given(inputs((3, 4), bound=30.0), inputs((3, 4)))
def test_the_softmax_jacobian_is_diag_a_minus_a_a_transposed(z: np.ndarray, da: np.ndarray) -> None:
    record = ACTIVATIONS["softmax"]
    with np.errstate(under="ignore"):
        a = special.softmax(z, axis=-1)
        expected = [np.diag(row) - np.outer(row, row) for row in a]
        product = np.einsum("bi,bij->bj", da, np.array(expected))
    assert_close(record.jacobian(z), expected, rtol=1e-11, atol=1e-15)
    assert_close(record.vjp(z, da), product, rtol=1e-11, atol=1e-14)
    np.testing.assert_array_equal(record.df(z), np.diagonal(record.jacobian(z), axis1=-2, axis2=-1))


@pytest.mark.parametrize("name", ELEMENTWISE)
@given(z=inputs((2, 3), bound=20.0), da=inputs((2, 3)), data=st.data())
def test_the_jacobian_of_an_elementwise_activation_is_the_diagonal_of_its_slopes(
    name: str, z: np.ndarray, da: np.ndarray, data: st.DataObject
) -> None:
    record, parameter = ACTIVATIONS[name], data.draw(parameters(name))
    slopes = record.df(z, parameter)
    np.testing.assert_array_equal(record.jacobian(z, parameter), slopes[..., np.newaxis] * np.eye(3))
    with np.errstate(under="ignore"):
        np.testing.assert_array_equal(record.vjp(z, da, parameter), da * slopes)


@pytest.mark.parametrize("name", ACTIVATIONS)
@given(z=inputs((5,), bound=50.0), data=st.data())
def test_values_stay_in_the_range_that_the_record_states(name: str, z: np.ndarray, data: st.DataObject) -> None:
    record, parameter = ACTIVATIONS[name], data.draw(parameters(name))
    for given_, (low, high) in ((None, record.range), (parameter, record.limits(parameter))):
        a = record.f(z, given_)
        assert (a >= low).all() and (a <= high).all()


@pytest.mark.parametrize("name", [name for name in ACTIVATIONS if math.isfinite(ACTIVATIONS[name].range[0])])
def test_a_finite_lower_limit_is_really_approached(name: str) -> None:
    z = np.linspace(-40.0, 40.0, 80_001)
    low = ACTIVATIONS[name].range[0]
    lowest = ACTIVATIONS[name].f(np.stack([z, np.zeros_like(z)], axis=-1))[..., 0].min()
    assert lowest == pytest.approx(low, abs=0.03)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_a_single_number_gives_what_it_gives_within_an_array(name: str) -> None:
    record, z = ACTIVATIONS[name], np.array([-0.8, 0.0, 0.6])
    if record.elementwise:
        assert [float(record.f(value)) for value in z] == record.f(z).tolist()
        assert [float(record.df(value)) for value in z] == record.df(z).tolist()
    else:
        assert record.f(z[:1]).tolist() == [1.0]


@pytest.mark.parametrize("record", ACTIVATIONS.values(), ids=lambda record: record.name)
def test_every_record_says_in_a_sentence_when_it_is_used(record: Activation) -> None:
    assert record.remark.endswith(".") and record.latex and record.slope_latex and record.symbol
    if record.parameter:
        assert r"\p" in record.latex and record.parameter.low <= record.parameter.default <= record.parameter.high
    else:
        assert r"\p" not in record.latex.replace(r"\phi", "") and r"\p" not in record.slope_latex
