"""Numbers typed into the tables of the Network page: what follows, and what is refused."""

import json
import re

import numpy as np
import pytest

from engine import forward
from engine.formulas.numbers import fitted
from engine.network.editing import resized
from pages.widgets.fields.told import MOST_EDITS
from pages.widgets.grid import Grid
from pages.widgets.grid.answers import Answered
from tests.edits import Typist
from tests.pages.page import Page
from tests.samples import EXAMPLE


def numbers_in_neurons(page: Page) -> list[str]:
    """What stands in the neurons before the last step that the player was handed, at which parameters are new."""
    traces = page.drawn["figure"]["traces"]
    place = next(index for index, trace in enumerate(traces) if trace.get("customdata", "") and "text" in trace)
    texts = traces[place]["text"]
    for patch in (patch for frame in page.drawn["figure"]["frames"][:-1] for patch in frame["patches"]):
        changed = patch.get(str(place), {}).get("text", {})
        texts = [changed.get(str(item), text) for item, text in enumerate(texts)]
    return [re.sub(r"<[^>]*>", "", text) for text in texts]


def test_inputs_targets_weights_and_biases_are_edited_and_everything_follows() -> None:
    page = Page(step="20").type("x.2", "-1.5").type("x.3", "1/4")
    page.type("y.1", "0,5").type("w.1.3.1", "2.5").type("b.1.1", "−0.75").type("w.1.3.1", "3.5")
    found = page.experiment
    np.testing.assert_array_equal(found.x, [0.1, -1.5, 0.25])
    np.testing.assert_array_equal(found.y, [0.5, 0.0, 0.0])
    np.testing.assert_array_equal(found.network.layers[0].W, [[0.1, 0.3, 0.4], [0.2, 0.2, 0.3], [3.5, 0.7, 0.9]])
    np.testing.assert_array_equal(found.network.layers[0].b, [-0.75, 1.0, 1.0])
    assert found.network.layers[1:] == EXAMPLE.network.layers[1:]
    assert page.addressed == found and page.address["step"] == "20" and page.drawn["step"] == 20
    passed = forward(found.network, found.x)
    assert numbers_in_neurons(page) == [fitted(value) for a in passed.a for value in a]
    assert page.value("preset") == "your own network"


def test_a_value_that_is_set_back_is_taken() -> None:
    page = Page().type("w.1.1.1", "0.5").type("w.1.1.1", "0.1")
    assert page.experiment == EXAMPLE and page.value("preset") == "worked-example"
    assert page.type("x.1", "3").type("x.1", "0.1").experiment == EXAMPLE


def test_a_field_shows_the_number_in_full_and_it_survives_other_edits() -> None:
    page = Page().type("w.1.1.1", "1/3")
    assert page.shown("w.1.1.1") == "0.3333333333333333"
    page.type("w.1.1.2", "7").type("x.1", "0.3")
    assert page.network.layers[0].W[0, 0] == 1 / 3 and page.shown("w.1.1.1") == "0.3333333333333333"


def test_all_layers_are_in_view_with_names_and_words() -> None:
    page = Page(preset="xor").set("depth", 1).set("depth", 2)
    hidden, output = page.told("weights")["grids"]
    assert (hidden["columns"], hidden["rows"]) == (["x₁", "x₂", "bias"], ["a₁", "a₂"])
    assert (output["columns"], output["rows"]) == (["a₁", "a₂", "bias"], ["ŷ₁"])
    assert output["places"] == [["w.2.1.1", "w.2.1.2", "b.2.1"]]
    assert output["words"][0] == [
        "Weight from Hidden 1, neuron 1 to Output, neuron 1",
        "Weight from Hidden 1, neuron 2 to Output, neuron 1",
        "Bias of Output, neuron 1",
    ]
    assert [float(text) for text in output["values"][0][:2]] == page.network.layers[1].W[0].tolist()


@pytest.mark.parametrize(
    ("place", "bad", "message"),
    [
        ("x.1", "", "A number is missing"),
        ("y.2", "2", "targets must be from 0 to 1; 2 was given"),
        ("w.1.1.3", "abc", "“abc” is not a number"),
        ("b.1.1", "1e999", "too large"),
        ("w.1.1.1", "1/0", "divides by zero"),
        ("w.1.1.1", "__import__('os')", "is not a number"),
    ],
)
def test_what_is_not_valid_is_refused_at_its_field_and_the_last_network_stays(
    place: str, bad: str, message: str
) -> None:
    page = Page(step="5").type("w.1.2.1", "0.25")
    before = page.experiment
    page.type(place, bad)
    assert message in page.refused(place) and page.shown(place) == bad
    assert page.experiment == page.addressed == before and page.drawn["step"] == 5
    page.type(place, "0.75")
    assert not page.refused(place) and page.experiment != before


