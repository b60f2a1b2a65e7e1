"""An input that is an image is drawn as one, and so are the weights that look at it."""

import numpy as np

from pages.figures.network.images import MOST_SHOWN, PER_ROW, input_image, side, weight_images
from pages.figures.theme import LIGHT


def cells(figure) -> np.ndarray:
    return np.array([[np.nan if cell is None else cell for cell in row] for row in figure["data"][0]["z"]])


def test_squares_from_eight_by_eight_on_are_images() -> None:
    assert [side(n) for n in (49, 64, 65, 100, 784, 783)] == [None, 8, None, 10, 28, None]


def test_the_first_number_is_in_the_top_left_corner_and_rows_follow() -> None:
    x = np.arange(64.0)
    figure = input_image(LIGHT, x)
    shown = cells(figure)
    inside = shown[~np.isnan(shown)].reshape(8, 8)
    np.testing.assert_array_equal(inside, x.reshape(8, 8))
    assert figure["layout"]["yaxis"]["autorange"] == "reversed"


def test_each_neuron_has_its_image_and_its_name_and_all_have_one_scale() -> None:
    W = np.arange(20 * 64.0).reshape(20, 64) + 1
    figure = weight_images(LIGHT, W, 13)
    names = [annotation["text"] for annotation in figure["layout"]["annotations"]]
    assert len(names) == 8 and "₁₃" in names[0] and "₂₀" in names[-1]
    shown = cells(figure)
    assert np.isfinite(shown).sum() == 8 * 64 and figure["data"][0]["zmax"] == W.max()
    # where the first image begins: its name is above it, nothing left of it
    first_row = np.flatnonzero(np.isfinite(shown[:, 0]))[0]
    np.testing.assert_array_equal(shown[first_row, :8], W[12, :8])
    seventh = np.flatnonzero(np.isfinite(shown[:, 0]))[8]
    assert MOST_SHOWN >= 8 > PER_ROW and shown[seventh, 0] == W[12 + PER_ROW, 0]
