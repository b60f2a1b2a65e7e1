"""The Loss landscape page without a browser: every view, walks, and going where one has walked."""

import base64
import gzip
import json
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import OPTIMIZERS, PRESETS, Experiment, Layer, Network, backward, forward
from engine.formulas import plain
from engine.network.parameters import flatten, parameters
from tests.pages.network_page import component

APP = Path(__file__).parents[2] / "app.py"
EXAMPLE = PRESETS["worked-example"].experiment
# ½(2w + b − 1)²: along w a parabola of curvature 4, so that rates beyond ½ diverge
PARABOLA = Experiment(
    Network([Layer([[2.0]], [0.0], "identity")], "half_squared_error"), np.array([2.0]), np.array([1.0]), 0.1
)
VIEWS = ("One parameter", "Two parameters", "Random directions")


def opened(view, **session):
    at = AppTest.from_file(APP, default_timeout=60)
    for key, value in session.items():
        at.session_state[key] = value
    at.switch_page("pages/landscape.py").run()
    at.segmented_control(key="landscape_view").set_value(view).run()
    assert not at.exception
    return at


def walk(at):
    data = json.loads(component(at, "landscape_player").proto.json)
    return json.loads(gzip.decompress(base64.b64decode(data["walk"])))


def text(at):
    return "\n".join(part.value for part in (*at.markdown, *at.caption, *at.info))


def steepest(experiment):
    made = backward(experiment.network, forward(experiment.network, experiment.x), experiment.y)
    tables = zip(made.dW, made.db, strict=True)
    return int(np.abs(np.concatenate([np.column_stack(table).ravel() for table in tables])).argmax())


def test_the_slice_goes_along_the_steepest_parameter_from_the_network_at_hand():
    at = opened("One parameter")
    index = steepest(EXAMPLE)
    start = flatten(EXAMPLE.network)[index]
    stepped = walk(at)
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
        (0.5, "swing from side to side"),
        (1.0, "climb out of the valley"),
    ],
)
def test_the_verdict_follows_the_learning_rate(rate, words):
    at = opened("One parameter", experiment=PARABOLA)
    at.select_slider(key="landscape_rate").set_value(rate).run()
    assert words in text(at) and "no valley" not in text(at)


def test_where_there_is_no_valley_an_example_with_one_is_offered():
    at = opened("One parameter")
    assert "no valley in sight" in text(at)
    at.button(key="landscape_valley").click().run()
    assert at.session_state["experiment"] == PRESETS["first-look"].experiment
    assert not at.exception and "no valley in sight" not in text(at)


def test_on_a_parabola_the_limits_of_the_rate_are_those_of_its_curvature():
    at = opened("One parameter", experiment=PARABOLA)
    assert "At the start the curvature is 4." in text(at)
    assert "creep below η = 0.25, swing but close in up to 0.5, and diverge beyond" in text(at)


@pytest.mark.parametrize("view", VIEWS)
def test_a_slider_moves_the_start_and_go_there_takes_the_weights(view):
    at = opened(view)
    slider = next(slider for slider in at.slider if slider.label.startswith("Start at"))
    # where the slider stands before it is moved is the network itself, so there is nowhere to go
    assert at.button(key="landscape_go").disabled
    moved = slider.value + 0.3
    slider.set_value(moved).run()
    at.button(key="landscape_go").click().run()
    assert not at.exception
    network = at.session_state["experiment"].network
    changed = flatten(network) - flatten(EXAMPLE.network)
    if view == "Random directions":
        assert (changed != 0).sum() == 27
    else:
        assert np.flatnonzero(changed).tolist() == [steepest(EXAMPLE)]
        assert changed.max() == pytest.approx(0.3, abs=0.03)
    assert at.button(key="landscape_go").disabled


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_any_optimizer_walks_on_the_surface(optimizer):
    at = opened("Two parameters")
    at.selectbox(key="landscape_optimizer").set_value(optimizer)
    at.slider(key="landscape_steps").set_value(5).run()
    stepped = walk(at)
    assert [figure["data"][0]["type"] for figure in stepped["figures"]] == ["surface", "contour"]
    assert len(stepped["moves"]) == 6


def test_two_times_the_same_parameter_is_refused():
    at = opened("Two parameters")
    first, second = (box for box in at.selectbox if box.label.startswith("Parameter"))
    second.set_value(first.value).run()
    assert "Pick two different parameters" in text(at) and not at.exception


def test_without_a_run_its_directions_say_where_to_get_one():
    assert "Training page" in text(opened("Directions of the last run"))


def test_a_run_is_seen_in_its_principal_directions_and_its_data_can_be_cut():
    at = AppTest.from_file(APP, default_timeout=60)
    at.switch_page("pages/training.py").run()
    at.button(key="training_suited").click().run()
    at.number_input(key="training_epochs").set_value(8)
    at.button(key="train").click().run()
    at.switch_page("pages/landscape.py").run()
    at.segmented_control(key="landscape_view").set_value("Directions of the last run").run()
    assert not at.exception
    stepped = walk(at)
    assert [title.partition(" · ")[0] for title in stepped["titles"]] == [f"Epoch {epoch}" for epoch in range(9)]
    assert "% of the movement" in stepped["figures"][1]["layout"]["xaxis"]["title"]["text"]
    at.segmented_control(key="landscape_view").set_value("One parameter").run()
    at.selectbox(key="landscape_of_True").set_value("The data trained on last").run()
    history = at.session_state["training_run"].history
    assert walk(at)["moves"][0][2][2]["y"][0] == pytest.approx(history.loss[0], rel=1e-6)


def test_a_network_too_large_to_be_cut_is_refused_in_words():
    layers = [Layer(np.ones((50, 3)), np.zeros(50), "relu"), Layer(np.ones((60, 50)), np.zeros(60), "relu")]
    experiment = Experiment(Network(layers, "huber"), np.ones(3), np.ones(60), 0.1)
    assert "up to 2,000" in text(opened("One parameter", experiment=experiment))
