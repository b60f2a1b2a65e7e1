"""A batch on every page: opened from a link, looked at one example at a time, edited as rows, and learned from."""

import numpy as np
import pytest

from engine import Experiment, Layer, Network, backward, decode, encode, forward
from engine.backprop.learning_step import learning_step
from pages.widgets.shared.frame import PAGES
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
    assert not any("examples" in words for words in Page(file).said("caption"))
