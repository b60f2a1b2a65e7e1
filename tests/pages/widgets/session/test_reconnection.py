"""A browser that lost its server goes on at another one: what it sends then, and what the page makes of it.

AppTest stands for the new server: its first run is given the address and the widgets' values of the old page.
"""

import pytest

from engine import encode
from engine.network.editing import with_depth
from tests.pages.page import Page
from tests.samples import EXAMPLE

OWN = with_depth(EXAMPLE, 4)


def arrived(**widgets: object) -> Page:
    return Page(session=widgets, net=encode(OWN), step="20")


def edited(row: int, column: str, value: float) -> dict[str, object]:
    return {"edited_rows": {row: {column: value}}, "added_rows": [], "deleted_rows": []}


def test_the_address_alone_brings_network_and_step_back() -> None:
    page = arrived()
    assert page.addressed == OWN and page.address["step"] == "20"


def test_an_edit_that_the_old_server_never_heard_of_is_taken() -> None:
    page = arrived(table_0_0=edited(1, "x₂", 9.5), table_x_0=edited(0, "x₃", -2.0))
    expected = OWN.network.layers[0].W.copy()
    expected[1, 1] = 9.5
    assert (expected == page.addressed.network.layers[0].W).all()
    assert page.addressed.x.tolist() == [*OWN.x[:2], -2.0]
    assert page.address["step"] == "20"


def test_edits_that_the_address_holds_already_change_nothing() -> None:
    page = arrived(table_0_0=edited(1, "x₂", float(OWN.network.layers[0].W[1, 1])))
    assert page.addressed == OWN


def test_an_edit_that_is_refused_is_explained_and_the_network_kept() -> None:
    page = arrived(table_0_0=edited(0, "x₁", float("nan")))
    assert page.addressed == OWN
    assert "needs a number" in page.text


@pytest.mark.parametrize(("key", "value"), [("depth", 2), ("learning_rate", 7.0), ("neurons_1", 9)])
def test_a_control_shows_what_the_network_has(key: str, value: float) -> None:
    page = arrived(**{key: value})
    assert page.addressed == OWN
    assert page.value(key) != value
