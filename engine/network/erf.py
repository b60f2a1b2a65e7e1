"""The complementary error function of arrays, which NumPy lacks, to the last digits of float64.

W. J. Cody 1969, "Rational Chebyshev approximations for the error function": three quotients of polynomials.
"""

from collections.abc import Sequence

import numpy as np

from engine.arrays import Array, saturating

# coefficients of Cody's CALERF, the highest power first; the denominators' first coefficient is 1
_NEAR = (
    (1.85777706184603153e-1, 3.16112374387056560, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3),
    (1.0, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3),
)
_MIDDLE = (
    (2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
     8.81952221241769090e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3),
    (1.0, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
     3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3),
)  # fmt: skip
_FAR = (
    (1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
     1.60837851487422766e-2, 6.58749161529837803e-4),
    (1.0, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
     2.33520497626869185e-3),
)  # fmt: skip
_ONE_OVER_ROOT_PI = 5.6418958354775628695e-1
_ENDS = 0.46875, 4.0


@saturating
def erfc(x: Array) -> Array:
    """Return 1 - erf(x), of the shape of x; right to some 1e-15 of itself, also where it is tiny."""
    x = np.asarray(x, dtype=np.float64)
    size = np.abs(x)
    found = np.empty_like(size)
    near, far = size <= _ENDS[0], size > _ENDS[1]
    for where, function in ((near, _near), (~near & ~far, _middle), (far, _far)):
        if where.any():
            found[where] = function(x[where])
    return found


def _near(x: Array) -> Array:
    return 1.0 - x * _quotient(_NEAR, x * x)


def _middle(x: Array) -> Array:
    size = np.abs(x)
    return _mirrored(x, _bell(size) * _quotient(_MIDDLE, size))


def _far(x: Array) -> Array:
    # beyond 27 it is less than the smallest number
    size = np.minimum(np.abs(x), 30.0)
    inverse = 1.0 / (size * size)
    return _mirrored(x, _bell(size) * (_ONE_OVER_ROOT_PI - inverse * _quotient(_FAR, inverse)) / size)


def _mirrored(x: Array, tail: Array) -> Array:
    return np.where(x < 0, 2.0 - tail, tail)


def _bell(x: Array) -> Array:
    # e^(-x²) in two factors: the first x has few digits, so that its square is exact
    short = np.trunc(x * 16.0) / 16.0
    return np.exp(-short * short) * np.exp(-(x - short) * (x + short))


def _quotient(polynomials: tuple[Sequence[float], Sequence[float]], x: Array) -> Array:
    above, below = (_polynomial(coefficients, x) for coefficients in polynomials)
    return above / below


def _polynomial(coefficients: Sequence[float], x: Array) -> Array:
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value *= x
        value += coefficient
    return value
