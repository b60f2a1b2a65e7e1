"""Columns of a table as data: what is made of them, and that every message names the row and the column."""

import numpy as np
import pytest

from engine import DATASETS
from engine.data import read_table
from engine.data.selection import from_table, with_points
from engine.data.table import Table, classes
from engine.errors import InvalidExperiment

CSV = "length,width,kind\n5.1,3.5,setosa\n7.0,3.2,versicolor\n6.3,3.3,virginica\n4.9,3.0,setosa\n"


def read(text):
    return read_table(text.encode(), "mine.csv")


def test_a_csv_becomes_a_classification():
    made = from_table("flowers", read(CSV), ["length", "width"], "kind", "classification")
    assert made.x.tolist() == [[5.1, 3.5], [7.0, 3.2], [6.3, 3.3], [4.9, 3.0]]
    assert made.outputs == ("setosa", "versicolor", "virginica") and made.inputs == ("length", "width")
    assert made.classes.tolist() == [0, 1, 2, 0] and made.y.shape == (4, 3)


def test_a_csv_becomes_a_regression():
    made = from_table("flowers", read(CSV), ["width"], "length", "regression")
    assert made.y.tolist() == [[5.1], [7.0], [6.3], [4.9]] and made.outputs == ("length",)


def test_classes_are_sorted_as_numbers_and_named_alike_however_they_are_written():
    table = Table(columns=("k",), rows=(("10",), (2,), (2.0,), ("1e1",), ("b",), (1234567,), (1234568,)))
    assert classes(table, "k") == ("2", "10", "1234567", "1234568", "b")


def test_rows_typed_into_a_table_come_as_numbers():
    made = from_table(
        "own", Table(columns=("x", "y"), rows=((0.5, 1), (np.float64(2), 0))), ["x"], "y", "classification"
    )
    assert made.x.tolist() == [[0.5], [2.0]] and made.classes.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "inputs", "target", "kind", "words"),
    [
        ("a,b\n1,2\nx,4", ["a"], "b", "regression", r"Line 3 \(row 2\), column 'a': 'x' is not a number"),
        ("a,b\n1,2\n,4", ["a"], "b", "regression", r"Line 3 \(row 2\), column 'a': the number is missing"),
        ("a,b\n1,2\n3,nan", ["a"], "b", "regression", "column 'b': 'nan' stands for a number that is missing"),
        ("a,b\n1,2\n1e999,4", ["a"], "b", "regression", "column 'a': '1e999' is not a finite number"),
        ("a,b\n" + "x,4\n" * 9, ["a"], "b", "regression", r"Line 2 .* So it is with 4 more cells"),
        (f"a,b\n1,x\n2,{'y' * 101}", ["a"], "b", "classification", "column 'b': the class has more than 100 letters"),
        ("a,b\n1,2\n3,", ["a"], "b", "classification", r"Line 3 \(row 2\), column 'b': the class is missing"),
        ("a,b\n1,2\n3,2", ["a"], "b", "classification", "holds 1 different value; as classes there can be 2 to 10"),
        ("a,b\n" + "".join(f"{i},{i}\n" for i in range(11)), ["a"], "b", "classification", "holds 11 different values"),
        ("a,b\n1,2\n3,4", [], "b", "regression", "at least one column as an input"),
        ("a,b\n1,2\n3,4", ["a", "b"], "b", "regression", "'b' cannot be input and target at once"),
        ("a,b\n1,2\n3,4", ["c"], "b", "regression", "There is no column 'c'; there are a, b"),
    ],
)
def test_columns_that_cannot_be_used_say_why(text, inputs, target, kind, words):
    with pytest.raises(InvalidExperiment, match=words):
        from_table("t", read(text), inputs, target, kind)


def test_points_typed_in_are_added_at_the_end():
    moons, blobs, hill = (DATASETS[name].make(10) for name in ("moons", "blobs", "hill"))
    more = with_points(moons, Table(columns=("x₁", "x₂", "class"), rows=((0.5, 1, "1"), (2, 3, 0))))
    assert more.size == 12 and more.x[-2:].tolist() == [[0.5, 1], [2, 3]] and more.y[-2:].tolist() == [[1], [0]]
    assert with_points(blobs, Table(columns=("x₁", "x₂", "class"), rows=((0, 0, "C"),))).y[-1].tolist() == [0, 0, 1]
    assert with_points(hill, Table(columns=("x₁", "x₂", "y"), rows=((0, 0, 0.7),))).y[-1].tolist() == [0.7]
    assert with_points(hill, Table(columns=("x₁", "x₂", "y"), rows=())) is hill


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((0.5, 1, "D"), "Row 2, column 'class': 'D' is no class; the classes are A, B, C"),
        ((0.5, 1, None), "Row 2, column 'class': the class is missing"),
        ((0.5, None, "A"), "Row 2, column 'x₂': the number is missing"),
    ],
)
def test_a_point_that_cannot_be_used_says_which(row, words):
    table = Table(columns=("x₁", "x₂", "class"), rows=((0, 0, "A"), row))
    with pytest.raises(InvalidExperiment, match=words):
        with_points(DATASETS["blobs"].make(10), table)


def test_inputs_are_at_most_fifty():
    table = read(
        "\n".join([",".join(f"c{i}" for i in range(53)), *[",".join(str(i + r) for i in range(53)) for r in (1, 3)]])
    )
    made = from_table("t", table, table.columns[:50], "c52", "regression")
    assert made.x.shape == (2, 50)
    with pytest.raises(InvalidExperiment, match="51 columns are chosen as inputs; at most 50"):
        from_table("t", table, table.columns[:51], "c52", "regression")
