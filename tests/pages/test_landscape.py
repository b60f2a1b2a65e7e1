"""The Loss landscape page without a browser: every view, walks, and going where one has walked."""

from dataclasses import replace

import numpy as np
import pytest

from engine import OPTIMIZERS, PRESETS, Experiment, Layer, Network
from engine.formulas import plain
from engine.network.parameters import flatten, parameters
from engine.network.places import Bias, Neuron, Weight
from tests.pages.packed import unpacked
from tests.pages.page import NETWORK, Page
from tests.samples import EXAMPLE, passes

# ½(2w + b − 1)²: along w a parabola of curvature 4, so that rates beyond ½ diverge
PARABOLA = Experiment(
    Network([Layer([[2.0]], [0.0], "identity")], "half_squared_error"), np.array([2.0]), np.array([1.0]), 0.1
)
VIEWS = ("One parameter", "Two parameters", "Random directions")


def opened(view, experiment=EXAMPLE):
    return Page("pages/landscape.py", experiment).set("landscape_view", view)


def walk(page):
    return unpacked(page.told("landscape_player")["walk"])


def steepest(experiment):
    made = passes(experiment)[1]
    tables = zip(made.dW, made.db, strict=True)
    return int(np.abs(np.concatenate([np.column_stack(table).ravel() for table in tables])).argmax())


@pytest.mark.parametrize("view", VIEWS)
def test_beside_a_parameter_too_large_for_the_range_there_is_no_slider(view):
    network = Network([Layer([[2.0**62, 2.0**62]], [2.0**62], "identity")], "half_squared_error")
    page = opened(view, Experiment(network, np.ones(2), np.array([3 * 2.0**62]), 0.1))
    assert ("too large a number for this range" in page.plain) == (view != "Random directions")


def test_the_slice_goes_along_the_steepest_parameter_from_the_network_at_hand():
    page = opened("One parameter")
    index = steepest(EXAMPLE)
    start = flatten(EXAMPLE.network)[index]
    stepped = walk(page)
    assert len(stepped["figures"]) == 1 and len(stepped["titles"]) == 21
    assert plain.parameter(parameters(EXAMPLE.network)[index]) in stepped["titles"][0]
    point = stepped["moves"][0][2][2]
    assert point["x"][0] == pytest.approx(start)
    assert point["y"][0] == pytest.approx(1.617234, abs=1e-5)


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (0.001, "have not arrived"),
        (0.2, "become smaller as the slope does"),
        (0.5, "swing from side to side and get no lower"),
        (1.0, "step 13 leaves for infinity"),
    ],
)
def test_the_verdict_follows_the_learning_rate(rate, words):
    page = opened("One parameter", PARABOLA)
    page.set("landscape_rate", rate)
    assert words in page.text and "no valley" not in page.text


def test_the_learning_rate_is_the_networks_own_until_another_is_chosen():
    page = opened("One parameter", replace(EXAMPLE, learning_rate=0.0375))
    assert page.value("landscape_rate") == 0.0375
    assert page.set("landscape_rate", 0.5).set("landscape_steps", 5).value("landscape_rate") == 0.5
    assert page.go(NETWORK).go("pages/landscape.py").value("landscape_rate") == 0.5
    # another network has another rate of its own
    assert page.set("preset", "mazur").value("landscape_rate") == PRESETS["mazur"].experiment.learning_rate


def test_where_no_step_can_overshoot_no_limit_is_named():
    page = opened("One parameter")
    assert "no valley in sight" in page.text and "diverge" not in page.text


def test_from_where_the_slope_is_exactly_0_no_step_goes_down():
    hidden = Layer([[-2.5, 0.1], [1.0, -0.5]], [-1.0, 0.5], "relu")
    output = Layer([[1.0, 0.5], [-1.0, 0.25]], [0.0, 0.0], "softmax")
    dead = Experiment(Network([hidden, output], "cross_entropy"), np.array([0.55, 0.2]), np.array([1.0, 0.0]), 0.1)
    page = opened("One parameter", dead)
    page.set("Parameter", 0)
    assert "No step leaves the start: the slope there is 0." in page.text and "go down" not in page.text


def test_at_a_kink_no_curvature_is_claimed():
    layers = [Layer([[0.0]], [0.0], "relu"), Layer([[1.0]], [-1.0], "identity")]
    page = opened("One parameter", Experiment(Network(layers, "half_squared_error"), np.ones(1), np.ones(1), 0.1))
    page.set("Parameter", 0)
    assert "the slope jumps" in page.text and "curvature is" not in page.text


