"""Sizes of layers on a logarithmic axis, which has no zero."""

from pages.figures.gradients.layer_norms import Sizes, layer_norms
from pages.figures.theme import LIGHT
from tests.figures.sent import plain


def test_a_size_of_zero_leaves_a_gap_and_names_the_value_when_hovered() -> None:
    line = plain(layer_norms(LIGHT, [Sizes(name="δ", values=(1.0, 0.0, 1e-3), gradient=True)], "norm"))["data"][0]
    assert line["y"] == [1.0, None, 1e-3] and line["text"][1] == "0"
