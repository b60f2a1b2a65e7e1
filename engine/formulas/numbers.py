"""How numbers are written, in formulas and in plain text: the one place that rounds a number for a reader."""

import math
from collections.abc import Iterable

from engine.formulas.plain import power_of_ten

# with so many significant digits two different float64 are written differently
_MOST = 17
# a sum with more could not be read
_MOST_IN_SUM = 8


def text(value: float, digits: int = 4, signed: bool = False, padded: bool = False) -> str:
    """Return `value` to `digits` significant digits as plain text, with a real minus sign: −0.8016, 2.1×10⁻⁵.

    `padded` keeps zeros at the end, for numbers that are to be compared: 1.600.
    """
    mantissa, exponent = _rounded(value, digits, "#" if padded else "")
    power = "" if exponent is None else f"×{power_of_ten(exponent)}"
    plus = "+" if signed and value > 0 else ""
    return plus + mantissa.replace("-", "−") + power


def digits_between(old: float, new: float, least: int = 4, seen: int = 2) -> int:
    """Return how many significant digits show that a number has changed, and `seen` digits of the change itself.

    At least `least`; wherever old → new is shown, both are written with so many.
    """
    change = new - old
    if not change or not math.isfinite(change):
        return least
    # of the larger one, so that both have at least so many decimals
    digits = _magnitude(max(abs(old), abs(new))) - _magnitude(change) + seen
    return min(max(digits, least), _MOST)


def digits_in_sum(terms: Iterable[float], total: float, right: int = 4, least: int = 4) -> int:
    """Return with how many significant digits terms are written, so that about `right` of their sum's own are right.

    More than `least` where large ones almost cancel: 1 − 0.98849 = 0.01151.
    """
    largest = max(map(abs, terms), default=0.0)
    if not total or not math.isfinite(total) or not math.isfinite(largest):
        return least
    return min(max(right + _magnitude(largest) - _magnitude(total), least), _MOST_IN_SUM)


def _magnitude(number: float) -> int:
    # 123.1 - 123 is 0.0999999999999943, which is meant as 0.1
    return int(f"{number:.9e}".partition("e")[2])


def exact(value: float) -> str:
    """Return a number in full, as it can be typed: 0.1, -2, 1e-07; read back it is the same to the last bit."""
    return repr(float(value)).removesuffix(".0")


def percent(share: float, decimals: int = 0) -> str:
    """Return a share of 1 in percent, whole or with `decimals`: 50%, 19.8%.

    Only nothing is 0% and only all of it is 100%; what rounds to either is written as <1% or >99%.
    """
    step = 10.0**-decimals
    written, least, most = f"{share:.{decimals}%}", f"{step:.{decimals}f}%", f"{100 - step:.{decimals}f}%"
    if written == f"{0:.{decimals}%}" and share > 0:
        return f"<{least}"
    return f">{most}" if written == f"{1:.{decimals}%}" and share < 1 else written


def latex(value: float, digits: int = 4) -> str:
    r"""Return `value` rounded to `digits` significant digits as LaTeX: -0.8016, 2.1\cdot 10^{-5}."""
    mantissa, exponent = _rounded(value, digits)
    return mantissa if exponent is None else rf"{mantissa}\cdot 10^{{{exponent}}}"


def _rounded(value: float, digits: int, how: str = "") -> tuple[str, int | None]:
    if not math.isfinite(value):
        return ("∞" if value > 0 else "-∞") if math.isinf(value) else "?", None
    mantissa, e, exponent = f"{value + 0.0:{how}.{digits}g}".partition("e")
    return mantissa.removesuffix("."), int(exponent) if e else None


def compact(value: float, signed: bool = False, digits: int = 3) -> str:
    """Return `value` in at most some seven characters, for tight places: 0.938, −12.3, 2e−5."""
    plus = "+" if signed and value > 0 else ""
    if value and math.isfinite(value) and not 1e-3 <= abs(value) < 1e5:
        mantissa, _, exponent = f"{value:.{max(digits - 2, 0)}e}".partition("e")
        written = f"{mantissa.removesuffix('.0')}e{int(exponent)}"
    else:
        # a whole part is never rounded to tens, nor up to a power of ten, which would be written with an exponent
        written = f"{value + 0.0:.{digits}g}" if abs(value) < 10.0**digits - 0.5 else f"{value:.0f}"
    return plus + written.replace("-", "−")


def fitted(value: float, digits: int = 3, most: int = 6) -> str:
    """Return `value` as `compact` does, with as many of the digits as fit into `most` characters: −0.033 in six."""
    written = (compact(value, digits=fewer) for fewer in range(digits, 1, -1))
    return next((text for text in written if len(text) <= most), compact(value, digits=1))


def compact_between(old: float, new: float, signed: bool = False) -> tuple[str, str]:
    """Return two numbers for tight places, with as many digits as it takes to tell them apart: 0.5, 0.49993."""
    least = digits_between(old, new, 3, 1)
    # a number with an exponent has fewer digits for the same room
    for digits in range(least, _MOST + 3):
        before, after = compact(old, signed, digits), compact(new, signed, digits)
        if before != after or old == new:
            break
    return before, after