def test_where_there_is_no_valley_an_example_with_one_is_offered():
    page = opened("One parameter")
    assert "no valley in sight" in page.text
    page.press("landscape_valley")
    assert page.experiment == PRESETS["first-look"].experiment
    assert "no valley in sight" not in page.text


def test_on_a_parabola_the_limits_of_the_rate_are_those_of_its_curvature():
    page = opened("One parameter", PARABOLA)
    assert "At the start the curvature is 4." in page.text
    assert "creep below η = 0.25, swing but close in up to 0.5, and diverge beyond" in page.text


@pytest.mark.parametrize("view", VIEWS)
def test_a_slider_moves_the_start_and_go_there_takes_the_weights(view):
    page = opened(view)
    slider = next(slider for slider in page.at.slider if slider.label.startswith("Start at"))
    # where the slider stands before it is moved is the network itself, so there is nowhere to go
    assert page.disabled("landscape_go")
    page.set(slider.key, slider.value + 0.3).press("landscape_go")
    changed = flatten(page.network) - flatten(EXAMPLE.network)
    if view == "Random directions":
        assert (changed != 0).sum() == 27
    else:
        assert np.flatnonzero(changed).tolist() == [steepest(EXAMPLE)]
        assert changed.max() == pytest.approx(0.3, abs=0.03)
    assert page.disabled("landscape_go")


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_any_optimizer_walks_on_the_surface(optimizer):
    page = opened("Two parameters").set("landscape_optimizer", optimizer).set("landscape_steps", 5)
    stepped = walk(page)
    assert [figure["data"][0]["type"] for figure in stepped["figures"]] == ["surface", "contour"]
    assert len(stepped["moves"]) == 6


def test_two_times_the_same_parameter_is_refused():
    page = opened("Two parameters")
    page.set("Parameter 2", page.value("Parameter 1"))
    assert "Pick two different parameters" in page.text


def test_without_a_run_its_directions_say_where_to_get_one():
    assert "Training page" in opened("Directions of the last run").text


def test_a_run_is_seen_in_its_principal_directions_and_its_data_can_be_cut():
    page = Page("pages/training.py").press("training_suited").set("training_epochs", 8).press("train")
    page.go("pages/landscape.py")
    page.set("landscape_view", "Directions of the last run")
    stepped = walk(page)
    assert [title.partition(" · ")[0] for title in stepped["titles"]] == [f"Epoch {epoch}" for epoch in range(9)]
    assert "% of the movement" in stepped["figures"][1]["layout"]["xaxis"]["title"]["text"]
    page.set("landscape_view", "One parameter")
    page.set("landscape_of_True", "The data trained on last")
    history = page.held("training_run").history
    assert walk(page)["moves"][0][2][2]["y"][0] == pytest.approx(history.loss[0], rel=1e-6)


def test_a_network_too_large_to_be_cut_is_refused_in_words():
    layers = [Layer(np.ones((50, 3)), np.zeros(50), "relu"), Layer(np.ones((60, 50)), np.zeros(60), "relu")]
    experiment = Experiment(Network(layers, "huber"), np.ones(3), np.ones(60), 0.1)
    assert "up to 2,000" in opened("One parameter", experiment).text


def picks(page):
    return [parameters(EXAMPLE.network)[page.value(f"Parameter {number}")] for number in (1, 2)]


def test_a_click_picks_for_the_list_that_was_used_last():
    page = opened("Two parameters")
    first = picks(page)[0]
    page.set("Parameter 2", parameters(EXAMPLE.network).index(Bias(1, 1)))
    page.tell("landscape_selectable", selected="w.2.3.1")
    assert picks(page) == [first, Weight(2, 3, 1)]


def test_a_click_picks_for_the_list_that_it_is_said_to_be_for():
    page = opened("Two parameters")
    first = picks(page)[0]
    page.set("landscape_turn_choice", 2).tell("landscape_selectable", selected="w.2.3.1")
    assert picks(page) == [first, Weight(2, 3, 1)]
    page.set("landscape_turn_choice", 1).tell("landscape_selectable", selected="n.2.2")
    assert picks(page) == [Bias(2, 2), Weight(2, 3, 1)] and page.held("selected") == Neuron(2, 2)


@pytest.mark.parametrize("told", ["", "w.9.1.1", "b.0.1", "x.1", "loss", "n.0.1", "<b>", 7])
def test_what_names_no_parameter_is_not_picked(told):
    page = opened("Two parameters")
    before = picks(page)
    page.tell("landscape_selectable", selected=told)
    assert picks(page) == before and page.held("selected") is None
