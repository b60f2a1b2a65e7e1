"""Numbers as they are written: read back, they are the value to the digits promised, and no longer than promised."""

import math
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.formulas.numbers import (
    compact,
    compact_between,
    digits_between,
    digits_in_sum,
    fitted,
    latex,
    percent,
    text,
)

NUMBERS = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False)
SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read_text(written: str) -> float:
    mantissa, _, exponent = written.replace("−", "-").partition("×10")
    return float(f"{mantissa}e{exponent.translate(SUPERSCRIPTS) or 0}")


def read_latex(written: str) -> float:
    found = re.fullmatch(r"(-?[\d.]+)(?:\\cdot 10\^\{(-?\d+)\})?", written)
    assert found, written
    return float(f"{found[1]}e{found[2] or 0}")


@given(NUMBERS, st.integers(1, 8))
def test_text_and_latex_are_the_value_to_the_digits_asked_for(value: float, digits: int) -> None:
    for found in (read_text(text(value, digits)), read_latex(latex(value, digits))):
        if math.isfinite(found):  # the largest floats round up to beyond their range
            assert abs(found - value) <= 0.5001 * 10.0 ** (1 - digits) * abs(value)


@pytest.mark.parametrize("digits", [2, 3])
@given(value=NUMBERS)
@example(value=99.6)
@example(value=999.5)
@example(value=-999.7)
@example(value=99999.6)
@example(value=0.00099999)
def test_compact_is_short_and_close(value: float, digits: int) -> None:
    written = compact(value, digits=digits)
    found = float(written.replace("−", "-"))
    error = 0.5001 * 10.0 ** (1 - digits) * abs(value)
    if 1e-3 <= abs(value) < 1e5:
        assert abs(found - value) <= min(error, max(0.5001, 1e-5 * abs(value))) and "e" not in written
    elif math.isfinite(found):
        assert abs(found - value) <= 10 * error
    assert len(written) <= (7 if 1e-9 < abs(value) < 1e9 else 9)


@pytest.mark.parametrize("write", [text, compact])
@given(value=NUMBERS)
def test_the_sign_is_a_real_minus_or_a_plus_on_request(write, value: float) -> None:
    assert "-" not in write(value)
    assert write(value).startswith("−") == (value < 0)
    assert write(value, signed=True).startswith("+") == (value > 0)
    assert write(abs(value), signed=True).removeprefix("+") == write(abs(value))


@pytest.mark.parametrize(
    ("value", "plain", "tight", "formula"),
    [
        (0.0, "0", "0", "0"),
        (-0.0, "0", "0", "0"),
        (-0.801553, "−0.8016", "−0.802", "-0.8016"),
        (2.1e-5, "2.1×10⁻⁵", "2.1e−5", r"2.1\cdot 10^{-5}"),
        (2e-5, "2×10⁻⁵", "2e−5", r"2\cdot 10^{-5}"),
        (-123456.0, "−1.235×10⁵", "−1.2e5", r"-1.235\cdot 10^{5}"),
        (1234.5, "1234", "1234", "1234"),
        (999.6, "999.6", "1000", "999.6"),
    ],
)
def test_examples(value: float, plain: str, tight: str, formula: str) -> None:
    assert (text(value), compact(value), latex(value)) == (plain, tight, formula)


@pytest.mark.parametrize("write", [text, latex])
@given(old=NUMBERS, change=NUMBERS, least=st.integers(3, 5), seen=st.integers(1, 2))
@example(old=0.5, change=1e-12, least=4, seen=1)
@example(old=1.0, change=-1e-5, least=4, seen=1)
def test_two_numbers_that_differ_are_written_differently(
    write, old: float, change: float, least: int, seen: int
) -> None:
    new = old + change
    digits = digits_between(old, new, least, seen)
    assert least <= digits <= 17
    assert (write(old, digits) == write(new, digits)) == (old == new)


@pytest.mark.parametrize(
    ("old", "new", "digits"),
    [(0.5, 0.5, 4), (0.5, 0.4, 4), (0.5, 0.49995, 6), (1.0, 0.999987, 7), (123.0, 123.1, 5), (0.0, 2e-9, 4)],
)
def test_so_many_digits_as_show_two_of_the_change(old: float, new: float, digits: int) -> None:
    assert digits_between(old, new) == digits


@given(NUMBERS, st.integers(2, 3))
@example(-0.0326, 3)
@example(-2.1e-5, 3)
@example(99999.0, 3)
def test_what_is_fitted_has_six_characters_or_a_single_digit_and_is_close(value: float, digits: int) -> None:
    written = fitted(value, digits)
    assert written == compact(value, digits=digits) or len(written) < len(compact(value, digits=digits))
    assert len(written) <= 6 or abs(value) >= 99999.5 or abs(value) < 1e-9
    if 1e-3 <= abs(value) < 1e3:
        assert abs(float(written.replace("−", "-")) - value) <= 0.51 * 10.0 ** math.floor(math.log10(abs(value)))


def test_a_number_that_fits_keeps_its_digits() -> None:
    assert [fitted(value) for value in (0.938, -0.0326, -0.5, 12.34, -123.4)] == [
        "0.938", "−0.033", "−0.5", "12.3", "−123"
    ]  # fmt: skip


@given(NUMBERS, NUMBERS, st.booleans())
@example(0.5, 0.5 + 1e-12, False)
@example(2e-5, 2.0001e-5, True)
def test_in_tight_places_two_numbers_are_told_apart_too(old: float, change: float, signed: bool) -> None:
    new = old + change
    before, after = compact_between(old, new, signed)
    assert (before == after) == (old == new)


@given(share=st.floats(0.0, 1.0), decimals=st.integers(0, 2))
def test_only_nothing_is_0_percent_and_only_all_is_100(share: float, decimals: int) -> None:
    written = percent(share, decimals)
    number = float(written.strip("<>%"))
    assert (number == 0) == (share == 0) and (number == 100) == (share == 1)
    if written[0] in "<>":
        assert share * 100 < number if written[0] == "<" else share * 100 > number
    else:
        assert number == pytest.approx(100 * share, abs=0.5001 * 10.0**-decimals)


@given(st.lists(st.floats(-10, 10, width=32), min_size=1, max_size=6), st.sampled_from([1.0, 1e-3, 1e4]))
def test_the_sum_of_terms_can_be_read_off_them_though_they_almost_cancel(terms: list[float], size: float) -> None:
    terms = [size * term for term in terms]
    total = sum(terms)
    digits = digits_in_sum(terms, total)
    read = sum(float(f"{term:.{digits}g}") for term in terms)
    # the largest has half a unit of its last digit too much or too little, and so may each of the others
    assert abs(read - total) <= len(terms) * max(5e-4 * abs(total), 0.5e-7 * max(map(abs, terms)))
    assert digits == 4 or abs(total) < max(map(abs, terms))


def test_a_sum_that_cancels_has_the_digits_of_its_terms() -> None:
    assert digits_in_sum([1.0, -0.98849], 0.01151) == 6
    assert digits_in_sum([1.0, -0.98849], 0.01151, 3) == 5
    assert digits_in_sum([0.5, 0.25], 0.75) == digits_in_sum([1.0, -1.0], 0.0) == digits_in_sum([], 0.0) == 4
    assert digits_in_sum([1e300, -1e300], 1e-300) == 8
