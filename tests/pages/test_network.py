"""The Network page without a browser: every control of the editor and of the player."""

import re
from typing import Any

import pytest

from engine import (
    INITIALIZERS,
    PRESETS,
    Experiment,
    check_gradients,
    trace,
)
from engine.formulas.numbers import text
from engine.network.editing import MAX_LAYERS, MAX_NEURONS, randomised
from engine.network.places import Bias, Input, LossValue, Neuron, Target, Weight
from pages.widgets.document import PAGES
from pages.widgets.session.timeline import MOST_STATES, History, Timeline
from tests.pages.page import Page
from tests.samples import EXAMPLE, passes

STEPS = len(trace(EXAMPLE))


def test_it_opens_on_the_worked_example_at_its_first_step() -> None:
    page = Page()
    back = passes(EXAMPLE)[1]
    assert page.experiment == page.addressed == EXAMPLE
    assert page.address == {"preset": "worked-example", "step": "1"}
    assert page.drawn["step"] == 1 and len(page.drawn["figure"]["frames"]) == STEPS
    assert "neurons per layer: Input 3, Hidden 1 3, Hidden 2 3, Output 3" in page.drawn["alt"]
    assert "All numbers stand in a table below" in page.drawn["alt"]
    assert [expander.label for expander in page.at.expander] == ["All numbers"]
    assert f"Loss  \n**{text(back.loss, 6)}**" in page.text and "(0.198, 0.285, 0.516)" in page.text
    error = check_gradients(EXAMPLE.network, EXAMPLE.x, EXAMPLE.y).largest_relative_error
    assert f"Gradient check passed  \n**largest relative error {text(error, 1)}" in page.text
    assert page.disabled("undo_button") and page.disabled("redo_button") and page.disabled("reset_button")
    assert not page.said("warning") and not page.said("error")


@pytest.mark.parametrize("name", PRESETS)
def test_an_example_is_opened_with_one_choice(name: str) -> None:
    page = Page(preset="mazur" if name == "worked-example" else "worked-example", step="3").set("preset", name)
    assert page.experiment == PRESETS[name].experiment
    assert page.address == {"preset": name, "step": "1"} and page.drawn["invitation"]
    assert page.disabled("reset_button") and not page.disabled("undo_button")


def test_layers_and_neurons_are_added_and_taken_away() -> None:
    page = Page()
    for depth in (MAX_LAYERS, 1, 2):
        page.set("depth", depth)
        assert len(page.network.layers) == depth and page.addressed == page.experiment
    for layer, size in ((0, MAX_NEURONS), (2, 1), (1, 7)):
        page.set(f"neurons_{layer}", size)
        assert page.network.sizes[layer] == size
    assert page.network.sizes == (10, 7, 1) and page.addressed == page.experiment


def test_a_step_beyond_the_end_of_what_is_left_is_the_last_one_and_comes_back_with_undo() -> None:
    page = Page(step="50").set("depth", 1)
    count = len(trace(page.experiment))
    assert count < 50 and page.drawn["step"] == count and page.address["step"] == str(count)
    page.press("undo_button")
    assert page.experiment == EXAMPLE and page.drawn["step"] == 50


def test_activations_are_chosen_with_their_own_number() -> None:
    page = Page().set("activation_0", "softmax")
    assert page.network.layers[0].activation == "softmax"
    page.set("activation_0", "leaky_relu").set("parameter_0", "3/10")
    assert page.network.layers[0].parameter == 0.3 and page.addressed == page.experiment


def test_an_output_that_does_not_go_with_the_loss_changes_it_and_says_so() -> None:
    page = Page().set("activation_2", "tanh")
    assert page.network.loss == "half_squared_error"
    assert "loss is now half squared error" in page.said("toast")[0]
    page.set("loss", "binary_cross_entropy")
    assert page.network.layers[-1].activation == "sigmoid"
    assert "activation is now sigmoid" in page.said("toast")[0]


def test_loss_rate_and_whether_biases_learn_are_set() -> None:
    page = Page().set("loss", "huber")
    assert page.network.loss == "huber"
    page.set("learning_rate", "0.125").set("update_biases", False)
    assert (page.experiment.learning_rate, page.experiment.update_biases) == (0.125, False)
    assert page.addressed == page.experiment


