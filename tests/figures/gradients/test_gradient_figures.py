"""Figures of gradients: ridges, the check's pictures, and the path lit in the network, by the engine's numbers."""

import json
from itertools import pairwise
from math import prod

import numpy as np
import pytest

from engine import PRESETS, Experiment, Layer, Network, check_gradients
from engine.analysis.init_experiment import Setting, Spread, run
from engine.analysis.paths import chain_rule_paths
from engine.gradcheck.check import TOLERANCE
from engine.gradcheck.mistakes import MISTAKES
from engine.gradcheck.step_size import v_curve
from engine.network.places import Weight
from pages.figures.gradients.check import agreement, v_curves
from pages.figures.gradients.layer_norms import Sizes, layer_norms
from pages.figures.gradients.path_picture import path_picture
from pages.figures.gradients.path_products import products
from pages.figures.gradients.ridges import OVERLAP, ridges, span
from pages.figures.theme import DARK, LIGHT

EXAMPLE = PRESETS["worked-example"].experiment
WEIGHT = Weight(1, 1, 2)


def plain(figure: dict) -> dict:
    """The figure as the browser gets it: no NaN, nothing but JSON."""
    return json.loads(json.dumps(figure, allow_nan=False))


def spread(values: np.ndarray) -> Spread:
    return Spread(float(np.sqrt((values**2).mean())), float((values == 0).mean()), values)


def test_a_ridge_stands_where_its_numbers_are() -> None:
    rng = np.random.default_rng(0)
    spreads = [spread(rng.standard_normal(2000) * 10.0**-k) for k in range(5)]
    for log in (True, False):
        axis = span(spreads, log)
        figure = plain(ridges(DARK, spreads, axis, True, 300))
        for number, (trace, one) in enumerate(zip(figure["data"], spreads, strict=False), start=1):
            assert trace["y"][0] == trace["y"][-1] == number
            assert min(trace["y"]) == pytest.approx(number - OVERLAP, abs=1e-3)
            peak = trace["x"][int(np.argmin(trace["y"]))]
            typical = np.log10(one.rms) if log else 0.0
            assert abs(peak - typical) < 0.7
    marks = plain(ridges(LIGHT, spreads, span(spreads, True), True, 300))["data"][-1]
    assert marks["x"] == pytest.approx([np.log10(one.rms) for one in spreads])


def test_layers_of_zeros_alone_have_flat_ridges_and_no_mark() -> None:
    made = run(Setting(depth=3, width=4, activation="relu", initializer="zeros"))
    for log in (True, False):
        plain(ridges(LIGHT, made.activations, span(made.activations, log), False, 200))
    figure = plain(ridges(LIGHT, made.deltas, span(made.deltas, True), True, 200))
    assert set(figure["data"][0]["y"]) == {1.0} and figure["data"][-1]["x"] == []


def test_a_size_of_zero_leaves_a_gap_and_names_the_value_when_hovered() -> None:
    line = plain(layer_norms(LIGHT, [Sizes(name="δ", values=(1.0, 0.0, 1e-3), gradient=True)], "norm"))["data"][0]
    assert line["y"] == [1.0, None, 1e-3] and line["text"][1] == "0"


def test_right_gradients_lie_on_the_diagonal_and_wrong_ones_are_marked_apart() -> None:
    report = check_gradients(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y)
    (marks,) = plain(agreement(LIGHT, report))["data"][1:]
    assert marks["name"] == "36 agree" and marks["x"] == pytest.approx(marks["y"], abs=1e-9)
    wrong = MISTAKES["no_bias_gradient"].backward(EXAMPLE)
    report = check_gradients(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, wrong)
    right, caught = plain(agreement(LIGHT, report))["data"][1:]
    assert (right["name"], caught["name"]) == ("27 agree", "9 disagree")
    assert caught["y"] == [0.0] * 9 and right["marker"]["symbol"] != caught["marker"]["symbol"]
    assert int((report.error > TOLERANCE).sum()) == 9


def test_the_v_is_drawn_with_its_best_step_and_the_step_in_use() -> None:
    curve = v_curve(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y, "central")
    figure = plain(v_curves(DARK, [curve], 1e-3))
    line, best = figure["data"]
    assert len(line["x"]) == len(curve.steps) and best["x"] == [curve.best[0]]
    assert best["y"] == [min(value for value in line["y"])]
    assert figure["layout"]["shapes"][0]["x0"] == 1e-3
    assert "shapes" not in v_curves(DARK, [curve], None)["layout"]


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
    numbers = [text.strip("<b>/×").replace("−", "-") for text in figure["data"][-1]["text"]]
    assert prod(float(number) for number in numbers) == pytest.approx(path.product, rel=0.03)


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


def test_a_wide_network_is_drawn_without_its_web_and_within_the_picture() -> None:
    rng = np.random.default_rng(0)
    layers = [Layer(rng.normal(size=(90, 60)) / 8, np.zeros(90), "relu"), Layer(np.ones((1, 90)), [0.0], "identity")]
    e = Experiment(Network(layers, "huber"), rng.normal(size=60), [0.0], 0.1)
    figure = plain(path_picture(LIGHT, e, chain_rule_paths(e, WEIGHT).shown[0]))
    neurons = next(trace for trace in figure["data"] if "hovertext" in trace)
    assert min(neurons["y"]) > 0 and max(neurons["y"]) < figure["layout"]["height"]
    assert len(figure["data"][0]["x"]) == 3
