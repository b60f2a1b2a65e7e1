"""The Activations page without a browser: what it says is what the engine says, and what it changes is in the link."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from engine import ACTIVATIONS, PRESETS, Experiment, Layer, Network, backward, decode, forward
from engine.analysis.temperature import probabilities
from tests.pages.cases import EXAMPLE, NETWORKS

APP = Path(__file__).parents[2] / "app.py"
VIEWS = ("Your network", "Gallery", "Compare", "Softmax")


def opened(view: str, experiment: Experiment = EXAMPLE) -> AppTest:
    at = AppTest.from_file(APP, default_timeout=60)
    at.session_state["experiment"] = experiment
    at.switch_page("pages/activations.py").run()
    at.segmented_control(key="activations_view").set_value(view).run()
    assert not at.exception
    return at


@pytest.mark.parametrize("name", list(NETWORKS))
def test_every_network_can_be_looked_at_layer_by_layer(name: str) -> None:
    experiment = NETWORKS[name]
    at = opened("Your network", experiment)
    layers = experiment.network.layers
    for index in (0, len(layers) - 1):
        at.pills[0].set_value(index).run()
        assert not at.exception
        table = at.dataframe[0].value
        z = forward(experiment.network, experiment.x).z[index]
        assert table["z"].tolist() == pytest.approx(z.tolist())
        assert table["slope f′(z)"].tolist() == pytest.approx(
            ACTIVATIONS[layers[index].activation].df(z, layers[index].parameter).tolist()
        )


def test_dead_neurons_are_called_dead_and_what_that_means_is_said() -> None:
    at = opened("Your network", PRESETS["dead-relu"].experiment)
    table = at.dataframe[0].value
    assert all((state == "dead") == (z <= 0) for state, z in zip(table["state"], table["z"], strict=True))
    assert "dead" in set(table["state"])
    assert any("no gradient passes" in caption.value for caption in at.caption)


def test_another_activation_is_tried_shown_before_and_after_and_taken_with_a_click() -> None:
    at = opened("Your network")
    at.pills[0].set_value(1).run()
    at.selectbox[0].set_value("elu").run()
    at.slider(key="what_if_elu").set_value(0.5).run()
    changed = list(EXAMPLE.network.layers)
    changed[1] = Layer(changed[1].W, changed[1].b, "elu", 0.5)
    network = Network(changed, "cross_entropy")
    expected = backward(network, forward(network, EXAMPLE.x), EXAMPLE.y)
    before, after = (at.dataframe[1].value[name].tolist() for name in ("now", "with ELU"))
    assert float(before[0]) == pytest.approx(1.617, abs=1e-3)
    norms = [expected.loss, *(np.linalg.norm(dW) for dW in expected.dW)]
    assert [float(value) for value in after] == pytest.approx(norms, rel=1e-3)
    at.button(key="what_if_use").click().run()
    assert not at.exception
    assert at.session_state["experiment"].network == network
    assert decode("".join(at.query_params["net"])).network.layers[1].parameter == 0.5


def test_the_parameter_of_a_layer_is_in_the_experiment_and_in_the_link() -> None:
    layers = [Layer([[1.0]], [-2.0], "leaky_relu"), Layer([[1.0]], [0.0], "identity")]
    at = opened("Your network", Experiment(Network(layers, "huber"), [1.0], [0.0], 0.1))
    assert at.slider(key="layer_parameter_0").value == 0.01
    at.slider(key="layer_parameter_0").set_value(0.25).run()
    assert not at.exception
    assert at.session_state["experiment"].network.layers[0].parameter == 0.25
    assert decode("".join(at.query_params["net"])) == at.session_state["experiment"]
    assert at.dataframe[0].value["slope f′(z)"].tolist() == [0.25]
    assert at.slider(key="layer_parameter_0").value == 0.25


def test_the_gallery_shows_every_function_and_finds_what_is_searched_for() -> None:
    at = opened("Gallery")
    assert len(at.latex) == len(ACTIVATIONS)
    for words, name in (("verhulst", "sigmoid"), ("transformers rectifier", "GELU"), ("one of several", "softmax")):
        at.text_input(key="gallery_find").set_value(words).run()
        assert [m.value.split("**")[1] for m in at.markdown if "&nbsp;" in m.value] == [name]
    at.text_input(key="gallery_find").set_value("no such thing").run()
    assert at.info[0].value.startswith("No function matches")


def test_the_cursor_reads_f_and_its_slope() -> None:
    at = opened("Compare")
    at.pills(key="compared").set_value(["sigmoid", "leaky_relu"]).run()
    at.slider(key="compare_leaky_relu").set_value(0.5).run()
    at.slider(key="compare_cursor").set_value(-2.0).run()
    assert not at.exception
    table = at.dataframe[0].value
    sigma = 1 / (1 + np.exp(2.0))
    assert table["f(-2)"].tolist() == pytest.approx([sigma, -1.0])
    assert table["f′(-2)"].tolist() == pytest.approx([sigma * (1 - sigma), 0.5])
    at.pills(key="compared").set_value([]).run()
    assert not at.exception and at.info


def test_a_constant_added_to_all_logits_is_seen_to_change_nothing() -> None:
    at = opened("Softmax")
    at.button(key="softmax_take").click().run()
    z = forward(EXAMPLE.network, EXAMPLE.x).z[-1]
    assert [at.slider(key=f"logit_{k}").value for k in range(3)] == pytest.approx(z.tolist(), abs=0.005)
    before = at.get("plotly_chart")[1].proto.spec
    at.slider(key="softmax_constant").set_value(5.0).run()
    assert not at.exception and "no probability has changed" in at.info[0].value
    p = probabilities(np.round(z, 2))
    assert f"{p[0]:.3g}" in before and f"{p[0]:.3g}" in at.get("plotly_chart")[1].proto.spec
