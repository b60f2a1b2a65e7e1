"""A batch on every page: opened from a link, looked at one example at a time, edited as rows, and learned from."""

import numpy as np
import pytest

from engine import Experiment, Layer, Network, backward, decode, encode, forward
from engine.backprop.learning_step import learning_step
from pages.widgets.document import PAGES
from tests.pages.page import Page
from tests.samples import EXAMPLE

NETWORK = Network(
    [Layer([[1.5, -1.25], [-0.5, 0.75]], [0.25, -0.5], "tanh"), Layer([[1.0, -2.0]], [0.5], "sigmoid")],
    "binary_cross_entropy",
)
XOR = Experiment(NETWORK, [[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]], 0.5)
SOFTMAX = Experiment(EXAMPLE.network, [EXAMPLE.x, EXAMPLE.x * 2, -EXAMPLE.x], np.eye(3), 0.1, False, "sum")


@pytest.mark.parametrize("file", [page.file for page in PAGES])
@pytest.mark.parametrize("batch", [XOR, SOFTMAX], ids=["xor", "softmax"])
def test_every_page_opens_it(file: str, batch: Experiment) -> None:
    page = Page(file, net=encode(batch), example="3", step="2")
    assert not page.said("error") and not page.said("warning")
    assert page.experiment == batch


VIEWS = {
    "pages/gradients.py": ("gradients_view", ["Your network", "Check", "Paths"]),
    "pages/activations.py": ("activations_view", ["Your network", "Softmax"]),
    "pages/landscape.py": ("landscape_view", ["One parameter", "Two parameters", "Random directions"]),
    "pages/share.py": ("share_as", ["Animation", "Picture", "Programs", "JSON"]),
}


@pytest.mark.parametrize("file", VIEWS)
def test_every_view_of_a_page_draws_it(file: str) -> None:
    key, views = VIEWS[file]
    page = Page(file, net=encode(XOR), example="2")
    for view in views:
        page.set(key, view)
        assert not page.said("error") and page.experiment == XOR, view


@pytest.mark.parametrize("file", ["pages/derivation.py", "pages/activations.py", "pages/gradients.py"])
def test_a_page_that_shows_one_example_says_which(file: str) -> None:
    page = Page(file, net=encode(XOR), example="3")
    assert any("4 examples" in words and "example 3 alone" in words for words in page.said("caption"))
    page.set("example_of_4", 2)
    assert any("example 2 alone" in words for words in page.said("caption"))
    assert not any("network at hand learns from" in words for words in Page(file).said("caption"))


def test_examples_are_added_edited_pasted_and_deleted_as_rows() -> None:
    page = Page(net=encode(XOR.example(1))).press("add_example")
    assert page.experiment.examples == 2 and page.experiment == page.addressed
    assert page.experiment.x.tolist() == [[0, 0], [0, 0]] and page.address["example"] == "2"
    page.type("xe.2.1", "1").type("ye.2.1", "1/2")
    assert page.experiment.x.tolist() == [[0, 0], [1, 0]] and page.experiment.y.tolist() == [[0], [0.5]]
    page.paste("xe.2.1", "0\t1\t1\n1\t0\t1\n1\t1\t0")
    assert page.experiment == XOR
    page.press("delete_example")
    assert page.experiment == Experiment(NETWORK, XOR.x[[0, 2, 3]], XOR.y[[0, 2, 3]], 0.5)
    page.press("undo_button")
    assert page.experiment == XOR


def test_no_more_rows_than_there_is_room_for_and_no_number_that_may_not_stand_there() -> None:
    page = Page(net=encode(XOR)).paste("xe.4.1", "\n".join(["0\t1\t1"] * 6))
    assert "there is room for" in page.refused("xe.4.1") and page.experiment == XOR
    page.paste("xe.4.1", "\n".join(["0\t1\t1"] * 5))
    assert page.experiment.examples == 8 and page.disabled("add_example")
    page.type("ye.8.1", "2")
    assert "targets must be from 0 to 1" in page.refused("ye.8.1")


def test_the_picture_s_numbers_are_those_of_the_example_looked_at() -> None:
    page = Page(net=encode(XOR)).set("example_of_4", 3)
    assert page.address["example"] == "3" and page.drawn["version"]
    changed = page.tell("player", edits={"client": "p", "edits": [{"id": 1, "gesture": 1, "texts": {"x.2": "0.5"}}]})
    assert changed.experiment.x.tolist() == [[0, 0], [0, 1], [1, 0.5], [1, 1]]


def test_the_picker_tells_the_losses() -> None:
    losses = [backward(NETWORK, forward(NETWORK, x), y).loss for x, y in zip(XOR.x, XOR.y, strict=True)]
    page = Page(net=encode(XOR))
    assert page.options("example_of_4") == [f"{k} · L = {loss:.3g}" for k, loss in enumerate(losses, start=1)]
    assert f"{np.mean(losses):.6g}" in page.text
    page.set("reduction", "sum")
    assert page.experiment.reduction == "sum" and f"{np.sum(losses):.6g}" in page.text