def test_changes_are_undone_and_made_again_and_reset() -> None:
    page = Page().type("x.1", "5").set("depth", 4).set("learning_rate", "2")
    after = page.experiment
    for _ in range(3):
        page.press("undo_button")
    assert page.experiment == page.addressed == EXAMPLE and page.disabled("undo_button")
    for _ in range(3):
        page.press("redo_button")
    assert page.experiment == after and page.disabled("redo_button")
    page.press("undo_button").type("x.1", "6")
    assert page.disabled("redo_button") and page.experiment.x[0] == 6.0
    page.press("reset_button")
    assert page.experiment == EXAMPLE
    page.press("undo_button")
    assert page.experiment.x[0] == 6.0


def test_reset_goes_back_to_the_example_that_was_changed() -> None:
    page = Page(preset="xor").set("learning_rate", "3").press("reset_button")
    assert page.experiment == PRESETS["xor"].experiment


def test_the_last_fifty_changes_can_be_undone() -> None:
    page = Page()
    changes = [randomised(EXAMPLE, "he", seed) for seed in range(MOST_STATES + 1)]
    history = History()
    history.set(Timeline(tuple(changes[:MOST_STATES])))
    page.hold(history=history, experiment=changes[MOST_STATES]).set("learning_rate", "0.5")
    assert history.timeline.past == tuple(changes[1:])


def test_weights_are_drawn_by_the_initializer_and_the_seed_chosen() -> None:
    page = Page().set("seed", 7)
    for initializer in INITIALIZERS:
        page.set("initializer", initializer).press("randomise")
        assert page.experiment == page.addressed == randomised(EXAMPLE, initializer, 7, 0.5)
    page.set("initializer", "uniform").set("scale", 2.0).press("randomise")
    assert page.experiment == randomised(EXAMPLE, "uniform", 7, 2.0)


def test_applying_the_update_again_and_again_lowers_the_loss_and_draws_its_course() -> None:
    page = Page(preset="mazur")
    losses = [loss_of(page.experiment)]
    for _ in range(4):
        page.press("apply_update")
        losses.append(loss_of(page.experiment))
    assert losses == sorted(losses, reverse=True) and len(set(losses)) == 5
    assert losses[1] == pytest.approx(0.291027774, abs=5e-10)
    (chart,) = [chart for chart in page.charts if "loss_history" in chart.id]
    assert [float(y) for y in re.findall(r"[\d.]+", re.search(r'"y":\[(.*?)\]', chart.spec)[1])] == losses
    assert page.addressed == page.experiment
    page.press("undo_button")
    assert loss_of(page.experiment) == losses[3]
    assert not [chart for chart in page.charts if "loss_history" in chart.id]


def loss_of(experiment: Experiment) -> float:
    return passes(experiment)[1].loss


def test_an_update_that_leaves_the_range_of_numbers_is_refused_in_words() -> None:
    page = Page(preset="xor").set("learning_rate", "1e20").type("y.1", "2")
    before = page.experiment
    page.press("apply_update")
    assert page.experiment == before and "A number grows to" in page.said("toast")[0]


def test_steps_are_per_neuron_or_per_layer() -> None:
    page = Page(step="3").set("detail_switch", "layer")
    assert len(page.drawn["figure"]["frames"]) == len(trace(EXAMPLE, "layer"))
    assert page.address["detail"] == "layer"
    page.set("detail_switch", "neuron")
    assert "detail" not in page.address and len(page.drawn["figure"]["frames"]) == STEPS


def test_switching_the_detail_goes_to_the_step_that_is_the_same_there() -> None:
    # from the sum of the first layer's second neuron to that of the layer, which begins with its first neuron
    page = Page(step="3").set("detail_switch", "layer")
    assert page.drawn["step"] == 1
    page.report(step=2).set("detail_switch", "neuron")
    assert page.drawn["step"] == 2
    page.report(step=STEPS).set("detail_switch", "layer")
    assert page.drawn["step"] == len(trace(EXAMPLE, "layer"))
    page.set("detail_switch", "neuron")
    assert page.drawn["step"] == STEPS


def test_the_place_in_the_calculation_outlives_an_edit_and_another_example_begins_anew() -> None:
    page = Page(preset="mazur", step="7")
    opened = page.drawn["opening"]
    page.set("learning_rate", "0.25")
    assert page.drawn["step"] == 7 and page.drawn["opening"] == opened and not page.drawn["invitation"]
    page.set("preset", "xor")
    assert page.drawn["step"] == 1 and page.drawn["opening"] == opened + 1
    assert "as it should" in page.drawn["invitation"]


