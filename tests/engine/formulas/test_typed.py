"""Numbers as people type them: read as they are meant, or refused in words that name the text."""

import ast
import math
import string
from contextlib import suppress

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import InvalidExperiment
from engine.formulas.numbers import compact, text
from engine.formulas.typed import MAX_CHARACTERS, MAX_DEPTH, parse_number, split_block

FLOATS = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("0.5", 0.5), ("0,5", 0.5), (".5", 0.5), (",5", 0.5), ("5.", 5.0), ("-0.5", -0.5), ("−0.5", -0.5),
        ("–0,5", -0.5), ("+2", 2.0), ("1e-3", 1e-3), ("1E8", 1e8), ("1,5e+2", 150.0), ("1/3", 1 / 3),
        ("-1/3", -1 / 3), ("2*0.1", 0.2), ("2·0,1", 0.2), ("2×3", 6.0), ("1÷4", 0.25),
        ("sqrt(2)/2", math.sqrt(2) / 2),
        ("exp(-1)", math.exp(-1)), ("ln(2)", math.log(2)), ("log10(1000)", 3.0), ("tanh(0,5)", math.tanh(0.5)),
        ("2^3", 8.0), ("2**-1", 0.5), ("2^3^2", 512.0), ("-2^2", -4.0), ("2²", 4.0), ("2.1×10⁻⁵", 2.1e-5),
        ("pi", math.pi),
        ("2π", None), ("e", math.e), ("e^-1", math.exp(-1)), ("1 + 2 * 3 - 4 / 8", 6.5), ("(1+2)*3", 9.0),
        ("--1", 1.0),
        ("  7 ", 7.0), ("\u00a07\u00a0", 7.0), ("0", 0.0), ("1-1", 0.0), ("1e-400", 0.0), ("8/2/2", 2.0),
        ("8-2-2", 4.0),
    ],
)  # fmt: skip
def test_what_people_type_is_read_as_they_mean_it(typed: str, number: float | None) -> None:
    if number is None:
        with pytest.raises(InvalidExperiment):
            parse_number(typed)
    else:
        assert parse_number(typed) == pytest.approx(number, rel=1e-15, abs=0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is missing"), ("   ", "is missing"), ("abc", "“abc” is not a number"), ("0.5.1", "“0.5.1” is not"),
        ("1,234.5", "is not a number"), ("1.234,5", "is not a number"), ("1 2", "“1 2” is not a number"),
        ("0.1 0.2", "is not a number"), ("0x10", "is not"), ("1_000", "is not"), ("nan", "is not"), ("inf", "is not"),
        ("Infinity", "is not"), ("1e", "is not"), ("1/", "is not"), ("(1", "is not"), ("1)", "is not"),
        ("()", "is not"),
        ("sqrt", "is not"), ("sqrt 2", "is not"), ("log(2)", "is not"), ("__import__('os')", "is not"),
        ("1;2", "is not"),
        ("1/0", "divides by zero"), ("1/(2-2)", "divides by zero"), ("sqrt(-1)", "has no value"),
        ("ln(0)", "has no value"),
        ("(-8)^(1/3)", "has no value"), ("0^-1", "has no value"), ("1e400", "too large"), ("10^400", "too large"),
        ("exp(1000)", "too large"), ("1e300*1e300", "too large"), ("9^9^9^9", "too large"),
        ("٣", "is not"), ("½", "is not"),
        ("1\n2", "is not"), ("\0", "is not"),
    ],
)  # fmt: skip
def test_what_is_no_number_is_refused_in_words_that_name_it(typed: str, words: str) -> None:
    with pytest.raises(InvalidExperiment, match="(?s).*" + words):
        parse_number(typed)


@given(FLOATS)
def test_all_digits_of_a_number_survive(number: float) -> None:
    assert parse_number(repr(number)) == number
    assert parse_number(f"{number:.17g}".replace(".", ",").replace("-", "−")) == number


@given(FLOATS.filter(lambda number: 1e-300 < abs(number) < 1e300))
def test_what_the_app_writes_can_be_typed(number: float) -> None:
    assert parse_number(text(number)) == pytest.approx(number, rel=1e-3)
    assert parse_number(compact(number)) == pytest.approx(number, rel=1e-1)


@st.composite
def expressions(draw: st.DrawFn, depth: int = 4) -> str:
    """Arithmetic that Python writes and reckons alike."""
    if depth == 0 or draw(st.booleans()):
        return repr(draw(st.floats(0.1, 10)))
    left, right = draw(expressions(depth=depth - 1)), draw(expressions(depth=depth - 1))
    inner = f"{left} {draw(st.sampled_from('+-*/'))} {right}"
    return draw(st.sampled_from([f"({inner})", f"-({inner})", inner]))


@given(expressions().filter(lambda typed: len(typed) <= MAX_CHARACTERS))
def test_arithmetic_is_that_of_python(typed: str) -> None:
    code = compile(ast.parse(typed, mode="eval"), "typed", "eval")
    try:
        number = eval(code)  # noqa: S307 -- the oracle, on what is generated above
    except ZeroDivisionError:
        with pytest.raises(InvalidExperiment, match="divides by zero"):
            parse_number(typed)
    else:
        assert parse_number(typed) == number


@given(st.text(alphabet=string.digits + ".,eE+-*/^() sqrtexplnπ−×·⁻²", max_size=120) | st.text(max_size=120))
def test_whatever_is_typed_is_a_finite_number_or_refused(typed: str) -> None:
    with suppress(InvalidExperiment):
        assert math.isfinite(parse_number(typed))


@pytest.mark.parametrize("typed", ["(" * 90 + "1", "-" * 100, "2^" * 49 + "2", "1" * 101, "sqrt(" * 19 + "1" + ")" * 5])
def test_length_and_depth_are_bounded(typed: str) -> None:
    with pytest.raises(InvalidExperiment):
        parse_number(typed)
    assert parse_number("(" * MAX_DEPTH + "1" + ")" * MAX_DEPTH) == 1.0


def test_a_reader_may_be_given_functions_of_its_own() -> None:
    assert parse_number("relu(-2) + 1", {"relu": lambda z: max(z, 0.0)}) == 1.0
    with pytest.raises(InvalidExperiment):
        parse_number("sqrt(2)", {})


def test_further_functions_are_those_that_are_handed_over() -> None:
    further = {"double": lambda number: 2 * number}
    assert parse_number("double(1,5) + sqrt(4)", more=further) == 5.0
    assert parse_number("largest(1; 2; 3)^2", several={"largest": max}) == 9.0
    for typed in ("double(2)", "largest(1; 2)", "sqrt(1; 2)", "1; 2"):
        with pytest.raises(InvalidExperiment, match="is not a number"):
            parse_number(typed)
    with pytest.raises(InvalidExperiment, match="is not a number"):
        parse_number("largest(1; 2", several={"largest": max})


@pytest.mark.parametrize("wanted", [[[0.1, -0.25, 3.0], [40.0, 5e-07, 0.0]], [[0.5, 2.0]], [[1.0], [2.0]]])
def test_a_list_is_a_block_as_python_and_libraries_print_it(wanted: list[list[float]]) -> None:
    printed = [str(wanted), repr(np.array(wanted)), str(np.array(wanted)), f"tensor({wanted})", f" {wanted}\n"]
    printed += [str(wanted[0])] if len(wanted) == 1 else [str(wanted).replace("], ", "],\n ")]
    for text_of_list in printed:
        assert [[parse_number(cell) for cell in row] for row in split_block(text_of_list)] == wanted
    with pytest.raises(InvalidExperiment, match="not equally long"):
        split_block("[[1, 2], [3]]")
