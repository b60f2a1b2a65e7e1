"""Figures of activations: the curves are the functions, jumps are gaps, and every neuron stands where it should."""

import itertools
import json
from xml.etree import ElementTree

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Layer, Network, forward
from engine.analysis.temperature import jacobian as softmax_jacobian
from engine.analysis.what_if import alternatives
from pages.figures.activations import softmax, what_if
from pages.figures.activations.comparison import comparison
from pages.figures.activations.curves import REACH, Curve, activation_curve
from pages.figures.activations.neurons import MANY, neurons_on_curve, standing
from pages.figures.activations.thumbnail import small_curve
from pages.figures.log_axis import decades
from pages.figures.theme import DARK, LIGHT
from tests.oracles import assert_close

EXAMPLE = PRESETS["worked-example"].experiment


def plain(figure: dict) -> dict:
    """The figure as the browser gets it: no NaN, nothing but JSON."""
    return json.loads(json.dumps(figure, allow_nan=False))


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_curve_is_the_function_and_its_slope_the_differences(name: str) -> None:
    points = Curve(name).line(-3, 3)
    x, y = np.array(points["x"]), np.array(points["y"])
    one = np.column_stack((x, np.zeros_like(x)))
    record = ACTIVATIONS[name]
    assert_close(y, record.f(x) if record.elementwise else record.f(one)[:, 0], rtol=1e-4, atol=1e-4)
    slope = Curve(name).slope_line(-3, 3)
    for z, value in zip(slope["x"], slope["y"], strict=True):
        if z is not None and abs(z) < 2.9 and all(abs(z - kink) > 0.05 for kink in record.kinks):
            after, before = np.interp([z + 0.04, z - 0.04], x, y)
            assert value == pytest.approx((after - before) / 0.08, abs=0.05)


@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_a_slope_that_jumps_is_drawn_with_a_gap(name: str) -> None:
    slope = Curve(name).slope_line(-REACH, REACH)
    for (z, value), (after, next_value) in itertools.pairwise(zip(slope["x"], slope["y"], strict=True)):
        assert None in (z, after) or abs(next_value - value) < 0.2
    assert slope["x"].count(None) == len(ACTIVATIONS[name].kinks)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("z", [-0.7, 0.0, 12.0])
def test_the_neuron_stands_on_the_curve_and_the_tangent_has_its_slope(theme, z: float) -> None:
    figure = plain(activation_curve(theme, "tanh", None, z, "a₁"))
    *_, tangent, neuron = figure["data"]
    assert neuron["x"] == [z] and neuron["y"] == pytest.approx([np.tanh(z)])
    rise = (tangent["y"][1] - tangent["y"][0]) / (tangent["x"][1] - tangent["x"][0])
    assert rise == pytest.approx(1 / np.cosh(z) ** 2, abs=1e-9)
    low, high = figure["layout"]["xaxis"]["range"]
    assert low < z < high


def test_a_softmax_neuron_stands_on_a_curve_of_its_own() -> None:
    z = forward(EXAMPLE.network, EXAMPLE.x).z[-1]
    neurons = standing(EXAMPLE.network, z, 2, ["ŷ₁", "ŷ₂", "ŷ₃"])
    figure = plain(neurons_on_curve(LIGHT, neurons, neurons, False, 5.0))
    assert figure["data"][-1]["y"] == pytest.approx(forward(EXAMPLE.network, EXAMPLE.x).output.tolist())
    assert sum(trace["mode"] == "lines" for trace in figure["data"]) == 6
    slopes = plain(neurons_on_curve(LIGHT, neurons, neurons, True, 5.0))
    p = forward(EXAMPLE.network, EXAMPLE.x).output
    assert slopes["data"][-1]["y"] == pytest.approx((p * (1 - p)).tolist())


def test_many_neurons_are_marked_without_names_and_with_few_curves() -> None:
    network = Network([Layer(np.eye(40), np.zeros(40), "softmax")], "huber")
    neurons = standing(network, np.linspace(-2, 2, 40), 0, [str(k) for k in range(40)])
    figure = plain(neurons_on_curve(DARK, neurons, neurons, False, 5.0))
    assert sum(trace["mode"] == "lines" for trace in figure["data"]) == 2 * MANY
    assert not any("text" in trace["mode"] for trace in figure["data"])