def test_the_players_step_moves_the_formulas_and_the_address() -> None:
    page = Page().report(step=1)
    assert page.address["step"] == "1"
    assert "weighted sum, neuron 1" in page.text and "the example once more" not in page.text
    page.report(step=STEPS)
    assert page.address["step"] == str(STEPS)
    assert "the example once more" in page.text and "weighted sum, neuron 1" not in page.text


def test_a_step_that_is_none_does_no_harm() -> None:
    page = Page(step="4")
    for step, shown in (("7", 4), (None, 4), (-3, 1), (10**9, STEPS), (2.5, 2)):
        assert page.report(step=step).address["step"] == str(shown)


def test_a_clicked_neuron_or_weight_is_inspected() -> None:
    page = Page().report(selected="n.2.3")
    assert page.held("selected") == Neuron(2, 3) and page.value("inspected") == "Hidden 2, neuron 3 (a₃)"
    assert any("z_{3}^{(2)}" in formula for formula in page.said("latex"))
    page.report(selected="w.3.1.2")
    assert page.held("selected") == Weight(3, 1, 2) and page.value("inspected") == "Weight a₂ → ŷ₁, Output"
    assert any(r"w_{12}^{(3)} = \textcolor" in formula for formula in page.said("latex"))
    page.set("inspected", "Input x₂")
    assert page.held("selected") == Input(2)


@pytest.mark.parametrize(
    ("name", "place", "words", "formula"),
    [
        ("n.0.2", Input(2), "Input x₂", r"x_{2} = \textcolor"),
        ("x.2", Input(2), "Input x₂", r"x_{2} = \textcolor"),
        ("y.3", Target(3), "Target y₃", r"y_{3} = \textcolor"),
        ("loss", LossValue(), "Loss", r"\begin{aligned}L &= "),
        ("b.2.3", Bias(2, 3), "Bias b⁽²⁾₃, Hidden 2", r"b_{3}^{(2)} = \textcolor"),
    ],
)
def test_inputs_targets_biases_and_the_loss_are_inspected_too(name: str, place: Any, words: str, formula: str) -> None:
    page = Page().report(selected=name)
    assert page.held("selected") == place and page.value("inspected") == words
    assert words in page.options("inspected")
    assert any(formula in written for written in page.said("latex"))


def test_a_curve_is_shown_of_what_has_one_and_of_a_parameter_it_is_said_whose_it_is() -> None:
    page = Page()
    for name in ("n.2.3", "w.2.3.1", "b.2.3", "n.0.1", "y.1", "loss"):
        page.report(selected=name)
        assert len(page.charts) == (name in ("n.2.3", "w.2.3.1", "b.2.3")), name
        assert ("It leads to: Hidden 2, neuron 3 (a₃)." in page.text) == (name[0] in "wb"), name


def test_the_curve_keeps_its_place_in_the_page_whatever_is_inspected() -> None:
    """Of a run that was given up the browser may still get a chart that it keeps a copy of, and nothing before it."""
    page, places, formulas = Page(), [], set()
    for name in ("n.3.1", "n.2.3", "w.2.3.1", "b.2.3"):
        page.report(selected=name)
        formulas.add(len(page.said("latex")))
        places.append(page.places("plotly_chart"))
    assert len(formulas) > 1 and places == [places[0]] * 4


@pytest.mark.parametrize("words", ["n.9.1", 5])
def test_what_the_network_does_not_have_is_not_inspected(words: Any) -> None:
    page = Page().report(selected=words)
    assert page.value("inspected") == "Output, neuron 1 (ŷ₁)"


@pytest.mark.parametrize(("key", "value"), [("depth", 1), ("neurons_2", 2)])
def test_what_was_selected_and_is_gone_is_let_go_until_it_is_back(key: str, value: int) -> None:
    page = Page().report(selected="n.2.3").set(key, value)
    assert page.value("inspected") == "Output, neuron 1 (ŷ₁)"
    assert page.press("undo_button").value("inspected") == "Hidden 2, neuron 3 (a₃)"


def test_embedded_the_page_has_no_navigation() -> None:
    assert Page().links == [one.title for one in PAGES]
    assert not Page(embedded=True).links
