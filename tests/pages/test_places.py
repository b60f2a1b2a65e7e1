"""Places in a network as the player names them."""

import pytest

from pages.widgets.session.selection import Place

SIZES = (3, 4, 2)


@pytest.mark.parametrize(
    ("words", "place"),
    [("n.0.1", Place(0, 1)), ("n.2.2", Place(2, 2)), ("w.1.4.3", Place(1, 4, 3)), ("w.2.1.4", Place(2, 1, 4))],
)
def test_a_place_that_the_network_has(words: str, place: Place) -> None:
    found = Place.read(words)
    assert found == place and found.within(SIZES)


@pytest.mark.parametrize(
    "words", ["n.3.1", "n.1.5", "n.0.0", "n.1.0", "w.0.1.1", "w.3.1.1", "w.1.5.1", "w.1.1.4", "w.1.1.0", "w.1.0.1"]
)
def test_a_place_that_the_network_does_not_have(words: str) -> None:
    found = Place.read(words)
    assert found is not None and not found.within(SIZES)


@pytest.mark.parametrize(
    "words", ["", "n", "n.1", "w.1.2", "n.1.2.3", "x.1.1", "n.1.-2", "n.1.²", "n.1.1e1", "n.a.b", ". ."]
)
def test_words_that_name_no_place(words: str) -> None:
    assert Place.read(words) is None
