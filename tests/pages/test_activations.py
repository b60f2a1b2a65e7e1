"""The Activations page without a browser: what it says is what the engine says, and what it changes is in the link."""

import numpy as np
import pytest

from engine import ACTIVATIONS, PRESETS, Experiment, Layer, Network, backward, decode, forward
from engine.analysis.temperature import probabilities
from tests.pages.cases import NETWORKS
from tests.pages.page import Page
from tests.samples import EXAMPLE

VIEWS = ("Your network", "Gallery", "Compare", "Softmax")


def opened(view: str, experiment: Experiment = EXAMPLE) -> Page:
    return Page("pages/activations.py", experiment).set("activations_view", view)


@pytest.mark.parametrize("name", list(NETWORKS))
def test_every_network_can_be_looked_at_layer_by_layer(name: str) -> None:
    experiment = NETWORKS[name]
    page = opened("Your network", experiment)
    layers = experiment.network.layers
    for index in (0, len(layers) - 1):
        page.set("Layer", index)
        z = forward(experiment.network, experiment.x).z[index]
        assert page.column("z") == pytest.approx(z.tolist())
        assert page.column("slope f′(z)") == pytest.approx(
            ACTIVATIONS[layers[index].activation].df(z, layers[index].parameter).tolist()
        )


def test_dead_neurons_are_called_dead_and_what_that_means_is_said() -> None:
    page = opened("Your network", PRESETS["dead-relu"].experiment)
    states = page.column("state")
    assert all((state == "inactive") == (z <= 0) for state, z in zip(states, page.column("z"), strict=True))
    assert "inactive" in states
    assert "no gradient passes" in page.text


def test_another_activation_is_tried_shown_before_and_after_and_taken_with_a_click() -> None:
    page = opened("Your network").set("Layer", 1).set("Try another in Hidden 2", "elu").set("what_if_elu", 0.5)
    changed = list(EXAMPLE.network.layers)
    changed[1] = Layer(changed[1].W, changed[1].b, "elu", 0.5)
    network = Network(changed, "cross_entropy")
    expected = backward(network, forward(network, EXAMPLE.x), EXAMPLE.y)
    before, after = (page.column(name) for name in ("now", "with ELU"))
    assert float(before[0]) == pytest.approx(1.617, abs=1e-3)
    norms = [expected.loss, *(np.linalg.norm(dW) for dW in expected.dW)]
    assert [float(value) for value in after] == pytest.approx(norms, rel=1e-3)
    page.press("what_if_use")
    assert page.experiment.network == network
    assert decode(page.address["net"]).network.layers[1].parameter == 0.5


def test_the_parameter_of_a_layer_is_in_the_experiment_and_in_the_link() -> None:
    layers = [Layer([[1.0]], [-2.0], "leaky_relu"), Layer([[1.0]], [0.0], "identity")]
    page = opened("Your network", Experiment(Network(layers, "huber"), [1.0], [0.0], 0.1))
    assert page.value("layer_parameter_0") == 0.01
    page.set("layer_parameter_0", 0.25)
    assert page.experiment.network.layers[0].parameter == 0.25
    assert decode(page.address["net"]) == page.experiment
    assert page.column("slope f′(z)") == [0.25]
    assert page.value("layer_parameter_0") == 0.25


def test_the_gallery_shows_every_function_and_finds_what_is_searched_for() -> None:
    page = opened("Gallery")
    assert len(page.said("latex")) == len(ACTIVATIONS)
    for words, name in (("verhulst", "sigmoid"), ("transformers rectifier", "GELU"), ("one of several", "softmax")):
        page.set("gallery_find", words)
        assert [m.split("**")[1] for m in page.said("markdown") if "&nbsp;" in m] == [name]
    page.set("gallery_find", "no such thing")
    assert page.said("info")[0].startswith("No function matches")


def test_each_formula_of_the_gallery_says_what_it_is_a_formula_of() -> None:
    for formula in opened("Gallery").said("latex"):
        function, slope = (line.split("&=")[0] for line in formula.split(r"\\[4pt]"))
        assert "(z)" in function
        assert "'(z)" in slope or slope.strip() == r"\frac{\partial a_i}{\partial z_j}"


def test_the_cursor_reads_f_and_its_slope() -> None:
    page = opened("Compare").set("compared", ["sigmoid", "leaky_relu"])
    page.set("compare_leaky_relu", 0.5).set("compare_cursor", -2.0)
    sigma = 1 / (1 + np.exp(2.0))
    assert page.column("f(−2)") == pytest.approx([sigma, -1.0])
    assert page.column("f′(−2)") == pytest.approx([sigma * (1 - sigma), 0.5])
    page.set("compared", [])
    assert page.said("info")


def test_a_constant_added_to_all_logits_is_seen_to_change_nothing() -> None:
    page = opened("Softmax")
    page.press("softmax_take")
    z = forward(EXAMPLE.network, EXAMPLE.x).z[-1]
    assert [page.value(f"logit_{k}") for k in range(3)] == pytest.approx(z.tolist(), abs=0.005)
    before = page.charts[1].spec
    page.set("softmax_constant", 5.0)
    assert "no probability has changed" in page.said("info")[0]
    p = probabilities(np.round(z, 2))
    assert f"{p[0]:.3g}" in before and f"{p[0]:.3g}" in page.charts[1].spec


def test_the_usual_neighbour_is_tried_first_whatever_gives_the_lowest_loss_here() -> None:
    page = opened("Your network")
    assert [
        page.set("Layer", layer).value(f"Try another in {name}") for layer, name in ((0, "Hidden 1"), (1, "Hidden 2"))
    ] == [
        "leaky_relu",
        "tanh",
    ]
