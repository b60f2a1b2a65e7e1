"""The path lit in the network, from the input to the loss, with its numbers."""

from itertools import pairwise
from math import prod

import numpy as np
import pytest

from engine import Experiment, Layer, Network
from engine.analysis.paths import chain_rule_paths
from engine.formulas.notations import NOTATIONS, Translation
from engine.network.places import Weight
from pages.figures.gradients.path_picture import path_picture
from pages.figures.theme import DARK, LIGHT
from tests.figures.sent import plain
from tests.samples import EXAMPLE

WEIGHT = Weight(1, 1, 2)


def lit(figure: dict) -> list[dict]:
    return [trace for trace in figure["data"] if trace["mode"] == "lines" and trace["line"]["width"] == 4]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_lit_path_leads_without_a_gap_from_the_input_to_the_loss(theme) -> None:
    path = chain_rule_paths(EXAMPLE, WEIGHT).shown[0]
    figure = plain(path_picture(theme, EXAMPLE, path))
    links = lit(figure)
    for before, after in pairwise(links):
        assert (before["x"][-1], before["y"][-1]) == (after["x"][0], after["y"][0])
    assert links[0]["x"][0] == 0.0 and links[-1]["x"][-1] > len(EXAMPLE.network.layers)
    numbers = [text.strip("<b>/×()").replace("−", "-") for text in figure["data"][-1]["text"]]
    assert prod(float(number) for number in numbers) == pytest.approx(path.product, rel=0.03)


def test_the_loss_has_the_letter_of_the_notation_and_a_layer_its_name_however_layers_are_counted() -> None:
    say = Translation(NOTATIONS["nielsen"], EXAMPLE.network.sizes).words
    figure = plain(path_picture(LIGHT, EXAMPLE, say=say))
    neurons = next(trace for trace in figure["data"] if "hovertext" in trace)
    assert neurons["text"][-1] == "<b>C</b>"
    assert neurons["hovertext"][0].startswith("Input, neuron 1: ")


def test_a_wide_network_is_drawn_without_its_web_and_within_the_picture() -> None:
    rng = np.random.default_rng(0)
    layers = [Layer(rng.normal(size=(90, 60)) / 8, np.zeros(90), "relu"), Layer(np.ones((1, 90)), [0.0], "identity")]
    e = Experiment(Network(layers, "huber"), rng.normal(size=60), [0.0], 0.1)
    figure = plain(path_picture(LIGHT, e, chain_rule_paths(e, WEIGHT).shown[0]))
    neurons = next(trace for trace in figure["data"] if "hovertext" in trace)
    assert min(neurons["y"]) > 0 and max(neurons["y"]) < figure["layout"]["height"]
    assert len(figure["data"][0]["x"]) == 3