def test_a_message_stays_until_its_own_field_is_right_again() -> None:
    page = Page().type("y.1", "7").type("x.1", "0.5")
    assert page.experiment.x[0] == 0.5 and "7 was given" in page.refused("y.1")
    page.type("w.1.1.1", "a").type("x.1", "0.25")
    assert page.refused("w.1.1.1") and page.refused("y.1")
    page.type("y.1", "1").type("w.1.1.1", "0.1")
    assert not page.refused("w.1.1.1") and not page.refused("y.1")


def test_undo_takes_a_refused_text_away_too() -> None:
    page = Page().type("x.1", "0.5").type("x.2", "a").press("undo_button")
    assert page.experiment == EXAMPLE and page.shown("x.2") == "0.2" and not page.refused("x.2")


@pytest.mark.parametrize(
    "block", ["1\t2\n3\t4", "1;2\r\n3;4\r\n", "1, 2\n3, 4", "1.0,2.0\n3.0,4.0", "1,0;2,0\n3,0;4,0"]
)
def test_a_block_is_pasted_in_from_a_field_on(block: str) -> None:
    page = Page().paste("w.1.2.2", block)
    np.testing.assert_array_equal(page.network.layers[0].W[1:, 1:], [[1, 2], [3, 4]])
    assert page.press("undo_button").experiment == EXAMPLE


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("1\t2\t3\t4", "1 row and 4 columns; from this cell on there is room for 2 rows and 3 columns"),
        ("1\t2\n3", "not equally long"),
        ("1\tx", "“x” is not a number"),
    ],
)
def test_a_block_that_does_not_fit_changes_nothing(block: str, message: str) -> None:
    page = Page().paste("w.1.2.2", block)
    assert message in page.refused("w.1.2.2") and page.experiment == EXAMPLE
    assert page.shown("w.1.2.2") == "0.2"


def test_edits_of_one_gesture_are_undone_as_one_and_none_is_taken_twice() -> None:
    page, component = Page(), "weights"
    texts = ("0.2", "0.3", "0.4")
    edits = [{"id": n, "gesture": 1, "texts": {"w.1.1.1": text}} for n, text in enumerate(texts, start=1)]
    for count in (1, 2, 3):
        # what has no answer is sent again
        page.tell(component, edits={"client": "a", "edits": edits[:count]})
    assert page.network.layers[0].W[0, 0] == 0.4
    page.type("x.1", "7").tell(component, edits={"client": "a", "edits": edits})
    assert page.press("undo_button").experiment.x[0] == EXAMPLE.x[0]
    assert page.press("undo_button").experiment == EXAMPLE and page.disabled("undo_button")


def test_of_a_message_of_very_many_edits_the_first_are_taken_and_the_rest_when_they_come_again() -> None:
    """A thousand in the largest network took half a minute of a core."""
    page = Page()
    edits = [{"id": n, "gesture": n, "texts": {"w.1.1.1": str(n)}} for n in range(1, MOST_EDITS + 4)]
    page.tell("weights", edits={"client": "a", "edits": edits})
    assert page.network.layers[0].W[0, 0] == MOST_EDITS == page.told("weights")["answered"]["last"]
    # what has no answer is sent again
    page.tell("weights", edits={"client": "a", "edits": edits[MOST_EDITS:]})
    assert page.network.layers[0].W[0, 0] == MOST_EDITS + 3


def test_a_refused_block_reads_each_table_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once for each of its cells took the largest table 60 ms, a thousand times a message."""
    page, read, texts = Page(), [], Grid.texts
    monkeypatch.setattr(Grid, "texts", lambda grid: read.append(grid.name) or texts(grid))
    page.paste("w.1.2.2", "1\t2\t3\t4")
    assert page.refused("w.1.2.2") and len(read) == len({*read}) == len(page.told("weights")["grids"])


def test_an_edit_whose_callback_was_ended_is_taken_when_the_page_is_drawn() -> None:
    typist = Typist("a")
    typist.message({"x.1": "1"})
    left = json.loads(typist.message({"w.1.1.1": "0.5"}))
    page = Page(session={"grids_answered": {"weights": Answered("a", 1)}, "weights": left})
    assert page.network.layers[0].W[0, 0] == 0.5 and page.addressed == page.experiment


def test_in_a_large_network_the_table_is_that_of_the_neuron_selected() -> None:
    page = Page(experiment=resized(EXAMPLE, (3, 12, 14, 3)))

    def first() -> str:
        return str(page.told("weights")["grids"][0]["places"][0][0])

    assert first() == "w.1.1.1"
    assert page.report(selected="w.2.9.4") and first() == "w.2.9.1"
    assert page.report(selected="n.1.12") and first() == "w.1.12.1"
    page.set("large_neuron_1_12", 7)
    assert first() == "w.1.7.1" and page.value("inspected") == "Hidden 1, neuron 7 (a₇)"
    page.set("large_layer_3", 2)
    assert first() == "w.2.1.1" and page.value("inspected") == "Hidden 2, neuron 1 (a₁)"
    page.type("w.2.1.12", "1/3")
    assert page.network.layers[1].W[0, 11] == 1 / 3 and first() == "w.2.1.1"
    assert page.report(selected="x.2") and first() == "w.1.1.1"
