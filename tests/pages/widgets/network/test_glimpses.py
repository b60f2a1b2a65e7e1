"""What a drag asks for is answered for the network at hand, and what no browser of ours asks for does no harm."""

from typing import Any

import pytest

from engine.network.editing import resized, with_numbers
from engine.network.places import Weight
from pages.figures.network.glimpse import View, glimpses
from pages.figures.theme import LIGHT
from tests.pages.page import Page
from tests.samples import EXAMPLE

ASK = {"id": 1, "place": "w.1.1.1", "step": 9, "texts": ["0.11", "0.12", "-1e-3"]}


def answer(page: Page) -> dict[str, Any]:
    return page.told("glimpses")


def test_each_text_has_the_glimpse_of_its_number_at_the_step_asked_for() -> None:
    page = Page().tell("glimpses", ask=ASK)
    found = answer(page)
    expected = glimpses(View(EXAMPLE, LIGHT, "neuron", 9), Weight(1, 1, 1), [0.11, 0.12, -1e-3])
    assert [found["answers"][text]["formula"] for text in ASK["texts"]] == [one.formula for one in expected]
    assert [found["answers"][text]["number"] for text in ASK["texts"]] == [0.11, 0.12, -1e-3]
    assert {name: found[name] for name in ("id", "place", "step", "version")} == {
        "id": 1, "place": "w.1.1.1", "step": 9, "version": page.drawn["version"],
    }  # fmt: skip
    assert found["base"]["number"] == 0.1


def test_without_a_step_it_is_the_one_shown() -> None:
    page = Page(step="4").tell("glimpses", ask=ASK | {"step": None})
    assert answer(page)["step"] == 4
    assert answer(page.tell("glimpses", ask=ASK | {"id": 2, "step": 10**9}))["step"] == len(
        page.drawn["figure"]["frames"]
    )


def test_it_is_the_network_at_hand_and_asking_changes_nothing() -> None:
    page = Page().type("w.1.1.1", "0.7")
    address = page.address
    found = answer(page.tell("glimpses", ask=ASK))
    assert found["base"]["number"] == 0.7
    assert page.experiment == with_numbers(EXAMPLE, {Weight(1, 1, 1): 0.7}) and page.address == address


def test_an_ask_is_answered_once() -> None:
    page = Page().tell("glimpses", ask=ASK)
    assert answer(page) and not answer(page.run())


@pytest.mark.parametrize("text", ["", "abc", "1e999", "nan", "1e200"])
def test_a_text_without_a_picture_says_so(text: str) -> None:
    assert answer(Page().tell("glimpses", ask=ASK | {"texts": [text, "0.5"]}))["answers"][text] is None


@pytest.mark.parametrize("place", ["w.9.9.9", "n.1.1", "nothing", "", "b.1.99", "x.0"])
def test_a_place_that_there_is_not_has_no_pictures(place: str) -> None:
    assert answer(Page().tell("glimpses", ask=ASK | {"place": place}))["answers"] == dict.fromkeys(ASK["texts"])


@pytest.mark.parametrize(
    "ask",
    [
        None, 3, "x", [], {}, ASK | {"id": None}, ASK | {"place": 3}, ASK | {"place": "w" * 1000},
        ASK | {"texts": "0.5"}, ASK | {"texts": ["0.5"] * 65}, ASK | {"texts": [0.5]}, ASK | {"texts": ["1" * 1000]},
        ASK | {"texts": ["0.5", "\ud800"]}, ASK | {"place": "\udfff"},
    ],
)  # fmt: skip
def test_what_is_no_ask_is_not_answered(ask: Any) -> None:
    page = Page().tell("glimpses", ask=ASK).tell("glimpses", ask=ask)
    assert not answer(page)


@pytest.mark.parametrize("step", ["9", -3, 1e300, True, [1]])
def test_any_step_is_one_of_the_trace(step: Any) -> None:
    page = Page(step="4").tell("glimpses", ask=ASK | {"step": step})
    assert 1 <= answer(page)["step"] <= len(page.drawn["figure"]["frames"])


def test_a_network_that_is_drawn_as_maps_has_none() -> None:
    large = resized(EXAMPLE, (3, 12, 3))
    assert answer(Page(experiment=large).tell("glimpses", ask=ASK))["answers"] == dict.fromkeys(ASK["texts"])
