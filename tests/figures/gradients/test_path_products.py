"""The products of the largest paths, the rest, and their sum."""

import numpy as np
import pytest

from engine import Experiment, Layer, Network
from engine.analysis.paths import chain_rule_paths
from engine.network.places import Weight
from pages.figures.gradients.path_products import products
from pages.figures.theme import LIGHT
from tests.figures.sent import plain
from tests.samples import EXAMPLE

WEIGHT = Weight(1, 1, 2)


def test_products_are_listed_with_the_rest_and_the_sum() -> None:
    rng = np.random.default_rng(0)
    layers = [Layer(rng.standard_normal((7, 7)), np.zeros(7), "tanh")] * 4
    e = Experiment(Network(layers, "half_squared_error"), rng.standard_normal(7), np.ones(7), 0.1)
    found = chain_rule_paths(e, WEIGHT)
    bars = plain(products(LIGHT, found, 20))["data"][0]
    assert bars["y"][-2:] == ["323 others", "<b>sum</b>"]
    assert sum(bars["x"][:-1]) == pytest.approx(bars["x"][-1]) == pytest.approx(found.total)
    few = plain(products(LIGHT, chain_rule_paths(EXAMPLE, WEIGHT), 20))["data"][0]
    # two of three softmax outputs have a target of 0, so that 18 of 27 paths carry nothing
    assert few["y"][-2:] == ["18 others", "<b>sum</b>"] and few["x"][-2] == 0.0
