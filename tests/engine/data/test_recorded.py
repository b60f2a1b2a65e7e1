"""The measured tables, by what is published of them: means, and the straight line that fits best."""

import numpy as np
import pytest

from engine.data import read_table
from engine.data.recorded import RECORDED
from engine.data.selection import from_table, likely_kind
from engine.data.table import numbers


def table(name):
    return read_table(RECORDED[name].content(), RECORDED[name].file)


@pytest.mark.parametrize("name", RECORDED)
def test_a_table_is_complete_and_its_columns_are_there(name):
    record, own = RECORDED[name], table(name)
    kind = likely_kind(own, record.target)
    assert from_table(name, own, record.inputs, record.target, kind).size == len(own.rows)


def test_iris_has_fishers_means():
    means = {name: round(float(numbers(table("iris"), name).mean()), 3) for name in table("iris").numeric}
    assert means == {"sepal length": 5.843, "sepal width": 3.057, "petal length": 3.758, "petal width": 1.199}
    made = from_table("iris", table("iris"), ["petal width"], "species", "classification")
    assert made.outputs == ("setosa", "versicolor", "virginica") and np.bincount(made.classes).tolist() == [50] * 3


def test_cars_have_the_known_straight_line():
    speed, distance = (numbers(table("cars"), name) for name in ("speed", "distance"))
    slope, constant = np.polyfit(speed, distance, 1)
    assert (len(speed), round(slope, 3), round(constant, 3)) == (50, 3.932, -17.579)