def test_what_is_played_is_chosen_and_the_whole_batch_is_in_the_link() -> None:
    page = Page(net=encode(XOR), example="2")
    assert page.drawn["turn"] is None
    page.set("play_switch", "turns")
    # from the first one on
    assert page.drawn["turn"] == {"example": 1, "next": 2}
    page.tell("player", turn=3)
    assert (page.address["example"], page.address["step"]) == ("3", "1")
    assert page.tell("player", turn=4).drawn["turn"] == {"example": 4, "next": 0}
    page.set("play_switch", "batch")
    assert page.address["detail"] == "batch" and not page.has("detail_switch") and page.drawn["turn"] is None
    assert "all examples" in page.drawn["figure"]["frames"][0]["title"]
    page.set("play_switch", "one")
    assert page.has("detail_switch") and page.address["detail"] == "layer"


def applied(experiment: Experiment, rows: list[int]) -> Network:
    part = Experiment(experiment.network, experiment.x[rows], experiment.y[rows], 0.5, True, experiment.reduction)
    return learning_step(part).updated


@pytest.mark.parametrize(
    ("size", "groups"), [(0, [[0, 1, 2, 3]] * 2), (1, [[0], [1], [2], [3], [0]]), (3, [[0, 1, 2], [3], [0, 1, 2]])]
)
def test_the_update_is_applied_with_all_examples_some_or_one_after_the_other(
    size: int, groups: list[list[int]]
) -> None:
    page = Page(net=encode(XOR)).set("learning_size_of_4", size)
    for rows in groups:
        before = page.experiment
        page.press("apply_update")
        wanted = applied(before, rows)
        for own, layer in zip(page.network.layers, wanted.layers, strict=True):
            np.testing.assert_allclose(own.W, layer.W, rtol=1e-12, atol=1e-15)
            np.testing.assert_allclose(own.b, layer.b, rtol=1e-12, atol=1e-15)
    said = next(words for words in page.said("caption") if words.startswith("The loss over"))
    assert said.startswith(f"The loss over {len(groups)} learning steps, made with ")
    assert ("all examples" in said) == (size == 0) and ("example 1" in said) == (size == 1)


@pytest.mark.parametrize("example", ["0", "-1", "x", "9" * 9, "²"])
def test_a_link_with_an_example_that_is_none_opens_all_the_same(example: str) -> None:
    page = Page(net=encode(XOR), example=example)
    assert "example must be a number from 1" in page.said("warning")[0] and page.experiment == XOR
    assert "The first example is shown" in page.said("warning")[0] and "example" not in page.address
    beyond = Page(net=encode(XOR), example="7")
    assert beyond.address["example"] == "4"
    assert "asks for example 7, but the network has 4 examples" in beyond.said("warning")[0]
    assert "has one example" in Page(preset="mazur", example="2").said("warning")[0]
    assert decode(page.address["net"]) == XOR


def test_rows_of_the_data_become_the_examples_of_the_network() -> None:
    page = Page("pages/training.py", net=encode(XOR)).set("training_data", "xor").press("training_take_examples")
    assert page.experiment.examples == 4 and page.network == NETWORK
    assert page.experiment.learning_rate == page.value("training_rate")
    assert page.experiment.x.shape == (4, 2) and set(page.experiment.y.ravel().tolist()) <= {0.0, 1.0}
    assert page.addressed == page.experiment and "Network page" in page.said("toast")[0]


def test_what_depends_on_the_number_of_outputs_or_inputs_takes_no_row_for_one() -> None:
    page = Page(net=encode(XOR))
    assert not any("This network has" in words and "outputs" in words for words in page.said("markdown"))
    square = Network([Layer(np.ones((2, 64)) / 64, [0.0, 0.0], "tanh")], "huber")
    page = Page(net=encode(Experiment(square, np.eye(64)[:3], np.zeros((3, 2)), 0.1)), example="2")
    assert any("As images of 8 × 8" in words for words in page.said("markdown"))
    assert any("This network has 2 outputs" in words for words in page.said("markdown"))


def test_the_practice_page_takes_the_example_looked_at() -> None:
    page = Page("pages/practice.py", net=encode(XOR), example="3")
    for view in page.options("practice_view"):
        page.set("practice_view", view)
        name = next((key for key in NUMBERS_OF if page.has(key)), None)
        if name:
            page.set(name, "The network at hand")
            assert any("example 3 alone" in words for words in page.said("caption")), view


NUMBERS_OF = [f"practice_numbers_{view}" for view in ("question", "form", "error", "predict")]


@pytest.mark.parametrize("optimizer", ["sgd", "adamw"])
def test_the_next_mini_batch_of_a_run_is_stepped_through_and_put_into_the_network(optimizer: str) -> None:
    page = Page("pages/training.py", net=encode(XOR)).set("training_data", "xor").set("training_optimizer", optimizer)
    page.set("training_epochs", 3).set("training_batch", 3).press("train").hold(training_next_step=True)
    assert any("next 3 examples" in words for words in page.said("markdown"))
    frames = page.told("run_player")["figure"]["frames"]
    assert [frame["phase"] for frame in frames][-1] == "update" and frames[0]["phase"] == "forward"
    assert page.said("latex")
    page.tell("run_player", step=len(frames) - 1)
    # a line of formula for each line of the optimizer's rule
    assert sum("textcolor" in latex for latex in page.said("latex")) == (1 if optimizer == "sgd" else 6)
    assert page.told("run_player")["step"] == len(frames) - 1
    assert any(frames[-2]["why"] in words for words in page.said("markdown"))
    # the browser does not tell again where it stays, so the next run is shown there too
    page.set("training_epochs", 4).press("train").hold(training_next_step=True)
    assert page.told("run_player")["step"] == len(frames) - 1
    page.press("training_take_batch")
    assert page.experiment.examples == 3 and page.addressed == page.experiment
