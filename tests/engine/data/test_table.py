"""Data of the user's own: what is read, and that every message names the row and the column."""

import numpy as np
import pytest

from engine import DATASETS
from engine.data.table import Table, classes, from_table, read_csv, with_points
from engine.errors import InvalidExperiment

CSV = "length,width,kind\n5.1,3.5,setosa\n7.0,3.2,versicolor\n6.3,3.3,virginica\n4.9,3.0,setosa\n"


def test_a_csv_becomes_a_classification():
    made = from_table("flowers", read_csv(CSV), ["length", "width"], "kind", "classification")
    assert made.x.tolist() == [[5.1, 3.5], [7.0, 3.2], [6.3, 3.3], [4.9, 3.0]]
    assert made.outputs == ("setosa", "versicolor", "virginica") and made.inputs == ("length", "width")
    assert made.classes.tolist() == [0, 1, 2, 0] and made.y.shape == (4, 3)


def test_a_csv_becomes_a_regression():
    made = from_table("flowers", read_csv(CSV), ["width"], "length", "regression")
    assert made.y.tolist() == [[5.1], [7.0], [6.3], [4.9]] and made.outputs == ("length",)


@pytest.mark.parametrize("separator", [",", ";", "\t", " ; "])
def test_separators_spaces_blank_lines_and_a_byte_order_mark(separator):
    text = f"\ufeffa{separator}b\r\n1{separator}2\r\n\r\n3{separator}4\r\n"
    assert read_csv(text) == Table(("a", "b"), (("1", "2"), ("3", "4")))


def test_without_a_header_columns_are_numbered():
    assert read_csv("1,2\n3,4\n") == Table(("column 1", "column 2"), (("1", "2"), ("3", "4")))


def test_quoted_cells_may_hold_the_separator():
    assert read_csv('x,name\n1,"a, b"\n2,c\n').rows == (("1", "a, b"), ("2", "c"))


def test_classes_are_sorted_as_numbers_and_named_alike_however_they_are_written():
    table = Table(("k",), (("10",), (2,), (2.0,), ("1e1",), ("b",), (1234567,), (1234568,)))
    assert classes(table, "k") == ("2", "10", "1234567", "1234568", "b")


def test_rows_typed_into_a_table_come_as_numbers():
    made = from_table("own", Table(("x", "y"), ((0.5, 1), (np.float64(2), 0))), ["x"], "y", "classification")
    assert made.x.tolist() == [[0.5], [2.0]] and made.classes.tolist() == [1, 0]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The file is empty"),
        ("\n \n", "The file is empty"),
        ("a\n1\n2\n", "from 2 to 50 columns, separated by commas, semicolons or tabs; it has 1"),
        ("a,b\n1,2\n", "at least 2 rows of data; it has 1"),
        ("a,b\n1,2\n1\n3,4", "Row 2 has 1 values, but there are 2 columns"),
        ("a,b\n1,2\n1,2,3\n", "Row 2 has 3 values"),
        ("a,\n1,2\n3,4", "Column 2 has no name"),
        ("a,a\n1,2\n3,4", "Two columns are called 'a'"),
        ("a,b\n" + "1,2\n" * 5001, "5,002 rows; at most 5,000"),
        (",".join("abc"[i % 3] + str(i) for i in range(51)) + "\n", "it has 51"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text, words):
    with pytest.raises(InvalidExperiment, match=words):
        read_csv(text)


@pytest.mark.parametrize(
    ("text", "inputs", "target", "kind", "words"),
    [
        ("a,b\n1,2\nx,4", ["a"], "b", "regression", "Row 2, column 'a': 'x' is not a number"),
        ("a,b\n1,2\n,4", ["a"], "b", "regression", "Row 2, column 'a': the number is missing"),
        ("a,b\n1,2\n3,nan", ["a"], "b", "regression", "Row 2, column 'b': 'nan' is not a number"),
        ("a,b\n1,2\n1e9,4", ["a"], "b", "regression", r"Row 2, column 'a': 1e\+09 is beyond ±1,000,000"),
        ("a,b\n1,2\n3,", ["a"], "b", "classification", "Row 2, column 'b': the class is missing"),
        ("a,b\n1,2\n3,2", ["a"], "b", "classification", "holds 1 different value; as classes there can be 2 to 6"),
        ("a,b\n" + "".join(f"{i},{i}\n" for i in range(11)), ["a"], "b", "classification", "holds 11 different values"),
        ("a,b\n1,2\n3,4", [], "b", "regression", "at least one column as an input"),
        ("a,b\n1,2\n3,4", ["a", "b"], "b", "regression", "'b' cannot be input and target at once"),
        ("a,b\n1,2\n3,4", ["c"], "b", "regression", "There is no column 'c'; there are a, b"),
    ],
)
def test_columns_that_cannot_be_used_say_why(text, inputs, target, kind, words):
    with pytest.raises(InvalidExperiment, match=words):
        from_table("t", read_csv(text), inputs, target, kind)


def test_points_typed_in_are_added_at_the_end():
    moons, blobs, hill = (DATASETS[name].make(10) for name in ("moons", "blobs", "hill"))
    more = with_points(moons, Table(("x₁", "x₂", "class"), ((0.5, 1, "1"), (2, 3, 0))))
    assert more.size == 12 and more.x[-2:].tolist() == [[0.5, 1], [2, 3]] and more.y[-2:].tolist() == [[1], [0]]
    assert with_points(blobs, Table(("x₁", "x₂", "class"), ((0, 0, "C"),))).y[-1].tolist() == [0, 0, 1]
    assert with_points(hill, Table(("x₁", "x₂", "y"), ((0, 0, 0.7),))).y[-1].tolist() == [0.7]
    assert with_points(hill, Table(("x₁", "x₂", "y"), ())) is hill


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((0.5, 1, "D"), "Row 2, column 'class': 'D' is no class; the classes are A, B, C"),
        ((0.5, 1, None), "Row 2, column 'class': the class is missing"),
        ((0.5, None, "A"), "Row 2, column 'x₂': the number is missing"),
    ],
)
def test_a_point_that_cannot_be_used_says_which(row, words):
    table = Table(("x₁", "x₂", "class"), ((0, 0, "A"), row))
    with pytest.raises(InvalidExperiment, match=words):
        with_points(DATASETS["blobs"].make(10), table)


def test_names_that_would_fill_a_page_are_refused():
    with pytest.raises(InvalidExperiment, match="column 2 has 101 letters"):
        read_csv(f"a,{'b' * 101}\n1,2\n3,4")
    table = read_csv(f"a,b\n1,x\n2,{'y' * 101}")
    with pytest.raises(InvalidExperiment, match="Row 2, column 'b': the class has more than 100 letters"):
        from_table("mine", table, ["a"], "b", "classification")
