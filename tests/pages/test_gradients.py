"""The Gradients page without a browser: the check passes and catches, the laboratory runs, the paths add up."""

import numpy as np
import pytest

from engine import PRESETS, Experiment, Layer, Network
from engine.analysis.init_experiment import Setting, run
from engine.gradcheck.mistakes import MISTAKES
from engine.network.places import Bias, Neuron
from tests.pages.cases import NETWORKS
from tests.pages.page import Page
from tests.samples import EXAMPLE, passes

BREAK = "Break it: a mistake in the backward pass"
VIEWS = ("Your network", "Laboratory", "Check", "Paths")


def opened(view: str, experiment: Experiment = EXAMPLE) -> Page:
    return Page("pages/gradients.py", experiment).set("gradients_view", view)


@pytest.mark.parametrize("name", list(NETWORKS))
def test_every_network_can_be_looked_at_in_every_view(name: str) -> None:
    page = opened("Your network", NETWORKS[name])
    for view in VIEWS[2:]:
        page.set("gradients_view", view)
    assert page.column("path")


def test_norms_are_those_of_the_engine_and_a_vanishing_gradient_is_called_so() -> None:
    experiment = PRESETS["vanishing"].experiment
    page = opened("Your network", experiment)
    made = passes(experiment)[1]
    shown = [float(value.replace("−", "-").replace("×10⁻", "e-").translate(DIGITS)) for value in page.column("‖∂L/∂W‖")]
    assert shown == pytest.approx([np.linalg.norm(dW) for dW in made.dW], rel=1e-3)
    assert "it is vanishing" in page.text


DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def test_the_check_passes_and_catches_every_mistake_that_can_be_made() -> None:
    page = opened("Check")
    assert "All 36 gradients agree" in page.said("success")[0]
    offered = [name for name in MISTAKES if MISTAKES[name].applies(EXAMPLE.network)]
    assert len(offered) == len(page.options(BREAK)) - 1 == len(MISTAKES)
    for name in offered:
        page.set(BREAK, name)
        assert not page.said("success")
        assert "disagree" in page.said("error")[0]
        assert MISTAKES[name].explanation in page.text
        assert page.column("verdict")[0] == "WRONG"


def test_a_step_of_ones_own_shows_how_rounding_spoils_the_quotient() -> None:
    page = opened("Check")
    page.set("check_scheme", "central")
    assert page.said("success")
    page.set("check_exponent", -13.0)
    assert page.said("error")


def test_a_neuron_at_its_kink_is_said_to_be_no_case_for_the_check() -> None:
    network = Network([Layer([[1.0, -1.0], [1.0, 0.0]], [0.0, 0.0], "relu")], "half_squared_error")
    page = opened("Check", Experiment(network, [1.0, 1.0], [3.0, 3.0], 0.1))
    assert "All 3 gradients agree" in page.said("success")[0]
    assert any(caption.startswith("3 could not be judged") for caption in page.said("caption"))


def test_the_laboratory_compares_two_networks_and_says_what_each_does_to_the_flow() -> None:
    page = opened("Laboratory")
    assert len(page.charts) == 3 + 2 * 3
    expected = [run(setting).growth for setting in (Setting(initializer="normal", scale=0.06), Setting())]
    for words, (forwards, backwards) in zip(factors(page), expected, strict=True):
        assert f"**{forwards:.3g}**" in words and f"**{backwards:.3g}**" in words
    page.set("lab_initializer_B", "zeros")
    page.set("lab_axis", "Value")
    assert "**0**" in factors(page)[1]
    # large enough for a progress bar, which is gone in the end
    page.set("lab_Neurons a layer_A", 250)
    assert not page.said("progress")


def factors(page: Page) -> list[str]:
    return [markdown for markdown in page.said("markdown") if markdown.startswith("Per layer")]


def test_paths_add_up_to_the_gradient() -> None:
    page = opened("Paths")
    made = passes(EXAMPLE)[1]
    page.set("Layer", 2).set("Into neuron", 3).set("From", 2)
    assert f"{made.dW[1][2, 1]:.6g}" in page.said("latex")[0]
    # from the second layer on: three ways into the output's z, and three out of its softmax
    assert r"\sum_{9\text{ paths}} \text{product} = " in page.said("latex")[0] and len(page.column("path")) == 9
    page.set("From", 0)
    assert f"{made.db[1][2]:.6g}" in page.said("latex")[0]


@pytest.mark.parametrize(
    "told", ["", "w", "w.9.1.1", "w.1.0.1", "b.0.1", "x.1", "y.1", "loss", "n.0.1", "<b>", "w.1.1.1.1", 7]
)
def test_what_names_no_parameter_is_not_taken_from_the_picture_of_paths(told: object) -> None:
    page = opened("Paths").set("Layer", 2).tell("paths_selectable", selected="b.2.3")
    assert [page.value(label) for label in ("Layer", "Into neuron", "From")] == [2, 3, 0]
    page.tell("paths_selectable", selected=told)
    assert page.held("selected") == Bias(2, 3)
    assert [page.value(label) for label in ("Layer", "Into neuron", "From")] == [2, 3, 0]


def test_a_neuron_stands_for_its_bias_and_another_layer_may_have_fewer_neurons() -> None:
    page = opened("Paths").tell("paths_selectable", selected="n.1.3")
    assert page.held("selected") == Neuron(1, 3)
    assert [page.value(label) for label in ("Layer", "Into neuron", "From")] == [1, 3, 0]
