"""The chart of the losses over the learning steps applied by hand."""

from pages.figures.network.loss_history import loss_history
from pages.figures.theme import DARK, LIGHT


def test_every_loss_stands_over_the_number_of_steps_before_it() -> None:
    figure = loss_history(LIGHT, (1.5, 1.25, 1.125))
    (trace,) = figure["data"]
    assert trace["x"] == [0, 1, 2] and trace["y"] == [1.5, 1.25, 1.125]
    assert trace["line"]["color"] == LIGHT.accent
    assert loss_history(DARK, (1.5,))["data"][0]["line"]["color"] == DARK.accent


def test_ticks_are_whole_steps_and_few() -> None:
    for count in (2, 3, 50, 1000):
        every = loss_history(LIGHT, [1.0] * count)["layout"]["xaxis"]["dtick"]
        assert every == int(every) >= 1 and count / every <= 16
