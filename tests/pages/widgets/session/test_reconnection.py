"""A browser that lost its server goes on at another one: what it sends then, and what the page makes of it.

AppTest stands for the new server: its first run is given the address and the widgets' values of the old page.
"""

import json

import pytest

from engine import encode
from engine.network.editing import with_depth
from tests.edits import Typist
from tests.pages.page import Page
from tests.samples import EXAMPLE

OWN = with_depth(EXAMPLE, 4)


def arrived(**widgets: object) -> Page:
    return Page(session=widgets, net=encode(OWN), step="20")


def test_the_address_alone_brings_network_and_step_back() -> None:
    page = arrived()
    assert page.addressed == OWN and page.address["step"] == "20"


def told(place: str, text: str, before: str) -> object:
    """What the browser still holds of an edit."""
    return json.loads(Typist().message({place: text}, before={place: before}))


def test_an_edit_that_the_old_server_never_heard_of_is_taken() -> None:
    page = arrived(weights=told("w.1.2.2", "9.5", "0.2"), example=told("x.3", "-2", "0.7"))
    expected = OWN.network.layers[0].W.copy()
    expected[1, 1] = 9.5
    assert (expected == page.addressed.network.layers[0].W).all()
    assert page.addressed.x.tolist() == [*OWN.x[:2], -2.0]
    assert page.address["step"] == "20"


def test_edits_that_the_address_holds_already_or_that_were_undone_change_nothing() -> None:
    page = arrived(weights=told("w.1.2.2", "9.5", "0.3"))
    assert page.addressed == OWN


def test_an_edit_that_is_refused_is_explained_and_the_network_kept() -> None:
    page = arrived(weights=told("w.1.1.1", "many", "0.1"))
    assert page.addressed == OWN
    assert "“many” is not a number" in page.refused("w.1.1.1")


@pytest.mark.parametrize(("key", "value"), [("depth", 2), ("learning_rate", "7"), ("neurons_1", 9)])
def test_a_control_shows_what_the_network_has(key: str, value: object) -> None:
    page = arrived(**{key: value})
    assert page.addressed == OWN
    assert page.value(key) != value


@pytest.mark.parametrize(("left", "step"), [(20, "23"), (19, "20")])
def test_the_step_that_the_browser_went_on_to_without_a_server_is_shown(left: int, step: str) -> None:
    assert arrived(player={"step": 23, "from": left}).address["step"] == step
