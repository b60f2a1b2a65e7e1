"""The Network page without a browser: every control, every table, and the address."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from engine import (
    INITIALIZERS,
    PRESETS,
    Experiment,
    Layer,
    Network,
    backward,
    check_gradients,
    encode,
    forward,
    trace,
)
from engine.editing import MAX_LAYERS, MAX_NEURONS, randomised, resized, with_depth
from engine.notation import compact, text
from pages.widgets.state import MAX_TOKEN, MAX_UNDO, Place
from tests.pages.network_page import DEFAULT, NetworkPage

STEPS = len(trace(DEFAULT))
OWN = Experiment(Network([Layer([[0.5, -1.0]], [0.25], "tanh")], "huber"), [1, 2], [0.5], 0.1, update_biases=False)


def numbers_in_neurons(page: NetworkPage) -> list[str]:
    """What stands in the neurons at the last step that the player was handed."""
    traces = page.drawn["figure"]["traces"]
    place = next(index for index, trace in enumerate(traces) if trace.get("customdata", "") and "text" in trace)
    texts = traces[place]["text"]
    for patch in (patch for frame in page.drawn["figure"]["frames"] for patch in frame["patches"]):
        for index, path, value in patch:
            if (index, path) == (place, "text"):
                texts = [value.get(str(item), text) for item, text in enumerate(texts)]
    return [re.sub(r"<[^>]*>", "", text) for text in texts]


def test_it_opens_on_the_worked_example_at_its_end() -> None:
    page = NetworkPage()
    back = backward(DEFAULT.network, forward(DEFAULT.network, DEFAULT.x), DEFAULT.y)
    assert page.experiment == page.addressed == DEFAULT
    assert page.address == {"preset": "worked-example", "step": str(STEPS)}
    assert page.drawn["step"] == len(page.drawn["figure"]["frames"]) == STEPS
    assert "neurons per layer: Input 3, Hidden 1 3, Hidden 2 3, Output 3" in page.drawn["alt"]
    assert f"Loss  \n**{text(back.loss, 6)}**" in page.text and "(0.198, 0.285, 0.516)" in page.text
    error = check_gradients(DEFAULT.network, DEFAULT.x, DEFAULT.y).largest_relative_error
    assert f"Gradient check passed  \n**largest relative error {error:.0e}".replace("e-0", "e-") in page.text
    assert page.disabled("undo_button") and page.disabled("redo_button") and page.disabled("reset_button")
    assert not page.at.warning and not page.at.error


@pytest.mark.parametrize("name", PRESETS)
def test_an_example_is_opened_with_one_choice(name: str) -> None:
    page = NetworkPage(preset="mazur" if name == "worked-example" else "worked-example", step="3").set("preset", name)
    assert page.experiment == PRESETS[name].experiment
    assert page.address == {"preset": name, "step": str(len(trace(page.experiment)))}
    assert page.disabled("reset_button") and not page.disabled("undo_button")


def test_layers_and_neurons_are_added_and_taken_away() -> None:
    page = NetworkPage()
    for depth in (MAX_LAYERS, 1, 2):
        page.set("depth", depth)
        assert len(page.experiment.network.layers) == depth and page.addressed == page.experiment
    for layer, size in ((0, MAX_NEURONS), (2, 1), (1, 7)):
        page.set(f"neurons_{layer}", size)
        assert page.experiment.network.sizes[layer] == size
    assert page.experiment.network.sizes == (10, 7, 1) and page.addressed == page.experiment


def test_a_step_beyond_the_end_of_what_is_left_is_the_last_one_and_comes_back_with_undo() -> None:
    page = NetworkPage(step="50").set("depth", 1)
    count = len(trace(page.experiment))
    assert count < 50 and page.drawn["step"] == count and page.address["step"] == str(count)
    page.press("undo_button")
    assert page.experiment == DEFAULT and page.drawn["step"] == 50


def test_activations_are_chosen_with_their_own_number() -> None:
    page = NetworkPage().set("activation_0", "softmax")
    assert page.experiment.network.layers[0].activation == "softmax"
    page.set("activation_0", "leaky_relu").set("parameter_0", 0.3)
    assert page.experiment.network.layers[0].parameter == 0.3 and page.addressed == page.experiment


def test_an_output_that_does_not_go_with_the_loss_changes_it_and_says_so() -> None:
    page = NetworkPage().set("activation_2", "tanh")
    assert page.experiment.network.loss == "half_squared_error"
    assert "loss is now half squared error" in page.at.toast[0].value
    page.set("loss", "binary_cross_entropy")
    assert page.experiment.network.layers[-1].activation == "sigmoid"
    assert "activation is now sigmoid" in page.at.toast[0].value


def test_loss_rate_and_whether_biases_learn_are_set() -> None:
    page = NetworkPage().set("loss", "huber")
    assert page.experiment.network.loss == "huber"
    page.set("learning_rate", 0.125).set("update_biases", False)
    assert (page.experiment.learning_rate, page.experiment.update_biases) == (0.125, False)
    assert page.addressed == page.experiment


def test_cells_of_input_target_weights_and_biases_are_edited_and_everything_follows() -> None:
    page = NetworkPage(step="20").type("x", 0, "x₂", -1.5).type("x", 0, "x₃", 0.25)
    page.type("y", 0, "y₁", 0.5).type("0", 2, "x₁", 2.5).type("0", 0, "bias", -0.75).type("0", 2, "x₁", 3.5)
    found = page.experiment
    np.testing.assert_array_equal(found.x, [0.1, -1.5, 0.25])
    np.testing.assert_array_equal(found.y, [0.5, 0.0, 0.0])
    np.testing.assert_array_equal(found.network.layers[0].W, [[0.1, 0.3, 0.4], [0.2, 0.2, 0.3], [3.5, 0.7, 0.9]])
    np.testing.assert_array_equal(found.network.layers[0].b, [-0.75, 1.0, 1.0])
    assert found.network.layers[1:] == DEFAULT.network.layers[1:]
    assert page.addressed == found and page.address["step"] == "20" and page.drawn["step"] == 20
    passed = forward(found.network, found.x)
    assert numbers_in_neurons(page) == [compact(value) for a in passed.a for value in a]
    assert page.at.selectbox(key="preset").value == "your own network"


def test_the_table_shows_the_layer_chosen_with_its_neurons_names() -> None:
    page = NetworkPage(net=encode(OWN)).set("depth", 2)
    page.set("table_layer_2", 1)
    table = page.at.dataframe[2].value
    layer = page.experiment.network.layers[1]
    assert list(table.columns) == ["to", "a₁", "a₂", "bias"] and list(table["to"]) == ["ŷ₁"]
    np.testing.assert_array_equal(table[["a₁", "a₂"]].to_numpy(), layer.W)
    page.type("1", 0, "a₂", 7.0)
    assert page.experiment.network.layers[1].W[0, 1] == 7.0


@pytest.mark.parametrize(
    ("table", "column", "bad", "message"),
    [
        ("x", "x₁", None, "x₁: this cell needs a number"),
        ("y", "y₂", 2.0, "targets must be from 0 to 1; 2 was given"),
        ("0", "x₃", None, "x₃, row 1: this cell needs a number"),
        ("0", "bias", "1", "bias, row 1: this cell needs a number"),
    ],
)
def test_a_cell_that_is_not_valid_is_refused_beside_its_table_and_the_last_network_stays(
    table: str, column: str, bad: Any, message: str
) -> None:
    page = NetworkPage(step="5").type("0", 1, "x₁", 0.25)
    before = page.experiment
    page.type(table, 0, column, bad)
    assert [message in error.value for error in page.at.error] == [True]
    assert page.experiment == page.addressed == before and page.drawn["step"] == 5
    page.type(table, 0, column, 0.75)
    assert not page.at.error and page.experiment != before


def test_a_message_stays_until_its_own_table_is_right_again() -> None:
    page = NetworkPage().type("y", 0, "y₁", 7.0).type("x", 0, "x₁", 0.5)
    assert page.experiment.x[0] == 0.5 and ["7 was given" in error.value for error in page.at.error] == [True]
    page.type("0", 0, "x₁", None)
    assert len(page.at.error) == 2
    page.type("y", 0, "y₁", 1.0).type("0", 0, "x₁", 0.1)
    assert not page.at.error


def test_changes_are_undone_and_made_again_and_reset() -> None:
    page = NetworkPage().type("x", 0, "x₁", 5.0).set("depth", 4).set("learning_rate", 2.0)
    after = page.experiment
    for _ in range(3):
        page.press("undo_button")
    assert page.experiment == page.addressed == DEFAULT and page.disabled("undo_button")
    for _ in range(3):
        page.press("redo_button")
    assert page.experiment == after and page.disabled("redo_button")
    page.press("undo_button").type("x", 0, "x₁", 6.0)
    assert page.disabled("redo_button") and page.experiment.x[0] == 6.0
    page.press("reset_button")
    assert page.experiment == DEFAULT
    page.press("undo_button")
    assert page.experiment.x[0] == 6.0


def test_reset_goes_back_to_the_example_that_was_changed() -> None:
    page = NetworkPage(preset="xor").set("learning_rate", 3.0).press("reset_button")
    assert page.experiment == PRESETS["xor"].experiment


def test_the_last_fifty_changes_can_be_undone() -> None:
    page = NetworkPage()
    changes = [randomised(DEFAULT, "he", seed) for seed in range(MAX_UNDO + 1)]
    page.at.session_state["undo"] = tuple(changes[:MAX_UNDO])
    page.at.session_state["experiment"] = changes[MAX_UNDO]
    page.run().set("learning_rate", 0.5)
    assert page.at.session_state["undo"] == tuple(changes[1:])


def test_weights_are_drawn_by_the_initializer_and_the_seed_chosen() -> None:
    page = NetworkPage().set("seed", 7)
    for initializer in INITIALIZERS:
        page.set("initializer", initializer).press("randomise")
        assert page.experiment == page.addressed == randomised(DEFAULT, initializer, 7, 0.5)
    page.set("initializer", "uniform").set("scale", 2.0).press("randomise")
    assert page.experiment == randomised(DEFAULT, "uniform", 7, 2.0)


def test_applying_the_update_again_and_again_lowers_the_loss_and_draws_its_course() -> None:
    page = NetworkPage(preset="mazur")
    losses = [loss_of(page.experiment)]
    for _ in range(4):
        page.press("apply_update")
        losses.append(loss_of(page.experiment))
    assert losses == sorted(losses, reverse=True) and len(set(losses)) == 5
    assert losses[1] == pytest.approx(0.291027774, abs=5e-10)
    (chart,) = [chart.proto for chart in page.at.get("plotly_chart") if "loss_history" in chart.proto.id]
    assert [float(y) for y in re.findall(r"[\d.]+", re.search(r'"y":\[(.*?)\]', chart.spec)[1])] == losses
    assert page.addressed == page.experiment
    page.press("undo_button")
    assert loss_of(page.experiment) == losses[3]
    assert not [chart for chart in page.at.get("plotly_chart") if "loss_history" in chart.proto.id]


def loss_of(experiment: Experiment) -> float:
    return backward(experiment.network, forward(experiment.network, experiment.x), experiment.y).loss


def test_an_update_that_leaves_the_range_of_numbers_is_refused_in_words() -> None:
    page = NetworkPage(preset="xor").set("learning_rate", 1e60).type("y", 0, "y₁", 2.0)
    before = page.experiment
    page.press("apply_update")
    assert page.experiment == before and "A number grows to" in page.at.toast[0].value


def test_steps_are_per_neuron_or_per_layer() -> None:
    page = NetworkPage(step="3").set("detail_switch", "layer")
    assert len(page.drawn["figure"]["frames"]) == len(trace(DEFAULT, "layer")) == page.drawn["step"]
    assert page.address["detail"] == "layer"
    page.set("detail_switch", "neuron")
    assert "detail" not in page.address and page.drawn["step"] == STEPS


def test_the_players_step_moves_the_formulas_and_the_address() -> None:
    page = NetworkPage().report(step=1)
    assert page.address["step"] == "1" and "weighted sum, neuron 1" in page.text
    page.report(step=STEPS)
    assert page.address["step"] == str(STEPS) and "update of the biases" in page.text


def test_a_step_that_is_none_does_no_harm() -> None:
    page = NetworkPage(step="4")
    for step, shown in (("7", 4), (None, 4), (-3, 1), (10**9, STEPS), (2.5, 2)):
        assert page.report(step=step).address["step"] == str(shown)


def test_a_clicked_neuron_or_weight_is_inspected() -> None:
    page = NetworkPage().report(selected="n.2.3")
    assert page.selected == Place(2, 3) and page.at.selectbox(key="inspected").value == "Hidden 2, neuron 3 (a₃)"
    assert any("z_{3}^{(2)}" in formula.value for formula in page.at.latex)
    page.report(selected="w.3.1.2")
    assert page.selected == Place(3, 1, 2) and page.at.selectbox(key="inspected").value == "Weight a₂ → ŷ₁, Output"
    assert any(r"w_{12}^{(3)} = \textcolor" in formula.value for formula in page.at.latex)
    page.set("inspected", "Input, neuron 2 (x₂)")
    assert page.selected == Place(0, 2)


@pytest.mark.parametrize("words", ["n.9.1", 5])
def test_what_the_network_does_not_have_is_not_inspected(words: Any) -> None:
    page = NetworkPage().report(selected=words)
    assert page.at.selectbox(key="inspected").value == "Output, neuron 1 (ŷ₁)"


def test_what_was_selected_in_a_layer_that_is_gone_is_let_go() -> None:
    page = NetworkPage().report(selected="n.3.3").set("depth", 1)
    assert page.at.selectbox(key="inspected").value == "Output, neuron 3 (ŷ₃)" or page.selected is not None
    page.set("neurons_1", 1)
    assert page.at.selectbox(key="inspected").value == "Output, neuron 1 (ŷ₁)"


@pytest.mark.parametrize("detail", ["neuron", "layer"])
@pytest.mark.parametrize("experiment", [DEFAULT, OWN, PRESETS["vanishing"].experiment])
def test_the_address_opens_the_same_network_at_the_same_step(experiment: Experiment, detail: str) -> None:
    page = NetworkPage(net=encode(experiment), step="3", detail=detail)
    again = NetworkPage(**page.address)
    assert again.experiment == page.experiment == experiment
    assert again.drawn == page.drawn and again.address == page.address
    assert again.drawn["step"] == 3 and not again.at.warning
    assert len(again.drawn["figure"]["frames"]) == len(trace(experiment, detail))
    assert ("preset" in page.address) == (experiment != OWN)


BOMB = encode(OWN)[:2] + "eJzt" + "A" * 5000
BROKEN = {
    "damaged": {"net": encode(OWN)[:-9]},
    "another version": {"net": "9" + encode(OWN)[1:]},
    "nonsense": {"net": "<script>alert(1)</script>"},
    "empty": {"net": ""},
    "bomb": {"net": BOMB},
    "no such example": {"preset": "<b>x</b>"},
    "both, one broken": {"net": "x", "preset": "mazur"},
}


@pytest.mark.parametrize("address", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_link_opens_the_default_network_and_says_what_is_wrong(address: dict[str, str]) -> None:
    page = NetworkPage(**address)
    assert page.experiment == page.addressed == DEFAULT
    (warning,) = page.at.warning
    assert "could not be opened" in warning.value and "default network" in warning.value


def test_a_message_about_a_link_goes_with_the_next_change() -> None:
    page = NetworkPage(net="x")
    assert page.at.warning and not page.set("learning_rate", 0.5).at.warning


@pytest.mark.parametrize("step", ["0", "-3", "1.5", "9" * 400, "٣", ""])
def test_a_wrong_step_keeps_the_links_network_and_says_so(step: str) -> None:
    page = NetworkPage(preset="mazur", step=step)
    assert page.experiment == PRESETS["mazur"].experiment
    assert "step must be a number from 1" in page.at.warning[0].value
    assert page.address["step"] == str(len(trace(page.experiment)))


def test_a_wrong_detail_keeps_the_links_network_and_says_so() -> None:
    page = NetworkPage(preset="mazur", detail="<b>", step="2")
    assert page.experiment == PRESETS["mazur"].experiment and "detail" not in page.address
    assert "must be neuron or layer" in page.at.warning[0].value


def test_a_step_beyond_the_last_is_the_last() -> None:
    page = NetworkPage(step="999999")
    assert page.address["step"] == str(STEPS) and not page.at.warning


def test_a_network_too_large_for_a_link_leaves_the_address_and_says_so() -> None:
    drawn = randomised(resized(with_depth(DEFAULT, MAX_LAYERS), [10] * (MAX_LAYERS + 1)), "he", 1)
    large = replace(drawn, network=Network([replace(l, W=l.W / 3) for l in drawn.network.layers], "cross_entropy"))
    assert len(encode(large)) > MAX_TOKEN
    page = NetworkPage(net=encode(large))
    assert page.experiment == large and not page.at.warning
    assert set(page.address) == {"step"} and "too many digits" in page.at.info[0].value
    page.set("depth", 2)
    assert page.addressed == page.experiment and not page.at.info


def test_a_links_network_beyond_the_editors_sizes_is_shown_with_its_own() -> None:
    deep = Experiment(Network([Layer([[0.5]], [0.1], "tanh")] * 12, "huber"), [1.0], [1.0], 0.1)
    page = NetworkPage(net=encode(deep))
    assert page.at.number_input(key="depth").value == 12
    page.set("depth", 11)
    assert len(page.experiment.network.layers) == 11
    wide = Experiment(Network([Layer([[0.5]] * 10, [0.1] * 10, "tanh")], "huber"), [1.0], [1.0] * 10, 0.1)
    assert NetworkPage(net=encode(wide)).at.number_input(key="neurons_1").value == 10


def test_embedded_the_page_has_no_navigation() -> None:
    assert len(NetworkPage().at.get("page_link")) > 3
    assert not NetworkPage(embedded=True).at.get("page_link")
