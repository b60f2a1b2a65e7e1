"""The names in formulas, and how long sums and large matrices are cut."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import PRESETS
from engine.formulas.symbols import (
    Extent,
    activation,
    array,
    factor,
    gradient,
    kept,
    layer_name,
    matrix,
    of_neuron,
    row,
    total,
    value,
    weight,
)
from tests.latex import evaluate, marked

NETWORK = PRESETS["worked-example"].experiment.network


def test_layers_are_called_input_hidden_and_output() -> None:
    assert [layer_name(NETWORK, index) for index in range(4)] == ["Input", "Hidden 1", "Hidden 2", "Output"]


def test_an_activation_is_x_at_the_input_and_the_prediction_at_the_output() -> None:
    assert [activation(NETWORK, layer, 2) for layer in range(4)] == [
        "x_{2}",
        "a_{2}^{(1)}",
        "a_{2}^{(2)}",
        r"\hat{y}_{2}",
    ]
    assert activation(NETWORK, 0) == "x" and of_neuron("b", 3, None) == "b^{(3)}"


@pytest.mark.parametrize(("to", "source", "index"), [(1, 2, "12"), (1, 10, "1,10"), (11, 2, "11,2"), (2, "i", "2i")])
def test_indices_of_two_digits_are_set_apart(to: int, source: int | str, index: str) -> None:
    assert weight(3, to, source) == f"w_{{{index}}}^{{(3)}}"


@pytest.mark.parametrize("write", [value, gradient])
def test_only_negative_numbers_stand_in_parentheses(write) -> None:
    assert factor(write(-0.5)) == f"({write(-0.5)})" and factor(write(0.5)) == write(0.5)
    assert factor(write(0.0)) == write(0.0)


@given(st.integers(0, 40), st.integers(3, 12))
def test_the_first_things_and_the_last_are_kept(length: int, most: int) -> None:
    shown = kept(length, most)
    assert len(shown) <= most
    if length <= most:
        assert shown == list(range(length))
    else:
        assert shown == [*range(most - 2), None, length - 1]


@given(st.integers(1, 30), st.integers(3, 12))
def test_a_sum_keeps_its_first_terms_and_its_last(length: int, most: int) -> None:
    terms = [f"t{number}" for number in range(length)]
    expected = [r"\dots" if index is None else terms[index] for index in kept(length, most)]
    assert total(terms, most) == " + ".join(expected)


@given(st.integers(1, 12), st.integers(1, 12), st.integers(3, 6))
def test_a_matrix_has_dots_where_rows_or_columns_are_left_out(rows: int, columns: int, most: int) -> None:
    asked = []
    written = matrix((rows, columns), lambda i, j: asked.append((i, j)) or f"{i}:{j}", Extent(rows=most))
    for i in kept(rows, most):
        for j in kept(columns, most):
            assert (i, j) in asked and f"{i}:{j}" in written if i is not None and j is not None else True
    assert written.count(r"\vdots") == (rows > most) * (min(columns, most) - (columns > most))
    assert written.count(r"\cdots") == (columns > most) * (min(rows, most) - (rows > most))
    assert written.count(r"\ddots") == (rows > most and columns > most)
    assert len(asked) <= most * most


def test_vectors_are_columns_unless_a_row_is_asked_for() -> None:
    numbers = np.array([1.5, -2.0, 0.25])
    np.testing.assert_array_equal(evaluate(array(numbers)), numbers[:, np.newaxis])
    np.testing.assert_array_equal(evaluate(row(numbers)), numbers[np.newaxis, :])
    np.testing.assert_array_equal(evaluate(array(np.outer(numbers, numbers))), np.outer(numbers, numbers))
    assert marked(array(numbers, write=gradient)) == ["1.5", "-2", "0.25"]