def test_states_differ_by_symbol_and_not_by_colour_alone() -> None:
    network = Network([Layer(np.eye(3), np.zeros(3), "tanh")], "huber")
    neurons = standing(network, np.array([0.0, 3.0, 400.0]), 0, ["a", "b", "c"])
    assert [neuron.condition for neuron in neurons] == ["active", "saturated", "dead"]
    marks = plain(neurons_on_curve(LIGHT, neurons, neurons, True, 5.0))["data"][-3:]
    assert len({trace["marker"]["symbol"][0] for trace in marks}) == 3


def test_the_cursor_marks_every_curve_at_its_value() -> None:
    curves = [Curve("sigmoid"), Curve("elu", 2.0), Curve("relu")]
    for slopes, expected in ((False, [0.26894, 2 * (np.exp(-1) - 1), 0.0]), (True, [0.19661, 2 * np.exp(-1), 0.0])):
        figure = plain(comparison(LIGHT, curves, slopes, -1.0, 6.0))
        assert figure["data"][-1]["y"] == pytest.approx(expected, abs=1e-5)
        lines = [trace["line"] for trace in figure["data"][:-1]]
        assert len({(line["color"], line["dash"]) for line in lines}) == 3


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("name", list(ACTIVATIONS))
def test_the_small_curve_is_an_image_of_its_own(theme, name: str) -> None:
    root = ElementTree.fromstring(small_curve(theme, name))
    assert root.tag.endswith("svg") and root.get("width")
    assert theme.accent in small_curve(theme, name)


def test_every_activation_has_a_bar_and_a_zero_gradient_a_cross_left_of_all_others() -> None:
    everything = alternatives(EXAMPLE, 0)
    present = everything[3]
    bars = plain(what_if.losses(LIGHT, everything, present, everything[0]))["data"][0]
    assert len(bars["x"]) == len(ACTIVATIONS) and bars["y"][3] == "<b>ReLU</b>"
    first = plain(what_if.gradients(LIGHT, everything, present))["data"][0]
    crosses = [k for k, symbol in enumerate(first["marker"]["symbol"]) if symbol == "x"]
    assert [everything[k].activation for k in crosses] == ["hard_tanh"]
    assert first["x"][crosses[0]] < min(x for k, x in enumerate(first["x"]) if k not in crosses)


def test_an_output_that_brings_another_loss_is_starred() -> None:
    everything = alternatives(EXAMPLE, 2)
    present = next(a for a in everything if a.activation == "softmax")
    names = plain(what_if.losses(LIGHT, everything, present, everything[0]))["data"][0]["y"]
    assert [name for name in names if "*" not in name] == ["sigmoid", "<b>softmax</b>"]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_jacobian_holds_all_its_numbers_legibly(theme) -> None:
    J = softmax_jacobian(np.array([3.0, 0.0, -1.0]))
    figure = plain(softmax.jacobian(theme, J, ["p1", "p2", "p3"], ["z1", "z2", "z3"]))
    numbers = figure["layout"]["annotations"]
    assert len(numbers) == 9 and figure["data"][0]["z"] == J.tolist()
    assert float(numbers[5]["text"].replace("−", "-")) == pytest.approx(J[1, 2], rel=0.01)
    assert (numbers[5]["y"], numbers[5]["x"]) == ("p2", "z3")


@pytest.mark.parametrize(
    ("values", "ticks"),
    [([0.02, 30.0], ["0.01", "0.1", "1", "10", "100"]), ([0.0, 5.0], ["1", "10"]), ([], ["0.1", "1", "10"])],
)
def test_a_logarithmic_axis_has_powers_of_ten_only(values, ticks) -> None:
    axis = decades(values)
    assert axis["ticktext"] == ticks
    assert len(decades([1e-30, 1e30])["tickvals"]) <= 7
