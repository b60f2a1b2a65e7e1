"""What is changed in the picture itself: numbers, and at the headings layers, activations and the loss."""

import json
from typing import Any

import pytest

from engine import ACTIVATIONS, LOSSES
from tests.edits import Typist
from tests.pages.page import Page
from tests.samples import EXAMPLE


class Picture:
    """The Network page, changed in its picture."""

    def __init__(self, **address: str) -> None:
        self.page, self.typist = Page(**address), Typist("picture")

    def change(self, place: str, text: str) -> "Picture":
        told = json.loads(self.typist.message({place: text}))
        self.page.tell("player", **told)
        return self

    @property
    def network(self) -> Any:
        return self.page.network


def test_a_number_is_changed_in_the_picture_and_the_tables_follow() -> None:
    picture = Picture(step="20").change("w.1.2.3", "1/3").change("b.2.1", "−0,5").change("x.1", "2").change("y.2", "1")
    page = picture.page
    assert page.network.layers[0].W[1, 2] == 1 / 3 and page.network.layers[1].b[0] == -0.5
    assert page.experiment.x[0] == 2.0 and page.experiment.y[1] == 1.0
    assert [page.shown(place) for place in ("w.1.2.3", "b.2.1", "x.1")] == ["0.3333333333333333", "-0.5", "2"]
    assert page.drawn["step"] == 20 and page.addressed == page.experiment
    for _ in range(4):
        page.press("undo_button")
    assert page.experiment == EXAMPLE


def test_a_number_that_is_refused_in_the_picture_is_named_there_and_changes_nothing() -> None:
    page = Picture().change("w.1.1.1", "a lot").page
    text, why = page.drawn["refused"]["w.1.1.1"]
    assert text == "a lot" and "a lot" in why and page.experiment == EXAMPLE
    page = Picture().change("x.1", "1e400").page
    assert "1e400" in page.drawn["refused"]["x.1"][1] and page.experiment == EXAMPLE


def test_neurons_and_layers_come_and_go_at_the_headings_and_the_sidebar_follows() -> None:
    picture = Picture(preset="xor")
    assert picture.network.sizes == (2, 2, 1)
    picture.change("neurons.1", "3")
    assert picture.network.sizes == (2, 3, 1) and picture.page.value("neurons_1") == 3
    picture.change("layer.1", "followed")
    assert picture.network.sizes == (2, 3, 3, 1) and picture.page.value("depth") == 3
    picture.change("layer.1", "removed")
    assert picture.network.sizes == (2, 3, 1) and picture.page.value("depth") == 2
    picture.change("layer.0", "followed").change("neurons.0", "1")
    assert picture.network.sizes == (1, 3, 3, 1)


def test_one_more_is_one_more_than_there_are_when_it_is_taken_up_to_the_limits() -> None:
    picture = Picture(preset="xor")
    for _ in range(3):
        picture.change("neurons.1", "more")
    assert picture.network.sizes == (2, 5, 1)
    for _ in range(9):
        picture.change("neurons.1", "fewer").change("neurons.2", "more")
    assert picture.network.sizes == (2, 1, 10)


@pytest.mark.parametrize("activation", ["tanh", "leaky_relu", "softmax"])
def test_an_activation_is_chosen_at_its_heading_with_a_loss_that_goes_with_it(activation: str) -> None:
    picture = Picture(preset="xor").change("activation.1", "tanh").change("activation.2", activation)
    layers = picture.network.layers
    assert [layer.activation for layer in layers] == ["tanh", activation]
    assert LOSSES[picture.network.loss].allows(activation, layers[-1].n_out)
    assert picture.page.value("activation_1") == activation
    headings = picture.page.drawn["figure"]["headings"]
    assert [heading.get("key") for heading in headings] == [None, "tanh", activation, None, picture.network.loss]
    assert headings[2]["words"] == ACTIVATIONS[activation].title


def test_a_loss_is_chosen_at_its_heading() -> None:
    picture = Picture().change("loss", "mean_squared_error")
    assert picture.network.loss == "mean_squared_error" and picture.page.value("loss") == "mean_squared_error"


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("neurons.1", "0"),
        ("neurons.1", "11"),
        ("neurons.1", "1000000"),
        ("neurons.9", "2"),
        ("neurons.", "2"),
        ("neurons.-1", "2"),
        ("activation.0", "tanh"),
        ("activation.1", "nonsense"),
        ("activation.7", "tanh"),
        ("loss", "nonsense"),
        ("loss.1", "huber"),
        ("layer.0", "removed"),
        ("layer.3", "removed"),
        ("layer.3", "followed"),
        ("layer.1", "doubled"),
        ("w.9.9.9", "1"),
        ("n.1.1", "1"),
        ("", "1"),
    ],
)
def test_what_nobody_can_choose_changes_nothing(place: str, text: str) -> None:
    assert Picture().change(place, text).page.experiment == EXAMPLE


def test_of_the_choices_in_one_edit_the_first_is_taken() -> None:
    picture = Picture()
    told = json.loads(picture.typist.message({"neurons.1": "5", "neurons.2": "4", "layer.1": "followed"}))
    picture.page.tell("player", **told)
    assert picture.network.sizes == (3, 5, 3, 3)
    picture.page.press("undo_button")
    assert picture.page.experiment == EXAMPLE


def test_a_choice_is_undone_and_made_again() -> None:
    picture = Picture(preset="xor").change("layer.1", "followed")
    deeper = picture.page.experiment
    picture.page.press("undo_button")
    assert picture.network.sizes == (2, 2, 1)
    picture.page.press("redo_button")
    assert picture.page.experiment == deeper


def test_no_layer_and_no_neuron_is_offered_beyond_the_limits() -> None:
    picture = Picture(preset="first-look")
    for size in range(2, 11):
        picture.change("neurons.1", str(size))
    assert [heading.get("growing") for heading in picture.page.drawn["figure"]["headings"][:2]] == [True, False]
    while picture.page.drawn["figure"]["headings"][0]["followed"]:
        picture.change("layer.0", "followed").change("neurons.1", "1")
    assert len(picture.network.layers) == 8
    assert picture.change("layer.0", "followed").network == picture.network


def test_a_large_network_has_nothing_to_change_in_its_picture() -> None:
    page = Page(preset="first-look").set("depth", 8)
    for layer in range(8):
        page.set(f"neurons_{layer}", 10)
    figure = page.set("neurons_8", 10).drawn["figure"]
    assert ("spots" in figure) == (sum(page.network.sizes) <= 100)
