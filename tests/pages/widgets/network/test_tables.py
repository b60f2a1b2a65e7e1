"""Cells typed into the tables of the Network page: what follows, and what is refused."""

import re
from typing import Any

import numpy as np
import pytest

from engine import forward
from engine.formulas.numbers import compact
from tests.pages.page import Page
from tests.samples import EXAMPLE


def numbers_in_neurons(page: Page) -> list[str]:
    """What stands in the neurons at the last step that the player was handed."""
    traces = page.drawn["figure"]["traces"]
    place = next(index for index, trace in enumerate(traces) if trace.get("customdata", "") and "text" in trace)
    texts = traces[place]["text"]
    for patch in (patch for frame in page.drawn["figure"]["frames"] for patch in frame["patches"]):
        changed = patch.get(str(place), {}).get("text", {})
        texts = [changed.get(str(item), text) for item, text in enumerate(texts)]
    return [re.sub(r"<[^>]*>", "", text) for text in texts]


def test_cells_of_input_target_weights_and_biases_are_edited_and_everything_follows() -> None:
    page = Page(step="20").type("x", 0, "x₂", -1.5).type("x", 0, "x₃", 0.25)
    page.type("y", 0, "y₁", 0.5).type("0", 2, "x₁", 2.5).type("0", 0, "bias", -0.75).type("0", 2, "x₁", 3.5)
    found = page.experiment
    np.testing.assert_array_equal(found.x, [0.1, -1.5, 0.25])
    np.testing.assert_array_equal(found.y, [0.5, 0.0, 0.0])
    np.testing.assert_array_equal(found.network.layers[0].W, [[0.1, 0.3, 0.4], [0.2, 0.2, 0.3], [3.5, 0.7, 0.9]])
    np.testing.assert_array_equal(found.network.layers[0].b, [-0.75, 1.0, 1.0])
    assert found.network.layers[1:] == EXAMPLE.network.layers[1:]
    assert page.addressed == found and page.address["step"] == "20" and page.drawn["step"] == 20
    passed = forward(found.network, found.x)
    assert numbers_in_neurons(page) == [compact(value) for a in passed.a for value in a]
    assert page.value("preset") == "your own network"


def test_the_table_shows_the_layer_chosen_with_its_neurons_names() -> None:
    page = Page(preset="xor").set("depth", 1).set("depth", 2)
    page.set("table_layer_2", 1)
    table = page.at.dataframe[2].value
    layer = page.network.layers[1]
    assert list(table.columns) == ["to", "a₁", "a₂", "bias"] and list(table["to"]) == ["ŷ₁"]
    np.testing.assert_array_equal(table[["a₁", "a₂"]].to_numpy(), layer.W)
    page.type("1", 0, "a₂", 7.0)
    assert page.network.layers[1].W[0, 1] == 7.0


@pytest.mark.parametrize(
    ("table", "column", "bad", "message"),
    [
        ("x", "x₁", None, "x₁: this cell needs a number"),
        ("y", "y₂", 2.0, "targets must be from 0 to 1; 2 was given"),
        ("0", "x₃", None, "x₃, row 1: this cell needs a number"),
        ("0", "bias", "1", "bias, row 1: this cell needs a number"),
    ],
)
def test_a_cell_that_is_not_valid_is_refused_beside_its_table_and_the_last_network_stays(
    table: str, column: str, bad: Any, message: str
) -> None:
    page = Page(step="5").type("0", 1, "x₁", 0.25)
    before = page.experiment
    page.type(table, 0, column, bad)
    assert [message in error for error in page.said("error")] == [True]
    assert page.experiment == page.addressed == before and page.drawn["step"] == 5
    page.type(table, 0, column, 0.75)
    assert not page.said("error") and page.experiment != before


def test_a_message_stays_until_its_own_table_is_right_again() -> None:
    page = Page().type("y", 0, "y₁", 7.0).type("x", 0, "x₁", 0.5)
    assert page.experiment.x[0] == 0.5 and ["7 was given" in error for error in page.said("error")] == [True]
    page.type("0", 0, "x₁", None)
    assert len(page.said("error")) == 2
    page.type("y", 0, "y₁", 1.0).type("0", 0, "x₁", 0.1)
    assert not page.said("error")
